"""Charts of one incident: its toll as told over time, and who reported when. Each has its table on the same page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from interfaces.site.claims import figure, measure_name, speaker_of
from interfaces.site.scales import Elapsed, Scale, ticks
from interfaces.site.svg import drawing, element
from interfaces.site.words import count, tidy
from warehouse.rows import ChangeRow, ClaimRow, ReportRow

WIDTH = 640.0
TOLL_HEIGHT = 230.0
LEFT, RIGHT, TOP, FOOT = 44.0, 18.0, 14.0, 30.0
LANE = 22.0  # height of an outlet's lane
N_LANES = 14  # outlets shown; the table of articles has all
N_POINTS = 60  # claims drawn: more are one cloud
NAME_WIDTH = 150.0
NAME_CHARS = 22


def toll_chart(claims: Sequence[ClaimRow], changes: Sequence[ChangeRow]) -> tuple[str, Markup | None]:
    """Draw the claims of one measure over time with the best estimate as it was held; (what is drawn, the chart).

    Killed where two or more such claims have a time, else injured; no chart for fewer, since one point tells nothing.
    """
    for measure in ("killed", "injured"):
        drawn = [
            c for c in claims if c.measure == measure and c.published_at and _height(c) is not None and not c.is_part
        ]
        if len(drawn) > 1:
            return measure_name(measure), _toll(measure, drawn[:N_POINTS], changes)
    return "", None


def _height(claim: ClaimRow) -> int | None:
    return claim.high if claim.high is not None else claim.low


def _toll(measure: str, claims: Sequence[ClaimRow], changes: Sequence[ChangeRow]) -> Markup:
    start = min(c.published_at for c in claims if c.published_at)
    steps = [step for step in _estimates(measure, changes) if step[0] >= start]
    hours = [_hours(c.published_at, start) for c in claims]
    across = Elapsed(max([*hours, *(_hours(at, start) for at, _ in steps)]), LEFT, WIDTH - RIGHT)
    marks = ticks(max([*(_height(c) or 0 for c in claims), *(best for _, best in steps)]))
    up = Scale(0, marks[-1], TOLL_HEIGHT - FOOT, TOP)
    parts = [*_grid(marks, up), *_time_axis(across, TOLL_HEIGHT - FOOT, TOP)]
    parts += _stairs([(across(_hours(at, start)), up(best)) for at, best in steps])
    parts += [_point(claim, across(hour), up) for claim, hour in zip(claims, hours, strict=True)]
    name = f"{measure_name(measure).capitalize()} as claimed over time, {count(len(claims), 'claim')}"
    return drawing(WIDTH, TOLL_HEIGHT, name, parts)


def _estimates(measure: str, changes: Iterable[ChangeRow]) -> list[tuple[datetime, int]]:
    """Read from the change log when the best estimate became what."""
    made = []
    for change in changes:
        now = json.loads(change.detail).get("is")
        best = (
            now.get(measure, {}).get("best") if isinstance(now, dict) and change.kind in ("opened", "revised") else None
        )
        if isinstance(best, int):
            made.append((change.at, best))
    return made


def _stairs(places: Sequence[tuple[float, float]]) -> list[Markup]:
    if not places:
        return []
    d = f"M{places[0][0]:.1f},{places[0][1]:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in places[1:])
    return [element("path", d=f"{d}H{WIDTH - RIGHT:.1f}", class_="best")]


def _point(claim: ClaimRow, x: float, up: Scale) -> Markup:
    """Draw a claim: a dot, a bar for a range, an arrow for an open end."""
    low = claim.low if claim.low is not None else 0
    y_low, y_high = up(low), up(_height(claim) or 0)
    parts = [element("title", f"{speaker_of(claim)}: {figure(claim.low, claim.high, claim.bound)}")]
    if claim.high is None:
        parts.append(element("path", d=f"M{x:.1f},{y_low:.1f}v-12m-3,4l3,-4l3,4", class_="open"))
    elif low != claim.high:
        parts.append(element("path", d=f"M{x:.1f},{y_low:.1f}V{y_high:.1f}", class_="range"))
    parts.append(element("circle", cx=x, cy=y_low, r=3.8, class_=f"claim {_side_class(claim)}"))
    return element("g", parts)


def _side_class(claim: ClaimRow) -> str:
    return {"party": "of-party", "opponent": "of-opponent"}.get(claim.speaker_side, "of-others")


def _grid(marks: Sequence[int], up: Scale) -> list[Markup]:
    made = []
    for mark in marks:
        made.append(element("path", d=f"M{LEFT:.1f},{up(mark):.1f}H{WIDTH - RIGHT:.1f}", class_="grid"))
        made.append(element("text", f"{mark:,}", x=LEFT - 7, y=up(mark) + 4, class_="tick end"))
    return made


def _time_axis(across: Elapsed, bottom: float, top: float) -> list[Markup]:
    made = []
    for number, (x, words) in enumerate(across.ticks()):
        made.append(element("path", d=f"M{x:.1f},{top:.1f}V{bottom:.1f}", class_="grid faint"))
        place = "tick" if number == 0 else "tick end" if x > WIDTH - RIGHT - 30 else "tick middle"
        made.append(element("text", words, x=x, y=bottom + 18, class_=place))
    return made


def _hours(at: datetime | None, start: datetime) -> float:
    return 0.0 if at is None else (at - start).total_seconds() / 3600


def coverage_chart(reports: Sequence[ReportRow]) -> Markup | None:
    """Draw who reported when, a lane for each outlet in order of its first report; copies are hollow."""
    dated = [report for report in reports if report.published_at]
    if len(dated) < 2:
        return None
    start = min(r.published_at for r in dated if r.published_at)
    outlets = list(dict.fromkeys(report.outlet for report in dated))[:N_LANES]
    lanes = {outlet: TOP + LANE * (number + 0.5) for number, outlet in enumerate(outlets)}
    bottom = TOP + LANE * len(lanes)
    across = Elapsed(max(_hours(r.published_at, start) for r in dated), NAME_WIDTH, WIDTH - RIGHT)
    parts = _time_axis(across, bottom, TOP)
    for outlet, y in lanes.items():
        parts.append(element("path", d=f"M{NAME_WIDTH:.1f},{y:.1f}H{WIDTH - RIGHT:.1f}", class_="grid"))
        parts.append(element("text", tidy(outlet, NAME_CHARS), x=NAME_WIDTH - 9, y=y + 4, class_="tick end"))
    for report in dated:
        if report.outlet in lanes:
            kind = "copy" if is_copy(report) else "own" if report.role == "main" else "recalls"
            said = element("title", f"{tidy(report.outlet, 60)}: {tidy(report.title, 90)}")
            x = across(_hours(report.published_at, start))
            parts.append(element("circle", [said], cx=x, cy=lanes[report.outlet], r=4.6, class_=f"article {kind}"))
    name = f"Coverage over time: {count(len(dated), 'article')} of {count(len({r.outlet for r in dated}), 'outlet')}"
    return drawing(WIDTH, bottom + FOOT, name, parts)


def is_copy(report: ReportRow) -> bool:
    """Whether an article copies another piece of writing."""
    return report.origin_id != report.article_id
