"""`deconflict show`: one incident with its claims by speaker, its articles and its change log."""

from __future__ import annotations

import json
from textwrap import shorten
from typing import Annotated

from cyclopts import Parameter

from interfaces.cli.incidents import print_incidents
from interfaces.cli.output import Out
from interfaces.cli.render import print_json, print_lines, say, span
from interfaces.fact_line import fact_line
from interfaces.roles import UNCLEAR, roles_by_vote, votes_of
from interfaces.searching import find_incidents
from model.errors import ConfigError
from model.settings import load_settings
from warehouse.reader import Reader, open_snapshot
from warehouse.rows import ActorRow, ChangeRow, ClaimRow, IncidentRow, ReportRow

QUOTE_LENGTH = 150  # characters: enough to see the figure in its sentence; the whole one is in --json


def show(incident: str, *, as_json: Annotated[bool, Parameter(name="--json", negative="")] = False) -> None:
    """Show one incident: facts, the claims with speakers and quotes, articles, change log.

    Args:
        incident: Its id, or the beginning of it; an id that was merged leads to the one that lives. Else words that
            find it, such as Khusham; where they find several, these are listed.
        as_json: Print the envelope incident/1.
    """
    with open_snapshot(load_settings().snapshot_path) as reader:
        found = _meant(reader, incident)
        if len(found) > 1:
            say(f"{incident!r} may be any of {len(found)} incidents; show one of them by its id")
            print_incidents(found, reader, Out(as_json=as_json))
            return
        row = found[0]
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


def _meant(reader: Reader, text: str) -> list[IncidentRow]:
    """Return the incident of an id, or all whose ids begin so, or else all that the words find."""
    ids = reader.incident_ids_beginning(text) or reader.incident_ids_beginning(f"inc_{text}")
    if ids:
        one = reader.incident(text) if text in ids else reader.incident(ids[0]) if len(ids) == 1 else None
        return [one] if one else list(reader.incidents(ids))
    found = find_incidents(reader, [text])
    if not found:
        raise ConfigError(
            f"no incident has the id {text!r}, or is found by it",
            unchanged="nothing was shown",
            next_step="list them with deconflict incidents --since 500w, or find one with deconflict search",
        )
    return found


def _print_facts(row: IncidentRow, actors: tuple[ActorRow, ...]) -> None:
    when = f"{row.date_start} to {row.date_end} ({row.date_precision})" if row.date_start else "day not known"
    place = ", ".join(part for part in (row.place_name, row.admin1, row.country_code) if part) or "place not known"
    point = f" {row.lat:.3f}, {row.lon:.3f}" if row.lat is not None and row.place_precision != "country" else ""
    kind = "/".join(part for part in (row.event_type, row.event_subtype) if part)
    print_lines(
        f"{row.incident_id}  {fact_line(row)}",
        *((f"  as told  {row.headline}",) if row.headline else ()),
        f"  what     {kind}, {row.status}, confidence {row.confidence_0_1:.2f}",
        f"  when     {when}",
        f"  where    {place} ({row.place_precision or 'none'}){point}",
        f"  killed   {span(row.killed_low, row.killed_best, row.killed_high) or 'nothing claimed'}",
        f"  injured  {span(row.injured_low, row.injured_best, row.injured_high) or 'nothing claimed'}",
        f"  told by  {row.n_articles} articles of {row.n_outlets} outlets, {row.n_origins} distinct texts",
        f"  known    first published {row.first_published_at}, detected {row.detected_at}, updated {row.updated_at}",
    )
    for role, names in roles_by_vote(votes_of(actors)).items():
        print_lines(f"  {'role unclear' if role == UNCLEAR else role + 's':12} {', '.join(names)}")


def _print_claims(claims: tuple[ClaimRow, ...]) -> None:
    for measure in dict.fromkeys(claim.measure for claim in claims):
        print_lines("", f"Claims: {measure.replace('_', ' ')}")
        for claim in sorted((c for c in claims if c.measure == measure), key=_by_time):
            whom = f", of {claim.victims}" if claim.victims else ""
            part = ", a part of the whole" if claim.is_part else ", an increase" if claim.is_increment else ""
            speaker = f"{claim.speaker} ({claim.speaker_side})" if claim.speaker else f"{claim.outlet} itself"
            day = f"{claim.published_at:%Y-%m-%d}" if claim.published_at else "no date"
            quote = shorten(claim.quote, QUOTE_LENGTH, placeholder=" …")
            print_lines(f"  {_figure(claim):14}{speaker}{whom}{part}; {claim.outlet}, {day}", f"{'':16}“{quote}”")


def _by_time(claim: ClaimRow) -> tuple[str, str, str]:
    return (str(claim.published_at or ""), claim.outlet, claim.claim_id)


def _figure(claim: ClaimRow) -> str:
    if claim.low is not None and claim.high is None:
        return f"at least {claim.low}"
    if claim.low is None:
        return f"up to {claim.high}"
    shown = str(claim.low) if claim.low == claim.high else f"{claim.low}-{claim.high}"
    return f"about {shown}" if claim.bound == "about" else shown


def _print_articles(articles: tuple[ReportRow, ...]) -> None:
    print_lines("", "Articles")
    for article in articles:
        day = f"{article.published_at:%Y-%m-%d %H:%M}" if article.published_at else "no date"
        copied = f" (copy of {article.wire_credit})" if article.wire_credit else ""
        print_lines(f"  {day:18}{article.outlet}{copied}: {article.title}", f"{'':20}{article.role}, {article.url}")


def _print_changes(changes: tuple[ChangeRow, ...]) -> None:
    print_lines("", "Change log")
    for change in changes:
        print_lines(f"  {change.change_id:<6}{change.at:%Y-%m-%d %H:%M}  {change.kind:10}{why(change.detail)}")


_MOVES = {"merged_into": "into", "took_over": "took over", "kept": "from", "split_off": "split off"}


def why(detail: str) -> str:
    """Tell a change's detail in words: the reasons of an assignment, or each field that was revised."""
    change = json.loads(detail)
    was, now = change.get("was"), change.get("is")
    if isinstance(was, dict) and isinstance(now, dict):
        return "; ".join(f"{name}: {_moved(was.get(name), now[name])}" for name in sorted(now))
    reasons = change.get("why")
    if isinstance(reasons, list):
        return "; ".join(str(reason) for reason in reasons)
    moved = [f"{words} {change[name]}" for name, words in _MOVES.items() if name in change]
    if moved:
        return f"{', '.join(moved)}: {reasons or change.get('rule')}"
    return str(reasons) if reasons else json.dumps(change, ensure_ascii=False)


def _moved(was: object, now: object) -> str:
    if isinstance(was, list) and isinstance(now, list):
        differences = [
            f"{word} {', '.join(map(str, names))}"
            for word, names in (("new", _without(now, was)), ("gone", _without(was, now)))
            if names
        ]
        return ", ".join(differences) or "another order"
    return f"{_value(was)} -> {_value(now)}"


def _without(names: list[object], others: list[object]) -> list[object]:
    return [name for name in names if name not in others]


def _value(value: object) -> str:
    if isinstance(value, dict) and {"low", "best", "high"} <= set(value):
        return span(value["low"], value["best"], value["high"]) or "none"
    return "none" if value is None else str(value)
