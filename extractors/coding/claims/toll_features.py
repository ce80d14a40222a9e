"""What an article's total may be, and what speaks for each number.

The candidates are the numbers that the article itself puts together: each figure told of the whole, the single
persons counted, the two added where they are evidently different people ("two others"), those shot less those killed,
and zero. Each is described by features: which kind of statement gives it, in the title, the lead or later, how often,
and whether it is the largest, the first or the last. `choose` weighs them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from extractors.coding.claims.evidence import Evidence, befell, is_outcounted, kind_of, value_of
from extractors.coding.claims.find import FoundClaim
from extractors.coding.document import TITLE
from model.report import Measure

Features = dict[str, float]
_LOOSE = ("part", "more", "vague", "some")  # kinds of figures that tell no total
_REFINED = 1.3  # an exact number up to so many times an open one says the same more closely
_LEAD = 2  # sentences that make the lead: agencies put the toll into the first two


_EITHER = re.compile(
    r"\b(?:killed|dead|died) or (?:wounded|injured|hurt)\b|\b(?:wounded|injured|hurt) or (?:killed|dead)\b", re.I
)


def candidates(evidence: Evidence, measure: Measure, n_killed: int | None) -> dict[int, Features]:
    """Return every candidate total of `measure` with its features; `n_killed` is the total killed once it is chosen."""
    if _says_none(evidence, measure):
        return {0: {}}
    found: dict[int, Features] = {0: {}, 1: {}} if _hints(evidence, measure) else {0: {}}
    _from_counts(found, evidence, measure)
    _from_persons(found, evidence, measure)
    _from_shot(found, evidence, measure, n_killed)
    _from_lists(found, evidence, measure)
    if measure is Measure.KILLED:
        _from_suicides(found, evidence)
    _add(found, _plain_policy(evidence, measure), "policy")
    vague = [f for f in evidence.counts[measure] if kind_of(f) in ("vague", "some")]
    if vague:
        _add(found, 2, "vague:only" if len(vague) == len(evidence.counts[measure]) else "vague:and-counts")
    words = _words(evidence, measure)
    for value, features in found.items():
        size = "0" if value == 0 else "1" if value == 1 else "2" if value == 2 else "3+"
        features[f"size={size}"] = 1.0
        for word in words:
            features[f"{word}&size={size}"] = 1.0
        if measure is Measure.INJURED and n_killed is not None:
            features[f"killed={min(n_killed, 2)}&size={size}"] = 1.0
    return found


def choose(options: Mapping[int, Mapping[str, float]], weights: Mapping[str, float]) -> int:
    """Return the candidate of the highest weight; of equals, the smaller."""
    return max(sorted(options), key=lambda value: score(options[value], weights))


def score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Add up the weights of the features, in a fixed order so that sums are the same everywhere."""
    return sum(weights.get(name, 0.0) * features[name] for name in sorted(features))


def _says_none(evidence: Evidence, measure: Measure) -> bool:
    """Return whether the article says that nobody was, and nothing else of the kind."""
    counts = evidence.counts[measure]
    others = any(value_of(f) for f in (*counts, *evidence.counts[Measure.KILLED_OR_INJURED]))
    persons = (*evidence.persons, *evidence.title_persons)
    return bool(counts) and not others and not any(befell(p, measure) for p in persons)


def _hints(evidence: Evidence, measure: Measure) -> bool:
    """Return whether title or lead name the harm: "a deadly shooting" is one death, though it counts none."""
    return evidence.cues.hints_death if measure is Measure.KILLED else evidence.cues.hints_harm


def _plain_policy(evidence: Evidence, measure: Measure) -> int:
    """Apply the plain rule: the title's figure, else the first of the text, else the single persons counted.

    One who took his own life is added where the figure is of others ("kills 3, then himself").
    """
    persons = [p for p in evidence.persons if befell(p, measure)]
    whole = [f for f in evidence.counts[measure] if kind_of(f) not in _LOOSE and value_of(f)]
    if not whole:
        return len(persons)
    first = min(whole, key=lambda f: (f.sentence, -(value_of(f) or 0)))
    selves = sum(p.is_self for p in persons) if first.claim.rule.endswith("object") else 0
    return (value_of(first) or 0) + selves


def _where(sentence: int) -> str:
    if sentence == TITLE:
        return "title"
    return "lead" if sentence < _LEAD else "early" if sentence < 6 else "late"


def _add(found: dict[int, Features], value: int | None, name: str, weight: float = 1.0) -> None:
    if value is not None and value >= 0:
        features = found.setdefault(value, {})
        features[name] = features.get(name, 0.0) + weight


def _from_counts(found: dict[int, Features], evidence: Evidence, measure: Measure) -> None:
    whole: list[tuple[int, int]] = []
    sure: list[tuple[int, int]] = []
    seen: set[tuple[int, str]] = set()
    for entry in evidence.counts[measure]:
        value = value_of(entry)
        if value is None:
            continue
        if is_outcounted(entry, evidence.counts[measure]):
            continue
        kind, where = kind_of(entry), _where(entry.sentence)
        if entry.claim.high is None and (entry.claim.victims or "").lower().startswith(("more than", "over")):
            _add(found, value + 1, f"more-than:{where}")
        for name in (f"count:{kind}", f"count:{where}", f"count:{kind}:{where}", *(f"count:{m}" for m in entry.marks)):
            if (value, name) not in seen:
                seen.add((value, name))
                _add(found, value, name)
        if kind not in _LOOSE:
            whole.append((entry.sentence, value))
            if not entry.marks:
                sure.append((entry.sentence, value))
    _refined(found, whole, evidence.counts[measure])
    whole = sure or whole  # a figure that may be of another incident is no largest, first or last one
    _shape(found, whole, "count")
    _sums(found, evidence, measure, whole)


def _refined(found: dict[int, Features], whole: Sequence[tuple[int, int]], counts: Sequence[FoundClaim]) -> None:
    """Mark an exact number that says an open one more closely: "more than 80 dead … 83 soldiers had died"."""
    opened = {value_of(f) or 0 for f in counts if f.claim.high is None and kind_of(f) not in _LOOSE}
    for value in {value for _, value in whole} - opened:
        if any(low < value <= low * _REFINED for low in opened):
            _add(found, value, "refines")


def _shape(found: dict[int, Features], whole: Sequence[tuple[int, int]], name: str) -> None:
    """Mark the largest, smallest, first, last and most repeated of the whole figures."""
    positive = [value for _, value in whole if value > 0]
    if whole and not positive:
        _add(found, 0, f"{name}:only-zero")
    if not positive:
        _add(found, 0, f"{name}:none")
        return
    _add(found, max(positive), f"{name}:max")
    _add(found, min(positive), f"{name}:min")
    _add(found, next(v for _, v in whole if v > 0), f"{name}:first")
    _add(found, [v for _, v in whole if v > 0][-1], f"{name}:last")
    tally = Counter(positive)
    top, times = sorted(tally.items(), key=lambda entry: (-entry[1], -entry[0]))[0]
    _add(found, top, f"{name}:most")
    if times > 1:
        _add(found, top, f"{name}:repeated")
    if len(tally) == 1:
        _add(found, top, f"{name}:unanimous")


def _sums(found: dict[int, Features], evidence: Evidence, measure: Measure, whole: Sequence[tuple[int, int]]) -> None:
    """Add figures that speak of different people: "others", single persons, the one who killed himself."""
    persons = [p for p in evidence.persons if befell(p, measure)]
    others = [value_of(f) or 0 for f in evidence.counts[measure] if kind_of(f) in ("others", "more")]
    plain = [
        value_of(f) or 0
        for f in evidence.counts[measure]
        if kind_of(f) not in ("others", "more", "part", "vague", "some")
    ]
    if others and persons:
        _add(found, max(others) + len(persons), "sum:others+persons")
        _add(found, max(others) + 1, "sum:others+one")
    if others and plain and max(plain) > 0:
        _add(found, max(others) + max(plain), "sum:others+plain")
    selves = sum(p.is_self or p.is_suspect for p in persons)
    top = max((v for _, v in whole), default=0)
    if selves and top and measure is Measure.KILLED:
        _add(found, top + selves, "sum:plain+suspect")


def _from_persons(found: dict[int, Features], evidence: Evidence, measure: Measure) -> None:
    persons = [p for p in evidence.persons if befell(p, measure)]
    _add(found, len(persons), "persons:all")
    if measure is Measure.INJURED:
        _add(found, sum(p.is_injured for p in persons), "persons:hurt")
    early = [p for p in persons if min(p.sentences) < 6]
    _add(found, len(early), "persons:early")
    _add(found, sum(min(p.sentences) < _LEAD for p in persons), "persons:lead")
    in_title = sum(befell(p, measure) for p in evidence.title_persons)
    _add(found, in_title, "persons:title" if in_title else "persons:title:none")
    if in_title > len(persons):
        _add(found, in_title, "persons:title-more")
    marked = [p for p in persons if p.names or p.ages]
    _add(found, len(marked), "persons:marked")
    _add(found, sum(not p.is_suspect for p in persons), "persons:victims")
    counted = any(value_of(f) for f in evidence.counts[measure])
    _add(found, len(persons), f"persons:all:{'counts' if counted else 'alone'}")
    _add(found, len(early), f"persons:early:{'counts' if counted else 'alone'}")
    selves = sum(p.is_self for p in persons)
    if selves:
        _add(found, len(persons), "persons:all:self")
        if selves == len(persons):
            _add(found, len(persons) + 1, "persons:self+one")


def _from_shot(found: dict[int, Features], evidence: Evidence, measure: Measure, n_killed: int | None) -> None:
    """Use the figures of those shot: all of them, and less those killed.

    "100 were killed or wounded" names both and tells of neither how many; "six were shot" may be six hurt.
    """
    shot = [
        (f.sentence, value_of(f) or 0)
        for f in evidence.counts[Measure.KILLED_OR_INJURED]
        if not f.claim.is_part and not _EITHER.search(f.claim.quote)
    ]
    shot = [(s, v) for s, v in shot if v > 0]
    if not shot:
        return
    for where in sorted({_where(s) for s, _ in shot}):
        for value in sorted({v for s, v in shot if _where(s) == where}):
            _add(found, value, f"shot:{where}")
            if n_killed:
                _add(found, value - n_killed, f"shot-killed:{where}")
    top = max(v for _, v in shot)
    _add(found, top, "shot:max")
    if n_killed:
        _add(found, top - n_killed, "shot-killed:max")
    for value, features in found.items():
        if value > top:
            features["above-shot"] = 1.0
    if measure is Measure.KILLED:
        hurt = [value_of(f) or 0 for f in evidence.counts[Measure.INJURED] if not f.claim.is_part]
        if hurt and max(hurt) < top:
            _add(found, top - max(hurt), "shot-hurt:max")


def _from_lists(found: dict[int, Features], evidence: Evidence, measure: Measure) -> None:
    """Use a list of single persons in one statement as a figure: "a mother and her 2-year-old are dead"."""
    names = {
        (value_of(entry), name)
        for entry in evidence.lists[measure]
        for name in ("list", f"list:{_where(entry.sentence)}")
    }
    for value, name in sorted(names, key=str):
        _add(found, value, name)


def _from_suicides(found: dict[int, Features], evidence: Evidence) -> None:
    """Count those shot by one who then shot himself.

    "He shot his son and then himself in a murder-suicide" says of nobody but himself that he died.
    """
    selves = sum(p.is_self for p in evidence.persons)
    shot = [p for p in evidence.persons if p.is_killed or (p.is_shot and not p.is_injured and not p.is_held)]
    if selves and len(shot) > 1:
        has_cue = any(word.startswith("cue:") and word.endswith("murder-suicide") for word in evidence.cues.words)
        _add(found, len(shot), "shot-too:self" + (":murder-suicide" if has_cue else ""))
        in_lead = sum(min(p.sentences) < _LEAD for p in shot)
        _add(found, in_lead, "shot-too:lead" + (":murder-suicide" if has_cue else ""))


def _words(evidence: Evidence, measure: Measure) -> list[str]:
    """Name what title, lead and text speak of; each is crossed with the size of the candidate."""
    words = list(evidence.cues.words)
    if not any(value_of(f) for f in evidence.counts[measure]):
        words.append("no-counts")
    if not any(befell(p, measure) for p in evidence.persons):
        words.append("no-persons")
    return words
