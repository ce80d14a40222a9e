"""What the site rests on: how far the data go, how good the coder and the resolver are, policies, sources, licences."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from interfaces.site.words import moment, number
from warehouse.rows import About

HELD_OUT_FILE = "held_out.json"  # of `seeds`; what `bench/accuracy.py --weights-dir DIR --json` prints
HELD_OUT = "held out"  # its mark of a corpus that no weight file in use was fitted on
_FIGURES = {
    "list_f1": "listed incidents that are real, told once, with day and place right (F1)",
    "report_precision": "reports that are of an incident of the article (precision)",
    "report_recall": "incidents of articles that are reported (recall)",
    "false_alarm": "articles without an incident that list one (low is good)",
    "date": "day is right",
    "place": "place is right",
    "type": "type of what happened is right",
    "killed": "number of killed is right",
    "injured": "number of injured is right",
    "claim": "claims that are found",
    "pair_f1": "pairs of reports rightly put together or apart (F1)",
}


@dataclass(frozen=True, slots=True)
class FigureView:
    """A measured figure: what it says, and its value on each held-out corpus ("–" where the key says nothing)."""

    words: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldOutView:
    """Figures on corpora that no weights in use were fitted on; without corpora where none were measured."""

    corpora: tuple[str, ...] = ()
    figures: tuple[FigureView, ...] = ()


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page about the data."""

    held_out: HeldOutView
    facts: tuple[tuple[str, str], ...]


def about_view(about: About) -> AboutView:
    """Make the page of what is known about the data and the code."""
    return AboutView(
        held_out=held_out_view(files("seeds").joinpath(HELD_OUT_FILE)),
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


def held_out_view(measured: Traversable) -> HeldOutView:
    """Read the held-out figures; corpora that weights were fitted on are left out.

    Args:
        measured: The file that `bench/accuracy.py --json` printed; it may be missing.
    """
    if not measured.is_file():
        return HeldOutView()
    measurements = json.loads(measured.read_text("utf-8"))
    corpora = tuple(name for name in measurements["figures"] if measurements["weights"].get(name) == HELD_OUT)
    cells = [measurements["figures"][name] for name in corpora]
    figures = (
        FigureView(words, tuple(f"{cell[name][0]:.2f}" if name in cell else "–" for cell in cells))
        for name, words in _FIGURES.items()
        if any(name in cell for cell in cells)
    )
    return HeldOutView(corpora, tuple(figures))
