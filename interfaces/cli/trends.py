"""`deconflict trends`: how many incidents a period has, told apart from periods in which nobody watched."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from cyclopts import Parameter

from interfaces.cli.choices import read_country, read_type
from interfaces.cli.inputs import parse_moment
from interfaces.cli.output import TABLE, Out, Records, fields_of, print_records
from interfaces.cli.render import print_lines, say
from model.settings import load_settings
from warehouse.reader import Reader, open_snapshot
from warehouse.trends import SpikeRow, TrendQuestion, TrendRow

COLUMNS = ("from", "to", "incidents", "killed", "injured", "articles seen", "per 1,000 articles", "")
NOT_WATCHED = "not watched"
FILLING = "still filling up"


def trends(
    *,
    by: Literal["day", "week", "month"] = "week",
    country: str | None = None,
    event_type: Annotated[str | None, Parameter(name="--type")] = None,
    since: str | None = None,
    until: str | None = None,
    clock: Literal["event", "detected"] = "event",
    spikes: Annotated[bool, Parameter(negative="")] = False,
    per: Literal["country", "event_type", "country_event_type", "admin1", "all"] = "country",
    out: Out = TABLE,
) -> None:
    """Show incidents by period; what nobody watched is unknown and not zero.

    Args:
        by: day, week or month.
        country: Only this country (two letters, or its name).
        event_type: Only this type.
        since: The first day.
        until: The last day.
        clock: event (when it happened) or detected (when we knew).
        spikes: Show the periods with more incidents than their past explains.
        per: With --spikes, what makes a series.
        out: The form to print; the envelope is trends/1 or spikes/1.
    """
    question = TrendQuestion(
        by, read_country(country), read_type(event_type), clock, _day(since, "--since"), _day(until, "--until")
    )
    with open_snapshot(load_settings().snapshot_path) as reader:
        if spikes:
            _tell_spikes(reader, question, per, out=out)
        else:
            _tell_trend(reader, question, out=out)


def in_words(row: TrendRow) -> str:
    """Say what a count of this period is worth; empty for one that can be taken as it is."""
    remarks = [] if row.is_watched else [NOT_WATCHED if not row.n_incidents else f"{NOT_WATCHED}; told of later"]
    if row.is_filling:
        remarks.append(f"{FILLING}, about {row.completeness_0_1:.0%} known")
    return "; ".join(remarks)


def _tell_trend(reader: Reader, question: TrendQuestion, *, out: Out) -> None:
    rows = reader.trend(question)
    around = {"data_as_of": reader.about().known_at, "question": question}
    cells = [_cells(row) for row in rows]
    print_records(out, Records("trends/1", "periods", rows, COLUMNS, cells, fields_of(TrendRow), around))
    n_unwatched = sum(1 for row in rows if not row.is_watched)
    say(f"{len(rows)} periods, {n_unwatched} of them {NOT_WATCHED}: an empty cell is unknown, not zero")


def _tell_spikes(reader: Reader, question: TrendQuestion, per: str, *, out: Out) -> None:
    rows = reader.spikes(question, per)
    if out.chosen == "table":
        print_lines(*(row.words for row in rows))
    else:
        around = {"data_as_of": reader.about().known_at, "question": question, "per": per}
        cells = [(row.words,) for row in rows]
        print_records(out, Records("spikes/1", "spikes", rows, ("spike",), cells, fields_of(SpikeRow), around))
    say(f"{len(rows)} spikes" if rows else "no period has more incidents than its past explains")


def _cells(row: TrendRow) -> tuple[object, ...]:
    rate = None if row.incidents_per_1000_articles is None else f"{row.incidents_per_1000_articles:.1f}"
    counts = (row.n_incidents, row.killed_best, row.injured_best)
    return (row.period_start, row.period_end, *counts, row.n_articles_seen, rate, in_words(row))


def _day(text: str | None, option: str) -> date | None:
    return parse_moment(text, option).date() if text else None
