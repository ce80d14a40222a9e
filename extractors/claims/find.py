"""Find the claims of an article: every figure, with whom it counts, who says so, and the sentence that says it.

The rules are in the modules beside this one: `tokens` (items), `people` (whom), `grammar` (what befell them), `realis`
(which sentences count), `speakers` (who says so). Nothing is added up over sentences here; that is `tolls`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.claims.grammar import Reader, Reading
from extractors.claims.people import People, find_people
from extractors.claims.realis import denied_spans, is_elsewhere, lead_months, lead_years
from extractors.claims.speakers import Attribution, Said, SideOf, letter_runs, side_of_speaker
from extractors.claims.tokens import Item, cut
from extractors.coding.document import Sentence
from extractors.reference.claims import ClaimLexicon, load_claim_lexicon
from extractors.text.segments import TITLE
from model.article import Article
from model.report import Claim, Loser

MAX_SENTENCES = 400  # a longer article is a live blog or an archive page; its later parts repeat or wander
_MANY = re.compile(
    r"\d\d|\b(?:hundred|thousand|dozen|score|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)", re.I
)
_TARGET = re.compile(
    r"\b(?:attack|assault|strikes?|airstrikes?|raid|ambush|bombing|shelling|bombardment"
    r"|offensive)s? (?:on|against|targeting) "
    r"(?P<who>[^,.;:]{2,80}?)(?=\s+(?:killed|wounded|injured|left|which|that|headquarters"
    r"|positions?|base|in|near|at)\b|[,.;:]|$)"
)


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim before its report has an id.

    `sentence` is the index of its sentence, `TITLE` for the title. `people` are those counted, the members of a list
    apart. `is_self` marks harm that somebody did to themselves.
    """

    claim: Claim
    sentence: int
    people: tuple[People, ...] = ()
    is_self: bool = False


def find_claims(
    article: Article,
    sentences: Sequence[Sentence],
    lexicon: ClaimLexicon | None = None,
    side_of: SideOf | None = None,
) -> tuple[FoundClaim, ...]:
    """Find the claims of the title and of each sentence, in order; `claim_id` is empty until `with_ids`.

    Args:
        article: Read for its title and its day of publication.
        sentences: Those of `article.text`.
        lexicon: The word lists; the reviewed ones by default.
        side_of: Names the actor that a speaker's or a victim's words belong to; a short table by default.
    """
    lexicon = lexicon or load_claim_lexicon()
    sentences = sentences[:MAX_SENTENCES]
    finder = _Finder(article, sentences, lexicon, side_of or table_side_of(lexicon))
    found = finder.read_title()
    for sentence in sentences:
        found += finder.read(sentence)
    return tuple(found)


def claims_set_aside(article: Article, sentences: Sequence[Sentence]) -> tuple[Loser, ...]:
    """Tell which words of harm gave no claim, and why: they speak of other times, or of what somebody denies."""
    lexicon = load_claim_lexicon()
    finder = _Finder(article, sentences[:MAX_SENTENCES], lexicon, table_side_of(lexicon))
    finder.read_title()
    for sentence in sentences[:MAX_SENTENCES]:
        finder.read(sentence)
    return tuple(finder.set_aside)


def table_side_of(lexicon: ClaimLexicon) -> SideOf:
    """Make the default `side_of` from the table of side words: the longest one in the words given."""
    pattern = re.compile(
        r"(?<![\w.])(?:" + "|".join(re.escape(w) for w in sorted(lexicon.sides, key=len, reverse=True)) + r")(?!\w)",
        re.IGNORECASE,
    )

    def side_of(words: str) -> str | None:
        found = [m.group().lower() for m in pattern.finditer(words)]
        return lexicon.sides[max(found, key=len)] if found else None

    return side_of


class _Finder:
    """Holds what is the same for every sentence of one article."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], lexicon: ClaimLexicon, side_of: SideOf) -> None:
        self.article = article
        self.lexicon = lexicon
        self.side_of = side_of
        published_on = article.published_on
        self.has_day = published_on is not None
        self.years = lead_years(article.title, sentences, published_on)
        self.months = lead_months(article.title, sentences, published_on)
        self.positions = {s.index: n for n, s in enumerate(sentences)}
        self.words = [letter_runs(s.text) for s in sentences]
        self.attribution = Attribution(sentences, lexicon, self.words)
        self.set_aside: list[Loser] = []

    def read_title(self) -> list[FoundClaim]:
        title = self.article.title
        if not title.strip():
            return []
        said = self.attribution.read(title)
        return self._claims(title, -1, -1, TITLE, said, letter_runs(title))

    def read(self, sentence: Sentence) -> list[FoundClaim]:
        said = self.attribution.of(self.positions[sentence.index])
        words = self.words[self.positions[sentence.index]]
        return self._claims(sentence.text, sentence.start, sentence.end, sentence.index, said, words)

    def _claims(
        self, text: str, start: int, end: int, index: int, said: Said, words: Sequence[str]
    ) -> list[FoundClaim]:
        is_title = index == TITLE
        if not self._may_claim(text, words):
            return []
        if is_elsewhere(text, self.years, self.months, has_day=self.has_day):
            self.set_aside.append(Loser(text, "a claim", "the sentence gives figures of other times, or of many cases"))
            return []
        items = cut(text, self.lexicon, is_title=is_title)
        if len(items) < 2:
            return []
        people = find_people(items, self.lexicon, is_title=is_title)
        readings = Reader(items, people, is_title=is_title).read()
        found: list[FoundClaim] = []
        denied = denied_spans(text)
        for reading in readings:
            at = items[reading.trigger].start
            if any(a <= at < b for a, b in denied):
                value = f"{reading.measure.value} {reading.low}"
                self.set_aside.append(Loser(text, value, "somebody denies, dismisses or corrects it"))
                continue
            victims = _victims(text, items, people, reading)
            side = self._victims_side(victims, reading)
            claim = Claim(
                claim_id="",
                measure=reading.measure,
                low=reading.low,
                high=reading.high,
                bound=reading.bound,
                victims=victims,
                victims_side=side,
                speaker=said.speaker,
                speaker_side=side_of_speaker(said, side, self.side_of),
                verb=said.verb,
                quote=text,
                start_char=start,
                end_char=end,
                is_increment=reading.is_increment,
                is_part=reading.is_part,
                rule=reading.rule,
            )
            found.append(FoundClaim(claim, index, reading.people, reading.is_self))
        return found

    def _may_claim(self, text: str, words: Iterable[str]) -> bool:
        """Tell at little cost whether a sentence can hold a claim: a word of harm, or a force with a number."""
        if not self.lexicon.keys.isdisjoint(words):
            return True
        return not self.lexicon.force_words.isdisjoint(words) and bool(_MANY.search(text))

    def _victims_side(self, victims: str | None, reading: Reading) -> str | None:
        if reading.is_self:
            return "suspects"
        side = self.side_of(victims) if victims else None
        return side or next((p.group for p in reading.people if p.group in ("civilians", "suspects")), None)


def _victims(text: str, items: Sequence[Item], people: dict[int, People], reading: Reading) -> str | None:
    """Quote the words for those counted; a bare number takes them from the target or the subject of the sentence."""
    first, last = reading.people[0].first, reading.people[-1].last
    words = text[items[first].start : items[last].end]
    if not all(p.is_bare for p in reading.people):
        return words
    target = _TARGET.search(text, 0, items[first].start)
    if target:
        return target["who"].strip()
    takes_subject = first > 0 and items[first - 1].low in ("with", "though", "although", "but", ",", "and", "of")
    for k in range(first - 1 if takes_subject else -1, -1, -1):
        before = people.get(k)
        if before is not None and before.group and not before.is_bare and before.last == k:
            return text[items[before.first].start : items[before.last].end]
    return words
