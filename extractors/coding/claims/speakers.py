"""Who says a figure: the speaker of a word of harm, the verb, and where the speaker stands.

In order: the subject of a verb of speech above the word in the parse ("X said that …", "…, said X", "X counted 20
bodies", "X's count"); "according to X", "citing X", "a statement by X" in the sentence; a quotation that runs on from
the sentence before; a sentence that goes on about others. "he" and "the ministry" mean the last speaker that fits.
A sentence without any of these is the outlet's own (`speaker` null, side `outlet`).

Side: an office of the state or a hospital is `official`, observers are `monitor`, people on the spot `witness`, other
media `outlet`; an armed force is a `party` when the victims are its own and an `opponent` when they are those of
another armed actor; of other victims it is `official` where it is a state's, else `unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extractors.coding.claims.naming import ARTICLE, COUNTS, DOCUMENTS, NOBODY, Naming, Said, clean
from extractors.coding.document import TITLE, Document, Sentence, Token
from extractors.reference.claims import ClaimLexicon
from model.report import SpeakerSide

SideOf = Callable[[str], str | None]

_LEAD_SENTENCES = 2
_MAX_UP = 8  # heads climbed from a word of harm to a verb of speech
_SOURCE_WORDS = frozenset("according citing quoting".split())
_LEMMAS = frozenset(
    "say tell report confirm announce claim state add write tweet post note estimate acknowledge declare assert "
    "explain allege count put insist deny record document quote warn argue maintain identify believe reveal disclose "
    "concede admit suggest indicate list read share speak give boast cite recall verify register log describe mourn "
    "raise revise lift lower release send reply answer inform brief notify show".split()
)
_HANDLED = frozenset(
    "have recover retrieve evacuate treat receive admit pull collect bury bring take transport rescue lift find".split()
)  # of one who counts what he had in hand: "the coastguard recovered 13 bodies"
_LIFE = frozenset(("life", "soul", "responsibility"))  # objects of "claim" that are no statement
_GOES_ON = re.compile(
    r"(?:\w+ )?(?:others?|another|more|further)\b|(?:\w+ )?of (?:them|those|the (?:dead|wounded|injured))\b"
    r"|(?:no (?:one|other)|nobody|none|both)\b|(?:there were )?no\b",
    re.IGNORECASE,
)  # "…, he said. Four others were hurt." goes on in the same voice
_COLON = re.compile(r"^(?:[\d:.]+\s*(?:[ap]\.?m\.?)?\s*[-–—]?\s*)?(?P<who>[A-Z][^:.,;–—]{2,60}):\s")
_AT_END = re.compile(
    r", (?P<who>[^,;:“”\"]{3,60}?) (?P<verb>\w+)(?: on \w+| late on \w+| in a statement)?[.,;”\"]+(?= |$)"
)
_SAID_IN = frozenset(("account", "count", "tally", "figures"))  # "by the account of the governor"


class Attribution(Naming):
    """Finds the speakers of an article's sentences, in order, for a speaker carries over into the next."""

    def __init__(self, document: Document, lexicon: ClaimLexicon) -> None:
        """Read who speaks in each sentence."""
        super().__init__(document, lexicon)
        self._carried: dict[int, Said] = {}
        last, is_open, unnamed, paragraph = NOBODY, False, list[int](), -1
        for sentence in document.sentences:
            here, text = self._of_sentence(sentence), sentence.text
            goes_on = is_open or text[:1] in '"“' or bool(_GOES_ON.match(text)) or sentence.paragraph == paragraph
            self._carried[sentence.index] = last if here is NOBODY and goes_on else NOBODY
            if here is not NOBODY and is_open:
                self._carried.update((k, here) for k in unnamed)  # "We lost two. One was to marry," said X.
            is_open = _is_open(text, was_open=is_open) and sentence.index != TITLE
            unnamed = [*unnamed, sentence.index] if here is NOBODY and is_open else []
            if here is not NOBODY or not (goes_on or is_open):
                last = here
            if sentence.index == TITLE:
                last = NOBODY
            paragraph = sentence.paragraph
        self._carried[TITLE] = self._of_lead(document)

    def _of_lead(self, document: Document) -> Said:
        """Give the first one who speaks in the lead: a headline's figure is that of the lead's source."""
        tokens = document.tokens
        return next((s for at, s in self._named if s.verb and 0 <= tokens[at].sentence < _LEAD_SENTENCES), NOBODY)

    def of(self, trigger: int, *, others: tuple[int, ...] = ()) -> Said:
        """Return who says what the word of harm at a token says; `others` are the people that it takes."""
        token = self._tokens[trigger]
        self._at = trigger
        for found in (self._above(token), self._count_of(trigger, others)):
            if found is not None:
                return found
        sentence = self._document.sentence(token.sentence)
        source = self._source(sentence, near=trigger) or self._before_colon(sentence) or self._at_end(sentence)
        return source or self._carried.get(token.sentence, NOBODY)

    def _of_sentence(self, sentence: Sentence) -> Said:
        """Find the speaker of a sentence as a whole, and remember everybody who speaks in it."""
        found: Said | None = None
        for token in self._document.tokens_of(sentence):
            self._at = token.index
            if self._is_speech(token):
                said = self._speaker_of(token)
                if said is not None:
                    found = found or said
                    self._named.append((token.index, said))
            elif token.dep in ("nsubj", "nsubjpass", "appos") and token.entity == "PERSON":
                name = self._name(token)
                if name is not None and len(name.split()) > 1:
                    self._named.append((token.index, Said(name, None, self.kind_of(name), is_person=True)))
        source = self._source(sentence, near=None)
        if source is not None:
            self._named.append((self._at, source))
        return source or found or NOBODY

    def _before_colon(self, sentence: Sentence) -> Said | None:
        """Read "Medics: 14 dead in Sampletown."."""
        match = _COLON.match(sentence.text)
        kind = self.kind_of(match["who"]) if match else "unknown"
        return Said(match["who"], None, kind) if match and kind != "unknown" else None

    def _at_end(self, sentence: Sentence) -> Said | None:
        """Read "…, medics and officials said." where the parse takes the speakers for something else."""
        matches = (m for m in _AT_END.finditer(sentence.text) if m["verb"].lower() in self._lexicon.speech_verbs)
        match = next(matches, None)
        if match is None:
            return None
        name = clean(match["who"])
        kind = self.kind_of(name) if name else "unknown"
        return Said(ARTICLE.sub("", name), match["verb"], kind) if name and kind != "unknown" else None

    def _is_speech(self, token: Token) -> bool:
        if token.lemma == "claim" and any(self._tokens[c].lemma in _LIFE for c in self._document.children[token.index]):
            return False
        return token.pos in ("VERB", "AUX") and (token.lemma in _LEMMAS or token.lower in self._lexicon.speech_verbs)

    def _has_toll(self, verb: Token) -> bool:
        """Tell "the observatory has thirteen dead": to have a figure is to state it, of those who count."""
        if verb.lemma not in _HANDLED:
            return False
        subjects = [self._tokens[c] for c in self._document.children[verb.index] if self._tokens[c].dep == "nsubj"]
        return bool(subjects) and self.kind_of(subjects[0].text) in ("monitor", "official")

    def _above(self, token: Token) -> Said | None:
        """Climb from a word of harm to the verb of speech over it."""
        below = token
        for n, head in enumerate(self._document.ancestors(token.index)):
            if n >= _MAX_UP:
                return None
            if (self._is_speech(head) or self._has_toll(head)) and below.dep not in (
                "nsubj",
                "nsubjpass",
                "advmod",
                "npadvmod",
            ):
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
        subjects = [c for c in children if c.dep == "nsubj" and c.index >= self._after_dateline(c)]
        subject = min(subjects, key=lambda c: abs(c.index - verb.index), default=None)
        if subject is None and verb.dep in ("conj", "xcomp") and verb.head != verb.index:
            return self._speaker_of(self._tokens[verb.head])
        if subject is None or subject.pos == "NUM" or self._is_counted(subject):
            return None
        if subject.lower in ("who", "which", "that") and verb.dep == "relcl":
            subject = self._tokens[verb.head]
        return self._said(subject, verb)

    def _is_counted(self, subject: Token) -> bool:
        """Tell "14 people confirmed dead", who confirm nothing."""
        return any(self._tokens[c].dep == "nummod" for c in self._document.children[subject.index])

    def _source(self, sentence: Sentence, near: int | None) -> Said | None:
        """Read "according to X", "citing X"; of several the one nearest to the word of harm."""
        found: list[tuple[int, Said]] = []
        for token in self._document.tokens_of(sentence):
            is_document = token.lemma in DOCUMENTS | _SAID_IN and near is not None
            if token.lower not in _SOURCE_WORDS and not is_document:
                continue
            noun = self._owner(token) if is_document else next(self._objects(token), None)
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
                owner = self._owner(token) if token.lemma in COUNTS else None
                if owner is not None and (owner.entity == "ORG" or self.kind_of(owner.text) != "unknown"):
                    return self._said(owner, token)
        return None


def _is_open(text: str, *, was_open: bool) -> bool:
    """Return whether a quotation is still open at the end of the sentence."""
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
