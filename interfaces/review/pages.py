"""What the page shows, made from the published snapshot and the inbox; plain values in, HTML out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from interfaces.plaintext import days, flat, span
from model.settings import Settings
from pipeline.explaining import Question, review
from pipeline.inbox import look
from warehouse.reader import Reader, open_snapshot
from warehouse.rows import ClaimRow, IncidentRow, ReportRow

N_LISTED = 200  # questions that are weighed for one page; nobody answers more at a sitting
N_TITLES, N_CLAIMS = 12, 12  # of one side: enough to see what it is about
STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}
main{max-width:70rem;margin:auto;padding:1rem;overflow-wrap:anywhere}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:1rem}
section{border:1px solid #767676;padding:0 1rem}
dl{display:grid;grid-template-columns:6rem 1fr}dd{margin:0}
button,input{font:inherit;padding:.4rem .8rem}
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#9cf}}
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two incidents of a question."""

    row: IncidentRow
    days: str
    place: str
    killed: str
    injured: str
    articles: tuple[ReportRow, ...]
    claims: tuple[ClaimRow, ...]


def review_page(settings: Settings, number: int, *, form_token: str, by: str = "", said: str = "") -> str:
    """Make the page of the question `number` (from 1) of those that nobody has answered yet.

    Raises:
        WarehouseError: there is no published snapshot.
    """
    inbox = look(settings.inbox_path)
    answered = {frozenset(word.pair) for word in inbox.waiting}
    with open_snapshot(settings.snapshot_path) as reader:
        known_at = reader.about().known_at
        found = [
            question
            for question in review(reader, N_LISTED + len(answered))
            if frozenset((question.left.incident_id, question.right.incident_id)) not in answered
        ]
        question = found[number - 1] if number <= len(found) else None
        sides = _sides(reader, question) if question else ()
    return (
        _environment()
        .get_template("review.html.j2")
        .render(
            question=question,
            sides=sides,
            number=number,
            n_open=len(found),
            n_waiting=len(inbox.waiting),
            known_at=f"{known_at:%Y-%m-%d %H:%M} UTC" if known_at else "",
            form_token=form_token,
            by=by,
            said=said,
        )
    )


def _sides(reader: Reader, question: Question) -> tuple[Side, ...]:
    return tuple(
        Side(
            row=row,
            days=days(row.date_start, row.date_end),
            place=", ".join(part for part in (row.place_name, row.admin1, row.country_code) if part),
            killed=span(row.killed_low, row.killed_best, row.killed_high),
            injured=span(row.injured_low, row.injured_best, row.injured_high),
            articles=reader.articles_of(row.incident_id)[:N_TITLES],
            claims=reader.claims_of(row.incident_id)[:N_CLAIMS],
        )
        for row in (question.left, question.right)
    )


@cache
def _environment() -> Environment:
    """Everything is escaped, and what steers the direction of writing is taken out of every text that is shown."""
    return Environment(
        loader=PackageLoader("interfaces.review", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=lambda value: flat(value) if type(value) is str else value,
        trim_blocks=True,
    )
