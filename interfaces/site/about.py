"""What the site rests on: how far the data go, how good the coder and the resolver are, policies, sources, licences."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files

from interfaces.site.words import moment, number
from warehouse.rows import About

_FIGURES = (
    ("detected", "articles about an incident that are found to be about one", False),
    ("false_alarm", "articles about none that are taken to be about one", True),
    ("type", "type of what happened is right", False),
    ("date_exact", "day is right", False),
    ("date_within_1", "day is right or one day off", False),
    ("place_25km", "place is right to 25 km", False),
    ("killed_exact", "number of killed is right", False),
    ("injured_exact", "number of injured is right", False),
    ("claims_f1", "claims with measure, figure and speaker (F1)", False),
    ("pair_f1", "pairs of articles rightly put together or apart (F1)", False),
    ("b3_f1", "incidents rightly put together, by article (B³ F1)", False),
)


@dataclass(frozen=True, slots=True)
class FigureView:
    """A measured figure: what it says, its value, over how many cases, and whether a low one is good."""

    words: str
    value: str
    n: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page about the data."""

    figures: tuple[FigureView, ...]
    facts: tuple[tuple[str, str], ...]


def about_view(about: About) -> AboutView:
    """Make the page of what is known about the data and the code."""
    return AboutView(
        figures=_figures(),
        facts=(
            ("Data as of", moment(about.known_at) if about.known_at else "no complete run yet"),
            ("Newest run", about.run_id or "none"),
            ("Incidents", number(about.n_incidents)),
            ("Articles", number(about.n_articles)),
            ("Reports", number(about.n_reports)),
            ("Changes logged", number(about.last_change_id)),
            ("Public schema", f"pub {about.pub_version}"),
        ),
    )


def _figures() -> tuple[FigureView, ...]:
    """Read the committed figures of the bundled newsroom, which a test holds to what the code does."""
    told = json.loads(files("seeds").joinpath("newsroom", "figures.json").read_text("utf-8"))
    return tuple(
        FigureView(words, f"{told[name][0]:.3f}", number(told[name][1]), is_error)
        for name, words, is_error in _FIGURES
        if name in told
    )
