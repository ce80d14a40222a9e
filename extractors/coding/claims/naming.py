"""Name a speaker from the noun that the parse gives: its words, cut clean, in full, and what it is.

A name is quoted with its description up to where a clause begins; never a dateline. "the ministry" means the ministry
named before, "he" the last person, "it" the last body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.coding.document import Document, Token
from extractors.reference.claims import ClaimLexicon

_MAX_SPEAKER_CHARS = 90  # longer runs are clauses, not names
DOCUMENTS = frozenset("statement release report tweet communique communiqué bulletin post update".split())
COUNTS = frozenset("count tally toll figure estimate list record casualty number account register".split())
_BODIES = frozenset(
    "ministry government army police group office agency committee council directorate department hospital "
    "force coalition military union organisation organization association commission service centre center "
    "command company court network party movement administration bureau team authority board mission clinic morgue "
    "navy parliament staff statement".split()
)
_SAYING = frozenset("say tell add announce claim write speak explain argue insist acknowledge".split())
_THINGS = frozenset(
    "report figure message sign post source document article caption headline result finding determination "
    "outbreak".split()
)
_HE = frozenset(("he", "she", "him", "her"))
_IT = frozenset(("it", "they", "them"))
_NOBODY = frozenset("who which that i we you what there this these those some many one others".split())
_CUT_DEPS = frozenset("relcl acl advcl cc conj punct parataxis ccomp npadvmod".split())
_ORG_DESCRIBED = frozenset("of for in at from with on to".split())
ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_MAX_TITLE_CHARS = 5  # "Sgt", "Capt"
_MAX_DATELINE = 16  # tokens: "GENEVA/PORT-AU-PRINCE, Oct 4 (Agency) -"
_SHORT_SPEAKER = 2  # words: "the ministry", "the military official"; a longer name is full by itself


@dataclass(frozen=True, slots=True)
class Said:
    """The speaker's words, the verb of attribution, and the speaker's side before the victims are looked at."""

    speaker: str | None
    verb: str | None
    kind: str
    is_person: bool = False


NOBODY = Said(None, None, "outlet")


class Naming:
    """Names speakers, and remembers those named for the pronouns that follow."""

    def __init__(self, document: Document, lexicon: ClaimLexicon) -> None:
        self._document = document
        self._tokens = document.tokens
        self._lexicon = lexicon
        self._named: list[tuple[int, Said]] = []  # with the token of each
        self._at = 0

    def _recent(self) -> Iterator[Said]:
        """Yield those named before the place that is read, the latest first."""
        return (said for at, said in reversed(self._named) if at < self._at)

    def _said(self, token: Token, verb: Token) -> Said | None:
        """Name the speaker that a noun or pronoun stands for."""
        low = token.lower
        if low in _HE:
            return next((s for s in self._recent() if s.is_person), None)
        is_bare = token.lemma in DOCUMENTS and not self._owner(token) and not self._is_described(token)
        if low in _IT or is_bare:
            return next((s for s in self._recent() if not s.is_person), None)
        if low in _NOBODY or token.pos not in ("NOUN", "PROPN", "ADJ", "X"):
            return None
        owner = self._owner(token) if token.lemma in DOCUMENTS | COUNTS else None
        if token.lemma in COUNTS and owner is None:
            return None
        named = self._name(owner or token)
        if named is None:
            return None
        name = self._in_full(named)
        kind = self.kind_of(name)
        is_named = token.pos == "PROPN" or token.entity in ("ORG", "PERSON", "GPE", "NORP")
        may_speak = verb.lemma in _SAYING and token.lemma not in _THINGS
        if (
            kind == "unknown"
            and not is_named
            and not may_speak
            and owner is None
            and token.lower not in self._lexicon.persons
        ):
            return None
        return Said(name, verb.lower, kind, self._is_person(owner or token))

    def _after_dateline(self, token: Token) -> int:
        """Give the token after "ADEN, Oct 20 (Agency) -" where the sentence of a token begins so."""
        sentence = self._document.sentence(token.sentence)
        first = self._tokens[sentence.first]
        if not (first.text.isupper() and len(first.text) > 1):
            return sentence.first
        stop = min(sentence.first + _MAX_DATELINE, sentence.last)
        dash = next(
            (k for k in range(sentence.first, stop) if self._tokens[k].text in ("-", "–", "—", "--", "//")), None
        )
        while dash is not None and dash + 1 < stop and self._tokens[dash].end == self._tokens[dash + 1].start:
            dash = next((k for k in range(dash + 1, stop) if self._tokens[k].text in ("-", "–", "—")), None)
        return sentence.first if dash is None else dash + 1

    def _owner(self, token: Token) -> Token | None:
        """Find whose statement or count a noun is: "the ministry's toll", "a statement by the army"."""
        for c in self._document.children[token.index]:
            child = self._tokens[c]
            is_whose = child.dep == "poss" or (child.dep in ("compound", "nmod") and child.entity == "ORG")
            if is_whose and child.pos in ("NOUN", "PROPN"):
                return child
            if child.dep in ("prep", "agent", "acl") and child.lower in ("by", "from", "of", "issued", "released"):
                below = [self._tokens[k] for k in self._document.subtree(c) if self._tokens[k].dep == "pobj"]
                if below and below[0].pos in ("NOUN", "PROPN"):
                    return below[0]
        return None

    def _is_described(self, token: Token) -> bool:
        """Say whether a document is described ("a provincial report"), not merely named ("the report")."""
        return any(self._tokens[c].dep in ("amod", "compound") for c in self._document.children[token.index])

    def _is_person(self, token: Token) -> bool:
        if token.entity == "PERSON":
            return True
        is_body = token.lower in _BODIES or token.entity in ("ORG", "GPE", "NORP", "FAC", "LOC")
        return not is_body and token.tag in ("NN", "NNP") and self.kind_of(token.text) not in ("monitor", "outlet")

    def _name(self, token: Token) -> str | None:
        """Quote the words of a speaker: the noun with what belongs to it, cut where a clause begins."""
        source, sentence = self._document, self._document.sentence(token.sentence)
        first = last = token.index
        for c in sorted((c for c in source.children[token.index] if c < token.index), reverse=True):
            if self._is_break(c):
                break
            first = source.subtree(c)[0]
        for c in source.children[token.index]:
            child = self._tokens[c]
            if c < token.index:
                continue
            is_with = child.dep == "conj" and child.pos in ("NOUN", "PROPN")
            is_kept = (
                child.dep in ("case", "flat", "appos", "nmod", "cc")
                or is_with
                or (child.dep == "prep" and child.lower in _ORG_DESCRIBED and self._leads_to_name(c))
            )
            if child.text == ",":
                continue
            if not is_kept:
                break
            if child.dep != "cc":
                last = max(last, *(self._end_of(c)))
        while last + 1 < sentence.last and last == token.index and self._goes_on_name(last):
            last += 2 if self._tokens[last + 1].text == "." else 1
            token = self._tokens[last]
        start = next((k for k in range(last, first - 1, -1) if self._tokens[k].text in '()|:—–\n“”"'), None)
        first = first if start is None or start >= token.index else start + 1
        first = max(first, min(self._after_dateline(token), token.index))
        text = source.text_between(max(first, sentence.first), last)
        return clean(text)

    def _is_break(self, at: int) -> bool:
        """Say whether a token ends a name: a clause, dash, bracket or colon, not the hyphen of "director-general"."""
        token = self._tokens[at]
        is_hyphen = token.text == "-" and at > 0 and self._tokens[at - 1].end == token.start
        return not is_hyphen and (token.dep in _CUT_DEPS or token.text in "-–—()|:")

    def _goes_on_name(self, last: int) -> bool:
        """Tell "Sgt. Ada Example", whose title the parse takes for the whole name."""
        after = self._tokens[last + 1]
        if after.text == "." and last + 2 < len(self._tokens) and len(self._tokens[last].text) <= _MAX_TITLE_CHARS:
            after = self._tokens[last + 2]
        return self._tokens[last].pos == after.pos == "PROPN" and after.sentence == self._tokens[last].sentence

    def _end_of(self, at: int) -> tuple[int, ...]:
        """Give the tokens of a phrase up to where a clause begins in it."""
        kept = []
        for k in self._document.subtree(at):
            if self._tokens[k].dep in ("relcl", "acl", "advcl"):
                break
            kept.append(k)
        return tuple(kept) or (at,)

    def _leads_to_name(self, at: int) -> bool:
        below = [self._tokens[k] for k in self._document.children[at]]
        return any(t.pos in ("NOUN", "PROPN") and t.entity not in ("DATE", "TIME") for t in below)

    def _in_full(self, name: str) -> str:
        """Take "the ministry" for the ministry named before it, and leave out the article."""
        bare = ARTICLE.sub("", name)
        owner, _, rest = bare.partition("'s ")
        if rest and len(owner.split()) == 1:
            full = next((s.speaker for s in self._recent() if owner in (s.speaker or "").lower().split()), None)
            return (full if full.endswith(rest) else f"{full} {rest}") if full else bare
        if name[:4].lower() == "the " and len(bare.split()) <= _SHORT_SPEAKER:
            head, kind = bare.split()[-1].lower(), self.kind_of(bare)
            for said in self._recent():
                full = said.speaker or ""
                is_same = head in full.lower().split() or (kind == "monitor" == said.kind and head == "monitor")
                if is_same and len(full) > len(bare):
                    return full
        if len(bare.split()) == 1 and bare[:1].isupper():
            return next((s.speaker for s in self._recent() if bare in (s.speaker or "").split()), None) or bare
        return bare

    def kind_of(self, speaker: str) -> str:
        """Tell what a speaker is by its words: official, monitor, witness, outlet, force, or unknown."""
        words = re.findall(r"[\w.'’&-]+", speaker.lower().replace("’", "'"))
        words = [w.removesuffix("'s").rstrip(".") if w.count(".") <= 1 else w.rstrip(".") for w in words]
        kinds = {
            self._lexicon.speakers.get(" ".join(words[k : k + n])) for n in (3, 2, 1) for k in range(len(words) - n + 1)
        }
        order = ("monitor", "force", "official", "outlet", "witness")
        return next((kind for kind in order if kind in kinds), "unknown")


def clean(text: str) -> str | None:
    """Strip a speaker's words of white space and marks; null where they are too long or too short for a name."""
    words = " ".join(text.split()).strip(" .,'’\"“”-–—:;")
    words = re.sub(r"(?:'s|’s|,? (?:who|which|that|whom))$", "", words)
    if not 1 < len(words) <= _MAX_SPEAKER_CHARS or words[0].isdigit():
        return words.split(",")[0] if len(words.split(",")[0]) in range(2, _MAX_SPEAKER_CHARS) else None
    return words
