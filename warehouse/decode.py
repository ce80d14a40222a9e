"""Rows back to the dataclasses of `model`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from model.article import Article, TextQuality, TimePrecision
from model.incident import IncidentStatus, IncidentVersion
from model.report import (
    ActorMention,
    ActorRole,
    Alternative,
    Bound,
    Claim,
    DatePrecision,
    DateSpan,
    Measure,
    Place,
    PlacePrecision,
    Report,
    Role,
    SpeakerSide,
    Toll,
)
from warehouse.rows import IncidentRow

Row = Sequence[Any]

# Rows are spread over the fields, which stand in the order of the columns; a type checker cannot count them.
_make_incident: Callable[..., IncidentRow] = IncidentRow
_make_version: Callable[..., IncidentVersion] = IncidentVersion
_make_article: Callable[..., Article] = Article
_make_claim: Callable[..., Claim] = Claim
_make_report: Callable[..., Report] = Report
_make_place: Callable[..., Place] = Place


def incident_row(row: Row) -> IncidentRow:
    """Decode a row of `pub.incident`."""
    return _make_incident(*row[:13], tuple(row[13]), *row[14:])


def incident_version(row: Row) -> IncidentVersion:
    """Decode a row of `select_latest_incident`."""
    return _make_version(
        *row[:6],
        DatePrecision(row[6]) if row[6] else None,
        *row[7:13],
        PlacePrecision(row[13]) if row[13] else None,
        tuple(row[14]),
        Toll(*row[15:18]),
        Toll(*row[18:21]),
        *row[21:24],
        IncidentStatus(row[24]),
        *row[25:],
    )


def article(row: Row) -> Article:
    """Decode the 21 article columns of `select_member_report`."""
    precision, quality = row[11], row[17]
    return _make_article(
        *row[:11],
        TimePrecision(precision) if precision else None,
        *row[12:17],
        TextQuality(quality),
        *row[18:],
    )


def claim(row: Row) -> Claim:
    """Decode a row of `select_member_claim` (without its report number)."""
    return _make_claim(row[0], Measure(row[1]), row[2], row[3], Bound(row[4]), *row[5:8], SpeakerSide(row[8]), *row[9:])


def actor(row: Row) -> ActorMention:
    """Decode a row of `select_member_actor` (without its report number)."""
    return ActorMention(row[0], row[1], ActorRole(row[2]), *row[3:])


def report(row: Row, actors: tuple[ActorMention, ...], claims: tuple[Claim, ...]) -> Report:
    """Decode the report columns of `select_member_report`."""
    head, when, where, tolls, tail = row[:6], row[6:14], row[14:26], row[26:32], row[32:]
    return _make_report(
        *head[:3],
        Role(head[3]),
        *head[4:],
        _date_span(when),
        _place(where),
        actors,
        claims,
        Toll(*tolls[:3]),
        Toll(*tolls[3:]),
        *tail,
    )


def _date_span(row: Row) -> DateSpan | None:
    if row[0] is None:
        return None
    start, end, precision, text, rule, start_char, end_char, alternatives = row
    return DateSpan(start, end, DatePrecision(precision), text, rule, start_char, end_char, _alternatives(alternatives))


def _place(row: Row) -> Place | None:
    if row[0] is None:
        return None
    return _make_place(*row[:6], PlacePrecision(row[6]), *row[7:11], _alternatives(row[11]))


def _alternatives(text: str | None) -> tuple[Alternative, ...]:
    return tuple(Alternative(**alternative) for alternative in json.loads(text)) if text else ()
