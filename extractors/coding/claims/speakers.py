"""Who says a figure: the speaker of a word of harm, the verb, and where the speaker stands.

In order: the subject of a verb of speech above the word in the parse ("X said that …", "…, said X", "X counted 20
bodies", "X's count"); "according to X", "citing X", "a statement by X" in the sentence; a quotation that runs on from
the sentence before; a sentence that goes on about others. "he" and "the ministry" mean the last speaker that fits.
A sentence without any of these is the outlet's own (`speaker` null, side `outlet`).

Side: an office of the state or a hospital is `official`, observers are `monitor`, people on the spot `witness`, other
media `outlet`; an armed force is a `party` when the victims are its own and an `opponent` when they are those of another
armed actor; of other victims it is `official` where it is a state's, else `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors.coding.document import TITLE, Document, Sentence, Token
from extractors.reference.claims import ClaimLexicon
from model.report import SpeakerSide

SideOf = Callable[[str], str | None]

_MAX_SPEAKER_CHARS = 90  # longer runs are clauses, not names
_MAX_UP = 8  # heads climbed from a word of harm to a verb of speech
_SOURCE_WORDS = frozenset("according citing quoting".split())
_DOCUMENTS = frozenset("statement release report tweet communique communiqué bulletin post update".split())
_COUNTS = frozenset("count tally toll figure estimate list record casualty number".split())
_LEMMAS = frozenset(
    "say tell report confirm announce claim state add write tweet post note estimate acknowledge declare assert explain "
    "allege count put insist deny record document quote warn argue maintain identify believe reveal disclose concede "
    "admit suggest indicate list read share speak give boast cite recall verify register log describe mourn".split()
)
_HE = frozenset(("he", "she"))
_IT = frozenset(("it", "they"))
_NOBODY = frozenset("who which that i we you what there this these those some many one others".split())
_CUT_DEPS = frozenset("relcl acl advcl cc conj punct parataxis ccomp npadvmod".split())
_ORG_DESCRIBED = frozenset("of for in at from with on to".split())
_GOES_ON = re.compile(
    r"(?:\w+ )?(?:others?|another|more)\b|(?:no (?:one|other)|nobody|none|both)\b|(?:there were )?no\b", re.IGNORECASE
)  # "…, he said. Four others were hurt." goes on in the same voice
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_SHORT_SPEAKER = 2  # words: "the ministry", "the military official"; a longer name is full by itself


@dataclass(frozen=True, slots=True)
class Said:
    """The speaker's words, the verb of attribution, and the speaker's side before the victims are looked at."""

    speaker: str | None
    verb: str | None
    kind: str
    is_person: bool = False


NOBODY = Said(None, None, "outlet")


class Attribution:
    """Finds the speakers of an article's sentences, in order, for a speaker carries over into the next."""

    def __init__(self, document: Document, lexicon: ClaimLexicon) -> None:
        """Read who speaks in each sentence."""
        self._document = document
        self._tokens = document.tokens
        self._lexicon = lexicon
        self._named: list[Said] = []
        self._general: dict[int, Said] = {}
        self._carried: dict[int, Said] = {}
        last, is_open = NOBODY, False
        for sentence in document.sentences:
            here = self._of_sentence(sentence)
            text = sentence.text
            carries = is_open or text[:1] in '"“' or bool(_GOES_ON.match(text))
            self._general[sentence.index] = here
            self._carried[sentence.index] = last if here is NOBODY and carries else NOBODY
            is_open = _is_open(text, was_open=is_open) and sentence.index != TITLE
            if here is not NOBODY or not (carries or is_open):
                last = here
            if sentence.index == TITLE:
                last = NOBODY

    def of(self, trigger: int, *, others: tuple[int, ...] = ()) -> Said:
        """Return who says what the word of harm at a token says; `others` are the people that it takes."""
        token = self._tokens[trigger]
        for found in (self._above(token), self._count_of(trigger, others)):
            if found is not None:
                return found
        source = self._source(self._document.sentence(token.sentence), near=trigger)
        return source or self._carried.get(token.sentence, NOBODY)

    def _of_sentence(self, sentence: Sentence) -> Said:
        """Find the speaker of a sentence as a whole, and remember everybody who speaks in it."""
        found: Said | None = None
        for token in self._document.tokens_of(sentence):
            if self._is_speech(token):
                said = self._speaker_of(token)
                if said is not None:
                    found = found or said
                    self._named.append(said)
        source = self._source(sentence, near=None)
        if source is not None:
            self._named.append(source)
        return source or found or NOBODY

    def _is_speech(self, token: Token) -> bool:
        return token.pos in ("VERB", "AUX") and (token.lemma in _LEMMAS or token.lower in self._lexicon.speech_verbs)

    def _above(self, token: Token) -> Said | None:
        """Climb from a word of harm to the verb of speech over it."""
        below = token
        for n, head in enumerate(self._document.ancestors(token.index)):
            if n >= _MAX_UP:
                return None
            if self._is_speech(head) and below.dep not in ("nsubj", "nsubjpass", "advmod", "npadvmod"):
                said = self._speaker_of(head)
                if said is not None:
                    return said
            below = head
        for c in self._document.children[below.index]:  # "12 were killed, police said" as a clause in brackets
            child = self._tokens[c]
            if child.dep in ("parataxis", "ccomp", "conj") and self._is_speech(child):
                is_aside = not any(self._tokens[k].dep in ("ccomp", "dobj") for k in self._document.children[c])
                if is_aside and (said := self._speaker_of(child)) is not None:
                    return said
        if self._is_speech(token):
            return self._speaker_of(token)
        return None

    def _speaker_of(self, verb: Token) -> Said | None:
        """Read the subject of a verb of speech, its agent where it is passive."""
        children = [self._tokens[c] for c in self._document.children[verb.index]]
        if any(c.dep in ("nsubjpass", "auxpass") for c in children):
            agent = next((c for c in children if c.dep == "agent"), None)
            inner = agent and next((self._tokens[k] for k in self._document.children[agent.index]), None)
            return self._said(inner, verb) if inner else None
        subject = next((c for c in children if c.dep == "nsubj"), None)
        if subject is None and verb.dep in ("conj", "xcomp") and verb.head != verb.index:
            return self._speaker_of(self._tokens[verb.head])
        if subject is None or subject.pos == "NUM":
            return None
        if subject.lower in ("who", "which", "that") and verb.dep == "relcl":
            subject = self._tokens[verb.head]
        return self._said(subject, verb)

    def _said(self, token: Token, verb: Token) -> Said | None:
        """Name the speaker that a noun or pronoun stands for."""
        low = token.lower
        if low in _HE:
            return next((s for s in reversed(self._named) if s.is_person), None)
        if low in _IT or (token.lemma in _DOCUMENTS and not self._owner(token)):
            bodies = (s for s in reversed(self._named) if not s.is_person or low == "they")
            return next(bodies, None)
        if low in _NOBODY or token.pos not in ("NOUN", "PROPN", "ADJ", "X"):
            return None
        owner = self._owner(token) if token.lemma in _DOCUMENTS | _COUNTS else None
        if token.lemma in _COUNTS and owner is None:
            return None
        named = self._name(owner or token)
        if named is None:
            return None
        name = self._in_full(named)
        kind = self.kind_of(name)
        is_named = token.pos == "PROPN" or token.entity in ("ORG", "PERSON", "GPE", "NORP")
        if kind == "unknown" and not is_named and not _is_body(token):
            return None
        return Said(name, verb.lower, kind, self._is_person(owner or token))

    def _owner(self, token: Token) -> Token | None:
        """Find whose statement or count a noun is: "the ministry's toll", "a statement by the army"."""
        for c in self._document.children[token.index]:
            child = self._tokens[c]
            if child.dep == "poss" and child.pos in ("NOUN", "PROPN"):
                return child
            if child.dep in ("prep", "agent", "acl") and child.lower in ("by", "from", "of", "issued", "released"):
                below = [self._tokens[k] for k in self._document.subtree(c) if self._tokens[k].dep == "pobj"]
                if below and below[0].pos in ("NOUN", "PROPN"):
                    return below[0]
        return None

    def _is_person(self, token: Token) -> bool:
        if token.entity == "PERSON":
            return True
        entry = self._lexicon.persons.get(token.lower)
        words = ("spokesman", "spokeswoman", "spokesperson", "source", "official", "minister", "chief", "director")
        return (entry is not None and not entry.is_plural) or token.lower in words

    def _name(self, token: Token) -> str | None:
        """Quote the words of a speaker: the noun with what belongs to it, cut where a clause begins."""
        source, sentence = self._document, self._document.sentence(token.sentence)
        first = last = token.index
        for c in sorted((c for c in source.children[token.index] if c < token.index), reverse=True):
            if self._tokens[c].dep in _CUT_DEPS or self._tokens[c].text in "-–—()|:":
                break
            first = source.subtree(c)[0]
        for c in source.children[token.index]:
            child = self._tokens[c]
            if c < token.index:
                continue
            is_with = child.dep == "conj" and child.pos in ("NOUN", "PROPN")
            is_kept = child.dep in ("case", "flat", "appos", "nmod", "cc") or is_with or (
                child.dep == "prep" and child.lower in _ORG_DESCRIBED and self._leads_to_name(c)
            )
            if child.text == ",":
                continue
            if not is_kept:
                break
            if child.dep != "cc":
                last = max(last, *(self._end_of(c)))
        start = next((k for k in range(last, first - 1, -1) if self._tokens[k].text in "()|:—–\n“”\""), None)
        first = first if start is None or start >= token.index else start + 1
        text = source.text_between(max(first, sentence.first), last)
        return _clean(text)

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

    def _source(self, sentence: Sentence, near: int | None) -> Said | None:
        """Read "according to X", "citing X"; of several the one nearest to the word of harm."""
        found: list[tuple[int, Said]] = []
        for token in self._document.tokens_of(sentence):
            if token.lower not in _SOURCE_WORDS and not (token.lemma in _DOCUMENTS and near is not None):
                continue
            noun = self._owner(token) if token.lemma in _DOCUMENTS else next(self._objects(token), None)
            said = self._said(noun, token) if noun is not None else None
            if said is not None:
                found.append((abs(token.index - (near or 0)), said))
        return min(found, key=lambda entry: entry[0])[1] if found else None

    def _objects(self, token: Token) -> Iterator[Token]:
        """Give the nouns that "according to", "citing" lead to."""
        stop = min(token.index + 4, self._document.sentence(token.sentence).last)
        near = [*self._document.children[token.index], *range(token.index + 1, stop)]
        for k in near:
            child = self._tokens[k]
            if child.dep in ("pobj", "dobj"):
                yield child
            for c in self._document.children[k]:
                if child.dep == "prep" and self._tokens[c].dep == "pobj":
                    yield self._tokens[c]

    def _count_of(self, trigger: int, others: tuple[int, ...]) -> Said | None:
        """Read "the ministry's toll of 12" and "by its count"."""
        for at in (trigger, *others):
            for token in (self._tokens[at], *self._document.ancestors(at)):
                if token.lemma in _COUNTS and (owner := self._owner(token)) is not None:
                    if self.kind_of(owner.text) != "unknown" or owner.entity == "ORG":
                        return self._said(owner, token)
        return None

    def _in_full(self, name: str) -> str:
        """Take "the ministry" for the ministry named before it, and leave out the article."""
        bare = _ARTICLE.sub("", name)
        owner, _, rest = bare.partition("'s ")
        if rest and len(owner.split()) == 1:
            full = next((s.speaker for s in reversed(self._named) if owner in (s.speaker or "").lower().split()), None)
            return f"{full} {rest}" if full else bare
        if name[:4].lower() == "the " and len(bare.split()) <= _SHORT_SPEAKER:
            head = bare.split()[-1].lower()
            for said in reversed(self._named):
                full = said.speaker or ""
                if head in full.lower().split() and len(full) > len(bare):
                    return full
        if len(bare.split()) == 1 and bare[:1].isupper():
            return next((s.speaker for s in reversed(self._named) if bare in (s.speaker or "").split()), None) or bare
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


def _is_body(token: Token) -> bool:
    """Tell a noun that may speak ("a shopkeeper", "the parish") from a thing that shows something ("the video")."""
    return token.lemma not in ("video", "footage", "picture", "image", "photo", "map", "attack", "blast", "strike", "sign")


def _clean(text: str) -> str | None:
    words = " ".join(text.split()).strip(" .,'’\"“”-–—:;")
    words = re.sub(r"(?:'s|’s)$", "", words)
    if not 1 < len(words) <= _MAX_SPEAKER_CHARS or words[0].isdigit():
        return words.split(",")[0] if len(words.split(",")[0]) in range(2, _MAX_SPEAKER_CHARS) else None
    return words


def _is_open(text: str, *, was_open: bool) -> bool:
    """Tell whether a quotation is still open at the end of the sentence."""
    if "“" in text or "”" in text:
        return text.rfind("“") > text.rfind("”")
    return was_open != (text.count('"') % 2 == 1)


def side_of_speaker(said: Said, victims_side: str | None, side_of: SideOf) -> SpeakerSide:
    """Place a speaker in relation to the victims; see the module's specification."""
    if said.speaker is None:
        return SpeakerSide.OUTLET
    if said.kind != "force":
        return SpeakerSide(said.kind)
    own = side_of(said.speaker)
    if own is not None and own == victims_side:
        return SpeakerSide.PARTY
    if own is not None and victims_side not in (None, "civilians", "suspects"):
        return SpeakerSide.OPPONENT
    return SpeakerSide.OFFICIAL if own is None or own.startswith("mil_") else SpeakerSide.UNKNOWN
