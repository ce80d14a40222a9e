"""Tell in words why an article was coded as it was: for each field the text, the rule, and the losers with reasons.

Belongs: rendering a `Coding` as plain lines. Does not: any decision; colours; terminals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from model.article import Article
from model.report import ActorMention, Alternative, Claim, Coding, DateSpan, Place, Rationale, Report, Toll

MAX_QUOTE_CHARS = 160  # longer sentences are cut in the middle of nothing: the offsets still tell where they are


class Field(StrEnum):
    """What a line of an explanation is about; `HEAD` lines belong to every field."""

    HEAD = ""
    GATE = "gate"
    TYPE = "type"
    DATE = "date"
    PLACE = "place"
    ACTORS = "actors"
    CLAIMS = "claims"
    KILLED = "killed"
    INJURED = "injured"


Line = tuple[Field, str]


def explain_coding(coding: Coding, article: Article) -> str:
    """Render the coding of `article` as lines of plain text, two spaces of indent a level."""
    return _text(line for _, line in _lines(coding, article))


def explain_field(coding: Coding, article: Article, *fields: Field) -> str:
    """Render the lines that tell of `fields`, with those that say which report they are of."""
    wanted = {*fields, Field.HEAD}
    return _text(line for about, line in _lines(coding, article) if about in wanted)


def _text(lines: Iterable[str]) -> str:
    return "\n".join(" ".join(line.splitlines()) for line in lines)  # a name may hold a line break


def _lines(coding: Coding, article: Article) -> Iterator[Line]:
    published = article.published_on
    title = article.title or article.url or article.external_id
    yield Field.HEAD, f"{title} ({published or 'day of publication not known'})"
    for number, report in enumerate(coding.reports, start=1):
        yield from _report(number, report)
    if not coding.reports:
        yield Field.HEAD, "no report"
    yield from _about(Field.GATE, _alternatives(coding.rejected))
    yield from _about(Field.CLAIMS, _alternatives(coding.set_aside))


def _about(about: Field, lines: Iterable[str]) -> Iterator[Line]:
    return ((about, line) for line in lines)


def _report(number: int, report: Report) -> Iterator[Line]:
    kind = f"{report.event_type}/{report.event_subtype}" if report.event_subtype else report.event_type
    marks = [name for name, is_set in (("follow-up", report.is_follow_up), ("denial", report.is_denial)) if is_set]
    note = f" ({', '.join(marks)})" if marks else ""
    yield Field.HEAD, f"report {number}: {report.role.value} {kind}{note}, confidence {report.confidence_0_1:.2f}"
    yield Field.GATE, f'  told by: "{report.trigger_text}", characters {report.start_char}..{report.end_char}'
    yield from _about(Field.TYPE, _chosen("what", kind, report.type_why))
    yield from _about(Field.DATE, _when(report.date))
    yield from _about(Field.PLACE, _where(report.place))
    for actor in report.actors:
        yield from _about(Field.ACTORS, _who(actor))
    for claim in report.claims:
        yield from _about(Field.CLAIMS, _claim(claim))
    yield from _about(Field.KILLED, _chosen("killed", _toll(report.killed), report.killed.why))
    yield from _about(Field.INJURED, _chosen("injured", _toll(report.injured), report.injured.why))


def _chosen(name: str, value: str, rationale: Rationale) -> Iterator[str]:
    """Print a value with what it rests on; `rationale` is empty on reports that come out of a warehouse."""
    words = f', from "{_one_line(rationale.text)}"' if rationale.text else ""
    rule = f", rule: {rationale.rule}" if rationale.rule else ""
    yield f"  {name}: {value}{words}{rule}"
    yield from ("  " + line for line in _alternatives(rationale.losers))


def _when(span: DateSpan | None) -> Iterator[str]:
    if span is None:
        yield "  when: not told"
        return
    days = span.start.isoformat() if span.start == span.end else f"{span.start.isoformat()}..{span.end.isoformat()}"
    yield f'  when: {days} ({span.precision.value}), from "{span.text}", rule {span.rule}'
    yield from ("  " + line for line in _alternatives(span.losers))


def _where(place: Place | None) -> Iterator[str]:
    if place is None:
        yield "  where: not told"
        return
    parts = [part for part in (place.name, place.admin1, place.country_code) if part]
    point = "" if place.lat is None or place.lon is None else f" at {place.lat:.3f}, {place.lon:.3f}"
    yield f'  where: {", ".join(parts)}{point} ({place.precision.value}), from "{place.text}", rule {place.rule}'
    yield from ("  " + line for line in _alternatives(place.losers))


def _who(actor: ActorMention) -> Iterator[str]:
    known = actor.actor_id or "not in the table"
    rule = f", rule: {actor.why.rule}" if actor.why.rule else ""
    yield f'  who: {actor.name} ({actor.role.value}), from "{actor.quote}", {known}{rule}'
    yield from ("  " + line for line in _alternatives(actor.why.losers))


def _claim(claim: Claim) -> Iterator[str]:
    low = "?" if claim.low is None else str(claim.low)
    high = "open" if claim.high is None else str(claim.high)
    figure = low if low == high else f"{low}..{high}"
    speaker = claim.speaker or "the outlet"
    marks = [name for name, is_set in (("a part", claim.is_part), ("an increment", claim.is_increment)) if is_set]
    note = f", {' and '.join(marks)}" if marks else ""
    victims = f" of {claim.victims}" if claim.victims else ""
    said = f"{speaker} ({claim.speaker_side.value})"
    yield f"  claim: {claim.measure.value} {figure} ({claim.bound.value}){victims}, {said}{note}"
    yield f'    "{_one_line(claim.quote)}", characters {claim.start_char}..{claim.end_char}, rule {claim.rule or "-"}'


def _toll(toll: Toll) -> str:
    low, best, high = ("-" if value is None else str(value) for value in (toll.low, toll.best, toll.high))
    return f"best {best}, low {low}, high {high}"


def _alternatives(alternatives: Sequence[Alternative]) -> Iterator[str]:
    for alternative in alternatives:
        text = f'"{_one_line(alternative.text)}" as {alternative.value}' if alternative.text else alternative.value
        yield f"  not taken: {text}: {alternative.reason}"


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_QUOTE_CHARS else words[:MAX_QUOTE_CHARS] + "…"
