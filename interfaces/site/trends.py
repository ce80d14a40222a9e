"""Incidents by week: bars against what was expected, how much was watched, spikes in words, and the same as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup

from interfaces.addresses import incident_path
from interfaces.cli.trends import in_words
from interfaces.site.expected import Band, expected
from interfaces.site.scales import Scale, ticks
from interfaces.site.svg import drawing, element
from interfaces.site.words import WORDS_LENGTH, count, country, day, number, tidy, type_name
from warehouse.pages import CountryWeek
from warehouse.reader import Reader
from warehouse.trends import SpikeRow, TrendQuestion, TrendRow

N_WEEKS = 53  # the last year, so that a week stands beside the same of the year before
N_COUNTRIES = 8
N_SPIKES = 12
N_SPIKE_LINKS = 6
WIDTH, HEIGHT, EXPOSURE_HEIGHT = 940.0, 250.0, 74.0
LEFT, RIGHT, TOP, FOOT = 40.0, 12.0, 12.0, 26.0
SMALL_WIDTH, SMALL_HEIGHT = 300.0, 84.0


@dataclass(frozen=True, slots=True)
class WeekView:
    """A row of the table: what the bar of a week shows, in words."""

    week: str
    n_incidents: str
    expected: str
    killed: str
    injured: str
    n_articles_seen: str
    n_days_watched: int
    remark: str


@dataclass(frozen=True, slots=True)
class SpikeView:
    """A spike in words, with the first of its incidents."""

    words: str
    incidents: tuple[tuple[str, str], ...]
    n_more: int


@dataclass(frozen=True, slots=True)
class SmallChart:
    """The weeks of one country."""

    name: str
    code: str
    total: str
    chart: Markup


@dataclass(frozen=True, slots=True)
class TrendsView:
    """The page of trends."""

    chart: Markup | None
    exposure: Markup | None
    weeks: tuple[WeekView, ...]
    spikes: tuple[SpikeView, ...]
    countries: tuple[SmallChart, ...]


def trends_view(reader: Reader, until: date | None) -> TrendsView:
    """Ask for the last year of weeks and draw it."""
    if until is None:
        return TrendsView(None, None, (), (), ())
    # The expected band needs weeks before the first that is shown.
    asked = reader.trend(TrendQuestion("week", since=until - timedelta(weeks=N_WEEKS + 26)))
    rows, bands = asked[-N_WEEKS:], expected(asked)[-N_WEEKS:]
    first = rows[0].period_start if rows else until
    question = TrendQuestion("week", since=first)
    found = sorted(
        (*reader.spikes(question, "country"), *reader.spikes(question, "event_type")), key=lambda s: s.q_value
    )
    return TrendsView(
        chart=_bars(rows, bands) if rows else None,
        exposure=_exposure(rows) if rows else None,
        weeks=tuple(_week(row, band) for row, band in reversed(list(zip(rows, bands, strict=True)))),
        spikes=tuple(_spike(spike) for spike in found[:N_SPIKES]),
        countries=_countries(reader.country_weeks(first), rows),
    )


def _week(row: TrendRow, band: Band | None) -> WeekView:
    return WeekView(
        week=f"{day(row.period_start)} – {day(row.period_end)}",
        n_incidents="" if row.n_incidents is None else number(row.n_incidents),
        expected=f"{band.mean:.1f} ({band.low}–{band.high})" if band else "",
        killed="" if row.killed_best is None else number(row.killed_best),
        injured="" if row.injured_best is None else number(row.injured_best),
        n_articles_seen=number(row.n_articles_seen),
        n_days_watched=row.n_days_watched,
        remark=in_words(row) or _against(row, band),
    )


def _against(row: TrendRow, band: Band | None) -> str:
    if band is None or row.n_incidents is None:
        return ""
    return (
        "more than expected"
        if row.n_incidents > band.high
        else "fewer than expected"
        if row.n_incidents < band.low
        else ""
    )


def _spike(spike: SpikeRow) -> SpikeView:
    series = country(spike.series) if len(spike.series) == 2 else type_name(spike.series)
    words = spike.words.removeprefix(spike.series)
    shown = tuple((incident_path(i), i) for i in spike.incident_ids[:N_SPIKE_LINKS])
    return SpikeView(tidy(series + words, WORDS_LENGTH), shown, max(0, len(spike.incident_ids) - N_SPIKE_LINKS))


def _places(rows: Sequence[TrendRow], left: float, right: float) -> tuple[Scale, float]:
    across = Scale(0, len(rows), left, right)
    return across, (right - left) / len(rows)


def _bars(rows: Sequence[TrendRow], bands: Sequence[Band | None]) -> Markup:
    across, step = _places(rows, LEFT, WIDTH - RIGHT)
    marks = ticks(max([*(row.n_incidents or 0 for row in rows), *(band.high for band in bands if band)]))
    up = Scale(0, marks[-1], HEIGHT - FOOT, TOP)
    parts = [_hatching(), *_unwatched(rows, across)]
    for mark in marks:
        parts.append(element("path", d=f"M{LEFT:.1f},{up(mark):.1f}H{WIDTH - RIGHT:.1f}", class_="grid"))
        parts.append(element("text", f"{mark:,}", x=LEFT - 7, y=up(mark) + 4, class_="tick end"))
    for i, (row, band) in enumerate(zip(rows, bands, strict=True)):
        parts += _bar(row, band, across(i), step, up)
    parts += _dates(rows, across, HEIGHT - FOOT)
    return drawing(WIDTH, HEIGHT, f"Incidents by week, {count(len(rows), 'week')}", parts, "chart bars")


def _bar(row: TrendRow, band: Band | None, x: float, step: float, up: Scale) -> list[Markup]:
    """Draw a week: its band, and its bar, hollow while it fills up."""
    wide = max(step - 2, 1)
    made = []
    if band:
        height = max(up(band.low) - up(band.high), 1)
        made.append(element("rect", x=x, y=up(band.high), width=step, height=height, class_="band"))
        made.append(element("path", d=f"M{x:.1f},{up(band.mean):.1f}h{step:.1f}", class_="band-mean"))
    if row.n_incidents:
        beyond = band is not None and row.n_incidents > band.high
        kind = "bar beyond" if beyond else "bar"
        said = element("title", f"week from {day(row.period_start)}: {count(row.n_incidents, 'incident')}")
        height = up(0) - up(row.n_incidents)
        kind += " filling" if row.is_filling else ""
        made.append(element("rect", [said], x=x + 1, y=up(row.n_incidents), width=wide, height=height, class_=kind))
    return made


def _unwatched(rows: Sequence[TrendRow], across: Scale) -> list[Markup]:
    """Hatch the weeks in which nobody watched, those in a row as one."""
    made = []
    for is_watched, weeks in groupby(enumerate(rows), key=lambda pair: pair[1].is_watched):
        numbers = [i for i, _ in weeks]
        if not is_watched:
            x, end = across(numbers[0]), across(numbers[-1] + 1)
            height = HEIGHT - FOOT - TOP
            made.append(element("rect", x=x, y=TOP, width=end - x, height=height, class_="unwatched"))
    return made


def _hatching() -> Markup:
    line = element("path", d="M0,6L6,0", class_="hatch")
    pattern = element("pattern", [line], id="unwatched", width=6, height=6, patternUnits="userSpaceOnUse")
    return element("defs", [pattern])


def _dates(rows: Sequence[TrendRow], across: Scale, bottom: float) -> list[Markup]:
    """Write the months under the weeks in which they begin, as far as they find room."""
    made: list[Markup] = []
    last = -100.0
    for i, row in enumerate(rows):
        is_first = i == 0 or row.period_start.month != rows[i - 1].period_start.month
        if is_first and across(i) - last > 46 and across(i) < WIDTH - 40:
            last = across(i)
            words = (
                f"{row.period_start:%b} {row.period_start:%Y}"
                if i == 0 or row.period_start.month == 1
                else f"{row.period_start:%b}"
            )
            made.append(element("text", words, x=last, y=bottom + 17, class_="tick"))
    return made


def _exposure(rows: Sequence[TrendRow]) -> Markup:
    """Draw how many articles were seen each week: what the counts above rest on."""
    across, step = _places(rows, LEFT, WIDTH - RIGHT)
    marks = ticks(max(row.n_articles_seen for row in rows), 2)
    up = Scale(0, marks[-1], EXPOSURE_HEIGHT - 8, 8)
    parts = []
    for mark in marks:
        parts.append(element("path", d=f"M{LEFT:.1f},{up(mark):.1f}H{WIDTH - RIGHT:.1f}", class_="grid"))
        parts.append(element("text", f"{mark:,}", x=LEFT - 7, y=up(mark) + 4, class_="tick end"))
    for is_watched, weeks in groupby(enumerate(rows), key=lambda pair: pair[1].is_watched):
        points = [f"{across(i) + step / 2:.1f},{up(row.n_articles_seen):.1f}" for i, row in weeks]
        if is_watched:  # nothing is drawn of other weeks: a line at zero would say that the feeds were silent
            parts.append(element("path", d="M" + "L".join(points) + "h0.1", class_="exposure"))
    return drawing(WIDTH, EXPOSURE_HEIGHT, "Articles seen by week", parts, "chart")


def _countries(weeks: Sequence[CountryWeek], rows: Sequence[TrendRow]) -> tuple[SmallChart, ...]:
    by_country: dict[str, dict[date, int]] = defaultdict(dict)
    for week in weeks:
        by_country[week.country_code][week.week] = week.n_incidents
    most = sorted(by_country, key=lambda code: (-sum(by_country[code].values()), code))[:N_COUNTRIES]
    top = max((n for code in most for n in by_country[code].values()), default=1)
    return tuple(_small(code, by_country[code], rows, top) for code in most)


def _small(code: str, counts: dict[date, int], rows: Sequence[TrendRow], top: int) -> SmallChart:
    """Draw one country on the scale that all small charts share."""
    across, step = _places(rows, 0, SMALL_WIDTH)
    up = Scale(0, top, SMALL_HEIGHT - 2, 4)
    parts = []
    for i, row in enumerate(rows):
        n = counts.get(row.period_start, 0)
        if not row.is_watched:
            parts.append(
                element("rect", x=across(i), y=SMALL_HEIGHT - 5, width=step, height=3, class_="unwatched-line")
            )
        if n:
            height = up(0) - up(n)
            parts.append(element("rect", x=across(i), y=up(n), width=max(step - 1, 1), height=height, class_="bar"))
    parts.append(element("path", d=f"M0,{SMALL_HEIGHT - 1.5:.1f}H{SMALL_WIDTH:.1f}", class_="grid"))
    total = sum(counts.values())
    name = country(code)
    image = drawing(SMALL_WIDTH, SMALL_HEIGHT, f"{name}: {count(total, 'incident')} by week", parts)
    return SmallChart(name, code, count(total, "incident"), image)
