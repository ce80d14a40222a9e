"""Tell in words why an article was coded as it was: for each field the text, the rule, and the losers with reasons.

Belongs: rendering a `Coding` as plain lines. Does not: any decision; colours; terminals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from model.article import Article
from model.report import ActorMention, Claim, Coding, DateSpan, Loser, Place, Report, Toll

MAX_QUOTE_CHARS = 160  # longer sentences are cut in the middle of nothing: the offsets still tell where they are


def explain_coding(coding: Coding, article: Article) -> str:
    """Render the coding of `article` as lines of plain text, two spaces of indent a level."""
    published = article.published_on
    lines = [f"{article.title or article.url or article.external_id} ({published or 'day of publication not known'})"]
    for number, report in enumerate(coding.reports, start=1):
        lines += _report(number, report)
    if not coding.reports:
        lines.append("no report")
    lines += _losers(coding.rejected)
    return "\n".join(" ".join(line.splitlines()) for line in lines)  # a name may hold a line break


def _report(number: int, report: Report) -> Iterator[str]:
    kind = f"{report.event_type}/{report.event_subtype}" if report.event_subtype else report.event_type
    marks = [name for name, is_set in (("follow-up", report.is_follow_up), ("denial", report.is_denial)) if is_set]
    note = f" ({', '.join(marks)})" if marks else ""
    yield f"report {number}: {report.role.value} {kind}{note}, confidence {report.confidence_0_1:.2f}"
    yield f'  what: "{report.trigger}", characters {report.start_char}..{report.end_char}'
    yield from _when(report.date)
    yield from _where(report.place)
    yield from (_who(actor) for actor in report.actors)
    yield from (line for claim in report.claims for line in _claim(claim))
    yield f"  killed: {_toll(report.killed)}; injured: {_toll(report.injured)}"


def _when(span: DateSpan | None) -> Iterator[str]:
    if span is None:
        yield "  when: not told"
        return
    days = span.start.isoformat() if span.start == span.end else f"{span.start.isoformat()}..{span.end.isoformat()}"
    yield f'  when: {days} ({span.precision.value}), from "{span.text}", rule {span.rule}'
    yield from ("  " + line for line in _losers(span.losers))


def _where(place: Place | None) -> Iterator[str]:
    if place is None:
        yield "  where: not told"
        return
    parts = [part for part in (place.name, place.admin1, place.country_code) if part]
    point = "" if place.lat is None or place.lon is None else f" at {place.lat:.3f}, {place.lon:.3f}"
    yield f'  where: {", ".join(parts)}{point} ({place.precision.value}), from "{place.text}", rule {place.rule}'
    yield from ("  " + line for line in _losers(place.losers))


def _who(actor: ActorMention) -> str:
    known = actor.actor_id or "not in the table"
    return f'  who: {actor.name} ({actor.role.value}), from "{actor.text}", {known}'


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
    quote = " ".join(claim.quote.split())
    cut = quote if len(quote) <= MAX_QUOTE_CHARS else quote[:MAX_QUOTE_CHARS] + "…"
    yield f'    "{cut}", characters {claim.start_char}..{claim.end_char}, rule {claim.rule or "-"}'


def _toll(toll: Toll) -> str:
    low, best, high = ("-" if value is None else str(value) for value in (toll.low, toll.best, toll.high))
    return f"best {best}, low {low}, high {high}"


def _losers(losers: Sequence[Loser]) -> Iterator[str]:
    for loser in losers:
        text = f'"{loser.text}" as {loser.value}' if loser.text else loser.value
        yield f"  not taken: {text}: {loser.reason}"
