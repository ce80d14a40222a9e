"""`deconflict show`: one incident with its claims by speaker, its articles and its change log."""

from __future__ import annotations

import json
from typing import Annotated

from cyclopts import Parameter

from interfaces.cli.render import print_json, print_lines, print_table, span
from model.errors import ConfigError
from model.settings import load_settings
from warehouse.reader import open_snapshot
from warehouse.rows import ActorRow, ChangeRow, ClaimRow, IncidentRow, ReportRow

QUOTE_LENGTH = 110  # characters: with the other columns a claim stays on two lines of a wide terminal


def show(incident: str, *, as_json: Annotated[bool, Parameter(name="--json", negative="")] = False) -> None:
    """Show one incident: facts, the claims with speakers and quotes, articles, change log.

    Args:
        incident: Its id, or the beginning of it; an id that was merged leads to the one that lives.
        as_json: Print the envelope incident/1.
    """
    with open_snapshot(load_settings().snapshot_path) as reader:
        row = reader.incident(incident)
        if row is None:
            raise ConfigError(
                f"no incident {incident!r} in the snapshot",
                next_step="list them with deconflict incidents --since 500w",
            )
        claims = reader.claims_of(row.incident_id)
        articles = reader.articles_of(row.incident_id)
        actors = reader.actors_of(row.incident_id)
        changes = reader.change_log_of(row.incident_id)
    if as_json:
        print_json("incident/1", incident=row, claims=claims, articles=articles, actors=actors, changes=changes)
        return
    _print_facts(row, actors)
    _print_claims(claims)
    _print_articles(articles)
    _print_changes(changes)


def _print_facts(row: IncidentRow, actors: tuple[ActorRow, ...]) -> None:
    when = f"{row.date_start} to {row.date_end} ({row.date_precision})" if row.date_start else "day not known"
    place = ", ".join(part for part in (row.place_name, row.admin1, row.country_code) if part) or "place not known"
    point = f" {row.lat:.3f}, {row.lon:.3f}" if row.lat is not None and row.place_precision != "country" else ""
    kind = "/".join(part for part in (row.event_type, row.event_subtype) if part)
    roles: dict[str, set[str]] = {}
    for actor in actors:
        roles.setdefault(actor.role, set()).add(actor.name)
    print_lines(
        f"{row.incident_id}  {row.headline}",
        f"  what     {kind}, {row.status}, confidence {row.confidence_0_1:.2f}",
        f"  when     {when}",
        f"  where    {place} ({row.place_precision or 'none'}){point}",
        f"  killed   {span(row.killed_low, row.killed_best, row.killed_high) or 'nothing claimed'}",
        f"  injured  {span(row.injured_low, row.injured_best, row.injured_high) or 'nothing claimed'}",
        f"  told by  {row.n_articles} articles of {row.n_outlets} outlets, {row.n_origins} independent origins",
        f"  known    first published {row.first_published_at}, detected {row.detected_at}, updated {row.updated_at}",
    )
    for role in sorted(roles):
        print_lines(f"  {role + 's':12} {', '.join(sorted(roles[role]))}")


def _print_claims(claims: tuple[ClaimRow, ...]) -> None:
    rows = []
    for claim in claims:
        figure = _figure(claim)
        quote = " ".join(claim.quote.split())
        shown = quote if len(quote) <= QUOTE_LENGTH else quote[: QUOTE_LENGTH - 1] + "…"
        speaker = claim.speaker or f"({claim.outlet})"
        rows.append((claim.measure, figure, speaker, claim.speaker_side, claim.victims, claim.outlet, shown))
    print_lines("")
    print_table(("claim", "figure", "speaker", "side", "of whom", "outlet", "quote"), rows, title="Claims, by speaker")


def _figure(claim: ClaimRow) -> str:
    if claim.low is not None and claim.high is None:
        return f"at least {claim.low}"
    if claim.low is None:
        return f"up to {claim.high}"
    shown = str(claim.low) if claim.low == claim.high else f"{claim.low}-{claim.high}"
    return f"about {shown}" if claim.bound == "about" else shown


def _print_articles(articles: tuple[ReportRow, ...]) -> None:
    print_lines("")
    rows = [(a.published_at, a.outlet, a.role, a.wire_credit, a.title, a.url) for a in articles]
    print_table(("published", "outlet", "role", "copy of", "title", "address"), rows, title="Articles")


def _print_changes(changes: tuple[ChangeRow, ...]) -> None:
    print_lines("")
    rows = [(c.change_id, c.at, c.kind, _why(c.detail)) for c in changes]
    print_table(("change", "at", "kind", "why"), rows, title="Change log")


def _why(detail: str) -> str:
    try:
        told = json.loads(detail)
    except ValueError:
        return detail
    why = told.get("why") if isinstance(told, dict) else told
    return why if isinstance(why, str) else json.dumps(why if why is not None else told, ensure_ascii=False)
