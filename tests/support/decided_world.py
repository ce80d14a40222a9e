"""A small warehouse of made-up reports, run by run through the resolver, for the tests of people's decisions."""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from model.incident import ArticleReport
from model.report import Coding
from model.run import AppendedRun, Run, RunBatch
from pipeline.resolving import place_reports
from warehouse import Writer

WORLDS = Path(__file__).parents[1] / "unit" / "resolution" / "worlds_resolution.py"
DAY = date(2018, 2, 1)
VARNEK = ("Varnek", 35.3, 40.3)


def told(name: str, **facts: Any) -> ArticleReport:
    """One report with its article, as the worlds of the resolver make it."""
    if "worlds_resolution" not in sys.modules:
        spec = importlib.util.spec_from_file_location("worlds_resolution", WORLDS)
        sys.modules["worlds_resolution"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["worlds_resolution"])
    return sys.modules["worlds_resolution"].told(name, **facts)


def market(name: str, day: date = DAY, **facts: Any) -> ArticleReport:
    """A bomb at a market, told by outlet `name`."""
    text = (
        f"A bomb tore through the grain market of Varnek, and Dora Halvik, 34, was among the nine dead, {name} writes. "
        "Traders said that the blast came from a parked lorry beside the weighing hall."
    )
    facts = {"title": f"Nine dead in blast at Varnek grain market, {name}", "text": text, "killed": 9} | facts
    return told(name, published=day, day=day, kind="bombing", place=VARNEK, **facts)


def bridge(name: str, day: date = date(2018, 3, 20), **facts: Any) -> ArticleReport:
    """A shooting at a bridge, weeks later and with nothing in common."""
    text = (
        f"Gunmen opened fire on a customs post at the Osk bridge near Senvik, killing two guards, {name} writes. "
        "The provincial office named one of them as Milo Tarnek, 51."
    )
    facts = {"title": f"Two guards shot at Osk bridge, {name}", "text": text, "killed": 2} | facts
    return told(name, published=day, day=day, kind="shooting", place=("Senvik", 36.9, 44.1), **facts)


def flood() -> ArticleReport:
    """A flood on another continent, told by one."""
    text = "The river Amra rose by three metres at Dulmont and swept two farms away, the water board said."
    made = market("flood", date(2018, 3, 21), text=text, title="River sweeps farms away at Dulmont", killed=None)
    place = replace(made.report.place, name="Dulmont", admin1="Dulmont", lat=-12.0, lon=-70.0, country_code="PE")
    return replace(made, report=replace(made.report, event_type="flood", place=place))


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def run(writer: Writer, now: datetime, *reports: ArticleReport) -> AppendedRun:
    """Resolve and append some reports as one run."""
    by_article: dict[str, list[ArticleReport]] = defaultdict(list)
    for one in reports:
        by_article[one.article.article_id].append(one)
    articles = tuple(group[0].article for group in by_article.values())
    codings = tuple(Coding(i, tuple(t.report for t in group)) for i, group in by_article.items())
    placed = place_reports(articles, codings, writer, now)
    return writer.append(
        RunBatch(
            run=Run(f"run_{now:%Y%m%d%H}", "monitor", now, now, now, "test"),
            articles=articles,
            reports=tuple(t.report for t in reports),
            resolution=placed.resolution if placed else None,
            incidents=placed.incidents if placed else (),
            changes=placed.changes if placed else (),
        )
    )


def home_of(writer: Writer, one: ArticleReport) -> str:
    """The incident that a report belongs to now."""
    return str(writer.homes([one.report.report_id])[0].incident_id)
