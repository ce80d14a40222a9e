"""One tokenised and parsed article, shared by every part of the coder.

Tokens of the title come first, in a sentence with index `TITLE`; their offsets count in the title. All other offsets
count in `Article.text`. Before `Parser.parse` has run, the fields of the parse (`lemma`, `pos`, `tag`, `dep`, `head`,
`entity`) are empty and `head` is the token itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from model.article import Article

TITLE = -1  # index of the sentence that holds the title


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `index` counts in the document, `head` is the index of its syntactic head (its own for a root).

    `pos` is the universal part of speech, `tag` the Penn tag, `dep` the dependency label, `entity` the type of the
    named entity that it belongs to ("" for none), as the pipeline of spaCy names them.
    """

    index: int
    sentence: int
    text: str
    lower: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str = ""
    is_entity_start: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: tokens `first` to `last` (exclusive), characters `start` to `end`, and its paragraph's number.

    `text` is exactly the characters `start` to `end` of its source; `index` counts from 0, or is `TITLE`.
    """

    index: int
    start: int
    end: int
    text: str
    first: int = 0
    last: int = 0
    paragraph: int = 0


@dataclass(frozen=True)
class Document:
    """An article with its sentences (the title first, where there is one) and tokens."""

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    is_parsed: bool = False
    _by_index: dict[int, Sentence] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_index.update((s.index, s) for s in self.sentences)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """Indexes of the syntactic children of each token, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                found[token.head].append(token.index)
        return tuple(tuple(children) for children in found)

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences of the text, without the title."""
        return tuple(s for s in self.sentences if s.index != TITLE)

    def sentence(self, index: int) -> Sentence:
        """Return the sentence with this index.

        Raises:
            KeyError: the document has no such sentence.
        """
        return self._by_index[index]

    def has_sentence(self, index: int) -> bool:
        """Say whether the document has a sentence with this index."""
        return index in self._by_index

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """Return the tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def ancestors(self, index: int) -> Iterator[Token]:
        """Yield the heads above a token, the nearest first."""
        token = self.tokens[index]
        while token.head != token.index:
            token = self.tokens[token.head]
            yield token

    def head_of(self, first: int, last: int) -> int:
        """Return the token of a span that governs the others: the first one whose head lies outside."""
        outside = (
            i for i in range(first, last + 1) if self.tokens[i].head == i or not first <= self.tokens[i].head <= last
        )
        return next(outside, first)

    def subtree(self, index: int) -> tuple[int, ...]:
        """Return the indexes of a token and of everything below it, in order."""
        found, stack = [], [index]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.children[at])
        return tuple(sorted(found))

    def source_of(self, token: Token) -> str:
        """Return the string in which the token's offsets count: the title or the text."""
        return self.article.title if token.sentence == TITLE else self.article.text

    def text_between(self, first: int, last: int) -> str:
        """Return the source's characters from token `first` to token `last`, both included, of one sentence."""
        start, end = self.tokens[first], self.tokens[last]
        return self.source_of(start)[start.start : end.end]
