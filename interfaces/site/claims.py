"""Who says what: claims as a matrix of measures and speakers, and their disagreements in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from interfaces.site.links import web_address
from interfaces.site.words import NAME_LENGTH, QUOTE_LENGTH, count, moment, number, stamp, tidy
from model.dispute import Said, dispute
from warehouse.rows import ClaimRow

MEASURES = ("killed", "injured", "killed_or_injured", "captured", "missing", "displaced", "force_size")
SIDES = {
    "party": "speaks of its own side", "opponent": "speaks of its opponent", "official": "official",
    "monitor": "monitor", "witness": "witness", "outlet": "outlet's own voice", "unknown": "side not known",
}  # fmt: skip
N_SPEAKERS = 24  # rows of the table: the widest incident of a year has about as many; the JSON beside the page has all
N_IN_CELL = 5  # figures of one speaker on one measure
_IMPLIED = "implied: "  # begins the rule of a figure that a word implies
N_SOURCES = 8  # articles that carry one figure of one speaker


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """An article that tells of a claim."""

    outlet: str
    href: str | None
    at: str
    at_stamp: str


@dataclass(frozen=True, slots=True)
class ClaimCell:
    """A figure of one speaker: what is counted, the sentence, who carried it. `mark`: lowest, highest or empty."""

    figure: str
    whom: str
    mark: str
    quote: str
    sources: tuple[ClaimSource, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, and from which side: a row of the table, so that many speakers fit a page."""

    name: str
    side: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A column of the table: one measure, what is disagreed on in words, and a tuple of claims for each speaker."""

    name: str
    disagreement: str
    is_disputed: bool
    cells: tuple[tuple[ClaimCell, ...], ...]


@dataclass(frozen=True, slots=True)
class ClaimMatrix:
    """All claims of an incident; `left_out` tells in words what did not fit, or is empty."""

    speakers: tuple[Speaker, ...]
    rows: tuple[MeasureRow, ...]
    left_out: str

    @property
    def disagreements(self) -> tuple[str, ...]:
        """The sentences on measures that the speakers dispute."""
        return tuple(row.disagreement for row in self.rows if row.is_disputed)


def figure(low: int | None, high: int | None, bound: str) -> str:
    """Write a claim's figure as it was given.

    >>> figure(100, None, "at_least"), figure(None, 9, "at_most"), figure(80, 100, "range"), figure(50, 50, "about")
    ('100 or more', 'up to 9', '80–100', 'about 50')
    """
    if low is None:
        return "no figure" if high is None else f"up to {number(high)}"
    if high is None:
        return f"{number(low)} or more"
    shown = number(low) if low == high else f"{number(low)}–{number(high)}"
    return f"about {shown}" if bound == "about" else shown


def measure_name(measure: str) -> str:
    """Name a measure."""
    return measure.replace("_", " ")


def speaker_of(claim: ClaimRow) -> str:
    """Name who makes a claim: the speaker, or the outlet itself."""
    return tidy(claim.speaker, NAME_LENGTH) or tidy(claim.outlet, NAME_LENGTH) or "unnamed"


def claim_matrix(claims: Sequence[ClaimRow]) -> ClaimMatrix:
    """Lay claims out by measure and speaker; parties first, then those who watch them, then the press."""
    ordered = sorted(claims, key=_order)
    cells: dict[tuple[str, tuple[str, str]], list[ClaimRow]] = defaultdict(list)
    first: dict[tuple[str, str], str] = {}
    for claim in ordered:
        first.setdefault(_column(claim), speaker_of(claim))
        cells[claim.measure, _column(claim)].append(claim)
    columns = list(first)
    shown = columns[:N_SPEAKERS]
    present = {claim.measure for claim in ordered}
    measures = [m for m in MEASURES if m in present] + sorted(present - set(MEASURES))
    rows = tuple(_row(measure, [cells.get((measure, column), []) for column in shown], ordered) for measure in measures)
    speakers = tuple(Speaker(first[column], SIDES.get(column[1], column[1])) for column in shown)
    n_cut = len(columns) - len(shown)
    return ClaimMatrix(
        speakers, rows, f"{count(n_cut, 'further speaker')} in the JSON of this incident" if n_cut else ""
    )


def _column(claim: ClaimRow) -> tuple[str, str]:
    """Return what a speaker is told by: "U.S. official" and "US official" are one."""
    return speaker_of(claim).casefold().replace(".", ""), claim.speaker_side


def _order(claim: ClaimRow) -> tuple[int, str, str, str]:
    side = list(SIDES).index(claim.speaker_side) if claim.speaker_side in SIDES else len(SIDES)
    return side, stamp(claim.published_at), claim.outlet, claim.claim_id


def _row(measure: str, cells: Sequence[Sequence[ClaimRow]], claims: Sequence[ClaimRow]) -> MeasureRow:
    whole = [claim for claim in claims if claim.measure == measure and _is_whole(claim)]
    pair = _contradiction(whole)
    marks = {pair[0].claim_id: "lowest", pair[1].claim_id: "highest"} if pair else {}
    words = _contradictory_figures(measure, pair) if pair else _agreement(measure, whole)
    return MeasureRow(measure_name(measure), words, pair is not None, tuple(_figures(cell, marks) for cell in cells))


def _figures(claims: Sequence[ClaimRow], marks: dict[str, str]) -> tuple[ClaimCell, ...]:
    """Tell each figure of a speaker once, with all that carry it."""
    same: dict[tuple[str, str], list[ClaimRow]] = defaultdict(list)
    for claim in claims:
        same[figure(claim.low, claim.high, claim.bound), _whom(claim)].append(claim)
    made = [_cell(shown, whom, carried, marks) for (shown, whom), carried in same.items()]
    return tuple(made[:N_IN_CELL])


def _whom(claim: ClaimRow) -> str:
    note = "counts a part only" if claim.is_part else "more than told before" if claim.is_increment else ""
    if claim.rule.startswith(_IMPLIED):
        note = f"implied by the word “{tidy(claim.rule.removeprefix(_IMPLIED), NAME_LENGTH)}”"
    return "; ".join(part for part in (tidy(claim.victims, NAME_LENGTH), note) if part)


def _cell(shown: str, whom: str, carried: Sequence[ClaimRow], marks: dict[str, str]) -> ClaimCell:
    sources = [
        ClaimSource(tidy(c.outlet, NAME_LENGTH), web_address(c.url), moment(c.published_at), stamp(c.published_at))
        for c in carried
    ]
    mark = next((marks[claim.claim_id] for claim in carried if claim.claim_id in marks), "")
    return ClaimCell(shown, whom, mark, tidy(carried[0].quote, QUOTE_LENGTH), tuple(dict.fromkeys(sources))[:N_SOURCES])


def _is_whole(claim: ClaimRow) -> bool:
    return not (claim.is_part or claim.is_increment) and not (claim.low is None and claim.high is None)


def _contradiction(claims: Sequence[ClaimRow]) -> tuple[ClaimRow, ClaimRow] | None:
    """Find the two claims that cannot both be true by the rule of the status, the lower first."""
    found = dispute(Said(claim, claim.outlet, claim.published_at) for claim in claims)
    if found is None:
        return None
    low, high = sorted((one.claim for one in found), key=lambda c: (c.high or 0) if c.low is None else c.low)
    return low, high


def _contradictory_figures(measure: str, pair: tuple[ClaimRow, ClaimRow]) -> str:
    low, high = pair
    sizes = (_size(low.high or 0), _size(high.low or 0))
    scale = f": {sizes[0]} against {sizes[1]}" if sizes[0] != sizes[1] else ""
    statements = [f"{speaker_of(claim)} says {figure(claim.low, claim.high, claim.bound)}" for claim in pair]
    return f"{measure_name(measure).capitalize()}: {statements[0]}, {statements[1]}; both cannot be true{scale}."


def _agreement(measure: str, whole: Sequence[ClaimRow]) -> str:
    n = len({_column(claim) for claim in whole})
    name = measure_name(measure).capitalize()
    if n == 0:
        return f"{name}: only parts of the whole are counted."
    return f"{name}: one speaker only." if n == 1 else f"{name}: {n} speakers, no contradiction among claims in force."


def _size(n: int) -> str:
    """Say an order of magnitude in a word."""
    words = ((0, "nobody"), (9, "a handful"), (99, "tens"), (999, "hundreds"), (999_999, "thousands"))
    return next((word for top, word in words if n <= top), "millions")
