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
_COUNTS = frozenset("count tally toll figure estimate list record casualty number account register".split())
_LEMMAS = frozenset(
    "say tell report confirm announce claim state add write tweet post note estimate acknowledge declare assert explain "
    "allege count put insist deny record document quote warn argue maintain identify believe reveal disclose concede "
    "admit suggest indicate list read share speak give boast cite recall verify register log describe mourn raise revise "
    "lift lower release send reply answer".split()
)
_BODIES = frozenset(
    "ministry government army police group office agency committee council directorate department hospital force coalition "
    "military union organisation organization association commission service centre center command company court network "
    "party movement administration bureau team authority board mission clinic morgue navy parliament staff statement".split()
)
_SAYING = frozenset("say tell add announce claim write speak explain argue insist acknowledge".split())
_THINGS = frozenset(
    "report figure message sign post source document article caption headline result finding determination outbreak".split()
)
_HE = frozenset(("he", "she", "him", "her"))
_IT = frozenset(("it", "they", "them"))
_NOBODY = frozenset("who which that i we you what there this these those some many one others".split())
_CUT_DEPS = frozenset("relcl acl advcl cc conj punct parataxis ccomp npadvmod".split())
_ORG_DESCRIBED = frozenset("of for in at from with on to".split())
_GOES_ON = re.compile(
    r"(?:\w+ )?(?:others?|another|more|further)\b|(?:\w+ )?of (?:them|those|the (?:dead|wounded|injured))\b|(?:no (?:one|other)|nobody|none|both)\b|(?:there were )?no\b",
    re.IGNORECASE,
)  # "…, he said. Four others were hurt." goes on in the same voice
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_COLON = re.compile(r"^(?:[\d:.]+\s*(?:[ap]\.?m\.?)?\s*[-–—]?\s*)?(?P<who>[A-Z][^:.,;–—]{2,60}):\s")
_AT_END = re.compile(
    r", (?P<who>[^,;:“”\"]{3,60}?) (?P<verb>\w+)(?: on \w+| late on \w+| in a statement)?[.,;”\"]+(?= |$)"
)
_SAID_IN = frozenset(("account", "count", "tally", "figures"))  # "by the account of the governor"
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


class Attribution:
    """Finds the speakers of an article's sentences, in order, for a speaker carries over into the next."""

    def __init__(self, document: Document, lexicon: ClaimLexicon) -> None:
        """Read who speaks in each sentence."""
        self._document = document
        self._tokens = document.tokens
        self._lexicon = lexicon
        self._named: list[tuple[int, Said]] = []  # with the token of each
        self._at = 0
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
        self._at = trigger
        for found in (self._above(token), self._count_of(trigger, others)):
            if found is not None:
                return found
        sentence = self._document.sentence(token.sentence)
        source = self._source(sentence, near=trigger) or self._before_colon(sentence) or self._at_end(sentence)
        return source or self._carried.get(token.sentence, NOBODY)

    def _recent(self) -> Iterator[Said]:
        """Yield those named before the place that is read, the latest first."""
        return (said for at, said in reversed(self._named) if at < self._at)

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
        name = _clean(match["who"])
        kind = self.kind_of(name) if name else "unknown"
        return Said(_ARTICLE.sub("", name), match["verb"], kind) if name and kind != "unknown" else None

    def _is_speech(self, token: Token) -> bool:
        return token.pos in ("VERB", "AUX") and (token.lemma in _LEMMAS or token.lower in self._lexicon.speech_verbs)

    def _has_toll(self, verb: Token) -> bool:
        """Tell "the observatory has thirteen dead": to have a figure is to state it, of those who count."""
        subjects = [self._tokens[c] for c in self._document.children[verb.index] if self._tokens[c].dep == "nsubj"]
        return verb.lemma == "have" and bool(subjects) and self.kind_of(subjects[0].text) in ("monitor", "official")

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
        if subject is None or subject.pos == "NUM":
            return None
        if subject.lower in ("who", "which", "that") and verb.dep == "relcl":
            subject = self._tokens[verb.head]
        return self._said(subject, verb)

    def _said(self, token: Token, verb: Token) -> Said | None:
        """Name the speaker that a noun or pronoun stands for."""
        low = token.lower
        if low in _HE:
            return next((s for s in self._recent() if s.is_person), None)
        if low in _IT or (token.lemma in _DOCUMENTS and not self._owner(token)):
            return next((s for s in self._recent() if not s.is_person), None)
        if token.index < self._after_dateline(token):
            return None
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
        is_named = (
            any(word[:1].isupper() for word in name.split()[1:])
            or token.pos == "PROPN"
            or token.entity in ("ORG", "PERSON", "GPE", "NORP")
        )
        may_speak = verb.lemma in _SAYING and token.lemma not in _THINGS
        if kind == "unknown" and not is_named and not may_speak and token.lower not in self._lexicon.persons:
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
        is_body = token.lower in _BODIES or token.entity in ("ORG", "GPE", "NORP", "FAC", "LOC")
        return not is_body and token.tag in ("NN", "NNP") and self.kind_of(token.text) not in ("monitor", "outlet")

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
        return _clean(text)

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

    def _source(self, sentence: Sentence, near: int | None) -> Said | None:
        """Read "according to X", "citing X"; of several the one nearest to the word of harm."""
        found: list[tuple[int, Said]] = []
        for token in self._document.tokens_of(sentence):
            is_document = token.lemma in _DOCUMENTS | _SAID_IN and near is not None
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
                if token.lemma in _COUNTS and (owner := self._owner(token)) is not None:
                    if self.kind_of(owner.text) != "unknown" or owner.entity == "ORG":
                        return self._said(owner, token)
        return None

    def _in_full(self, name: str) -> str:
        """Take "the ministry" for the ministry named before it, and leave out the article."""
        bare = _ARTICLE.sub("", name)
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
