"""Who says it: the speaker of a sentence, the verb, and where the speaker stands.

In order: "according to X"; "a statement (released) by X"; "X said that …", "…," said X"; a speaker whose
quotation runs on from the sentence before; "he said" and "the statement reads" take the speaker named last. A
sentence without any of these is the outlet's own (`speaker` null, side `outlet`).

Side: an office of the state or a hospital is `official`, observers are `monitor`, people on the spot `witness`, other
media `outlet`; an armed force is a `party` when the victims are its own and an `opponent` when they are another's. A
force that counts victims of no known side is an `official` source of neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.coding.document import Sentence
from extractors.reference.claims import ClaimLexicon
from extractors.text.small import small
from model.report import SpeakerSide

SideOf = Callable[[str], str | None]

_MAX_SPEAKER_CHARS = 90  # longer runs are clauses, not names
_ACCORDING = re.compile(
    r"\b(?:according to|as (?:reported|announced|confirmed|claimed) by|(?:was"
    r"|were)? ?(?:reported|confirmed|announced|claimed|quoted) by"
    r"|citing|quoting)\s+(?:(?:a|the) (?:\w+ )?(?:statement|report|release|tweet|post)s? (?:\w+ )?(?:by|from|of)\s+)?"
    r"(?P<who>[^,;:.“”\"\n()]+(?:\b(?:U\.S|St|Sgt|Lt|Capt|Gen|Col|Dr|Mr|Ms|Mrs|Det)\.[^,;:.“”\"\n()]*)*)",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"\b(?:statement|release|report|tweet|communiqu[eé])s? (?:issued |released "
    r"|published |made |put out )?(?:by|from|of) "
    r"(?P<who>(?:the )?[A-Z][^,;:.“”\"\n()]+?)(?=[,;:.“”\"\n()]|\s(?:on|said|says|that|reads|late|early|which)\b|$)"
)
_NAMED_SPEAKERS = (  # pattern, words of which every match holds one, and the verb of attribution
    (_ACCORDING, ("according to", " by", "citing", "quoting"), "according to"),
    (_STATEMENT, ("statement", "release", "report", "tweet", "communiqu"), "statement"),
)
_CUT = re.compile(
    r"\s+(?:who|which|that|as|when|while|on|after|before|during|killed|and"
    r"|but|was|were|has|have|had|said|told|shows?|showed"
    r"|reported|put|stood|late|early|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|quoted|from the scene"
    r"|released|posted|issued|published|by phone)\b.*$",
    re.DOTALL,
)
_CUT_KEEP_PREP = re.compile(r"\s+(?:for|of|in)\s+(?=[A-Z])")
_LEAD = re.compile(
    r"^(?:but|and|however|meanwhile|also|earlier|later|separately|so far|on \w+"
    r"|still|yet|while|although|where|though|as|when"
    r"|that|which|there|also)\b,?\s+",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:\w+ )?(?:others?|another|more)\b|(?:no (?:one|other)|nobody|none|both)\b|(?:there were )?no\b", re.IGNORECASE
)  # "…, he said. Four others were hurt." goes on in the same voice
_CLOCK = re.compile(r"^.*\d ?[ap]\.?m\.?\s+(?=[A-Z])")  # "9:20 a.m. The coast guard says": a live blog's time
_WORDS = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"^(?:the|an?|one|two|three|four|several|some|many)\s+", re.IGNORECASE)
_RELATIVE = re.compile(r"\s*(?:who|whose|which)\b", re.IGNORECASE)
_NO_NAME = re.compile(r"\b(?:are|is|am|whose|she|he|they|them|we|it|who|be|been|being|will|would)\b", re.IGNORECASE)
_SHORT_SPEAKER = 2  # words: "the ministry", "the military official"; a longer name is full by itself
_ANAPHORS = frozenset(("he", "she", "they", "it", "the statement", "statement", "the release", "the report"))
_NOT_SPEAKERS = frozenset(("who", "which", "that", "i", "we", "you", "what", "there", "this", "these"))


@dataclass(frozen=True, slots=True)
class Said:
    """The speaker's words, the verb of attribution, and the speaker's side before the victims are looked at."""

    speaker: str | None
    verb: str | None
    kind: str


NOBODY = Said(None, None, "outlet")


def letter_runs(text: str) -> list[str]:
    """Give the runs of letters in small letters: what screens of single words look at."""
    return _WORDS.findall(text.lower())


class Attribution:
    """Finds the speaker of each sentence of an article, in order, for a speaker carries over into the next."""

    def __init__(
        self, sentences: Sequence[Sentence], lexicon: ClaimLexicon, words: Sequence[Sequence[str]] | None = None
    ) -> None:
        """Read the speakers of all `sentences`; `words` are the letter runs of each, where they are at hand."""
        self._lexicon = lexicon
        verbs = "|".join(sorted(lexicon.speech_verbs, key=len, reverse=True))
        self._verb = re.compile(rf"\b(?P<verb>{verbs})\b")
        self._verbs = lexicon.speech_verbs
        self._said: list[Said] = []
        last = NOBODY
        open_quote = False
        for sentence, runs in zip(sentences, words or map(letter_runs, (s.text for s in sentences)), strict=True):
            said = self.read(sentence.text, last, runs)
            if said is NOBODY and self._said and _GOES_ON.match(sentence.text):
                said = self._said[-1]
            starts_quote = sentence.text[:1] in '"“'
            if said is NOBODY and last is not NOBODY and (open_quote or starts_quote):
                said = last
            open_quote = _is_open(sentence.text, was_open=open_quote)
            last = said if said is not NOBODY else (last if open_quote else self._mentioned(sentence.text, last))
            self._said.append(said)

    def of(self, index: int) -> Said:
        """Return the speaker of the sentence `index` (of the sequence given)."""
        return self._said[index] if 0 <= index < len(self._said) else NOBODY

    def read(self, text: str, last: Said = NOBODY, words: Sequence[str] | None = None) -> Said:
        """Find the speaker of one sentence; `last` is whom "he said" means, `words` are its letter runs."""
        lowered = small(text)
        for pattern, needs, verb in _NAMED_SPEAKERS:
            match = pattern.search(text) if any(word in lowered for word in needs) else None
            if match and (who := self._clean(match["who"])):
                return self._known(who, verb)
        if self._verbs.isdisjoint(letter_runs(text) if words is None else words):
            return NOBODY
        for match in self._verb.finditer(text):
            who = self._before(text, match.start()) or self._after(text, match.end())
            if who is None:
                continue
            if who.lower() in _ANAPHORS:
                return Said(last.speaker, match["verb"], last.kind) if last.speaker else NOBODY
            is_last = match.end() == len(text.rstrip(' .”"'))
            is_named = who[:1].isupper() or bool(_ARTICLE.match(who))
            if self.kind_of(who) != "unknown" or is_named or is_last:
                return self._known(who, match["verb"])
        return NOBODY

    def _known(self, who: str, verb: str) -> Said:
        """Take "the ministry" for the ministry named before it, and leave out the article."""
        name = _ARTICLE.sub("", who)
        owner, _, rest = name.partition("'s ")
        if rest and len(owner.split()) == 1:
            full = next((s.speaker for s in reversed(self._said) if owner in (s.speaker or "").lower().split()), owner)
            name = name if full == owner else f"{full} {rest}"  # "the ministry's spokeswoman"
        if who[:4].lower() == "the " and len(name.split()) <= _SHORT_SPEAKER:
            head = name.split()[-1].lower()
            for said in reversed(self._said):
                full = said.speaker or ""
                if head in full.lower().split() and len(full) > len(name):
                    name = full
                    break
        return Said(name, verb, self.kind_of(name))

    def kind_of(self, speaker: str) -> str:
        """Tell what a speaker is by its words: official, monitor, witness, outlet, force, or unknown."""
        words = re.findall(r"[\w.'’&-]+", speaker.lower().replace("’", "'"))
        words = [w.removesuffix("'s").rstrip(".") if w.count(".") <= 1 else w.rstrip(".") for w in words]
        kinds = []
        for n in (3, 2, 1):
            for k in range(len(words) - n + 1):
                kind = self._lexicon.speakers.get(" ".join(words[k : k + n]))
                if kind:
                    kinds.append((n, kind))
        order = ("monitor", "force", "official", "outlet", "witness")
        return min((k for _, k in kinds), key=order.index, default="unknown")

    def _mentioned(self, text: str, last: Said) -> Said:
        pattern, needs, verb = _NAMED_SPEAKERS[1]
        match = pattern.search(text) if any(word in text for word in needs) else None
        who = self._clean(match["who"]) if match else None
        return self._known(who, verb) if who else last

    def _before(self, text: str, end: int) -> str | None:
        """Read the words before a verb of speech, back to the start of its clause."""
        left = text[max(0, end - _MAX_SPEAKER_CHARS) : end].rstrip()
        if not left or left[-1] in ',;:“”".':
            if not left.endswith(","):
                return None
            return self._apposed(left[:-1])
        start = max(
            (left.rfind(stop) for stop in (",", ";", ":", "“", "”", '"', "\n", " - ", "—", "(", "|")), default=-1
        )
        words = _LEAD.sub("", _CLOCK.sub("", left[start + 1 :].strip(" -—")))
        words = re.sub(
            r"\s+(?:also|later|has|have|had|initially|first|earlier|then|further|would|were|previously|would not)$",
            "",
            words,
        )
        return self._clean(words)

    def _apposed(self, left: str) -> str | None:
        """Read "John Doe, a police spokesman, said" and "the sheikh, whose clan fights there, said".

        The words between the last two commas, where they are an office; else those before them.
        """
        first, comma, words = left.rpartition(",")
        if not comma:
            return None
        if self.kind_of(words) != "unknown" and not _RELATIVE.match(words):
            return self._clean(words.strip())
        if not (_RELATIVE.match(words) or _ARTICLE.match(words.strip())):
            return None
        start = max(first.rfind(stop) for stop in (",", ";", ":", "“", "”", '"', "\n", "—", "("))
        who = self._clean(_LEAD.sub("", first[start + 1 :].strip()))
        return who if who and (who[0].isupper() or self.kind_of(who) != "unknown") else None

    def _after(self, text: str, start: int) -> str | None:
        """Read the words after a verb of speech in '…," said X'."""
        before = text[:start].rstrip()
        inverted = re.search(r"[,”\"?!]\s*[”\"]?\s*\w+$", before)
        if not inverted:
            return None
        right = re.match(r"\s+(?P<who>[^,;:“”\"\n]+)", text[start : start + _MAX_SPEAKER_CHARS])
        return self._clean(right["who"]) if right else None

    def _clean(self, words: str) -> str | None:
        words = " ".join(words.split()).strip(" .,'’\"”“-–—")
        words = (
            _CUT.sub("", words)
            if not re.match(r"(?i)(?:the )?.*\b(?:ministry|department|bureau) of\b", words)
            else words
        )
        words = words.strip(" .,'’-")
        if words.lower() not in _ANAPHORS and _NO_NAME.search(words):
            return None
        if not 1 < len(words) <= _MAX_SPEAKER_CHARS or words.lower() in _NOT_SPEAKERS or words[0].isdigit():
            return None
        return words if len(words.split()) <= 12 else None


def _is_open(text: str, *, was_open: bool) -> bool:
    """Tell whether a quotation is still open at the end of the sentence."""
    if "“" in text or "”" in text:
        return text.rfind("“") > text.rfind("”")
    return was_open != (text.count('"') % 2 == 1)


def side_of_speaker(said: Said, victims_side: str | None, side_of: SideOf) -> SpeakerSide:
    """Place a speaker in relation to the victims; see the module's specification."""
    if said.speaker is None:
        return SpeakerSide.OUTLET
    if said.kind == "force":
        own = side_of(said.speaker)
        if victims_side is None or own is None:
            return SpeakerSide.PARTY if own else SpeakerSide.OFFICIAL
        return SpeakerSide.PARTY if own == victims_side else SpeakerSide.OPPONENT
    return SpeakerSide(said.kind)
