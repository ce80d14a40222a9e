"""Dataclasses to columns: what an INSERT … SELECT unnest(…) takes. One function for each table of `core`.

Columns instead of rows, because DuckDB takes a list a column hundreds of times faster than `executemany`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import blake2b, sha256

from model.article import Article
from model.feed import Feed, FeedHints, Fetch
from model.incident import Change, Explanation, IncidentVersion
from model.report import Alternative, DateSpan, Place, Report
from model.run import Issue, SeenEntry

Columns = dict[str, list[object]]


def columns_of(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Columns:
    """Turn rows into named columns; no rows give empty columns."""
    turned = list(zip(*rows, strict=True))
    return {name: list(turned[i]) if turned else [] for i, name in enumerate(names)}


def key_hash(key: str) -> int:
    """Hash a blocking key to a signed 64-bit number, the same on every machine and in every version."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def article_sha256(article: Article) -> str:
    """Hash what makes a revision: everything told of an article except when it was fetched."""
    parts = (
        article.external_id, article.url, article.outlet, article.feed_id, article.title, article.text, article.author,
        article.language, article.published_at, article.published_precision, article.timezone, article.country_code,
        article.text_quality, article.wire_credit, article.extractor_version,
    )  # fmt: skip
    return _hash(repr(parts))


def text_sha256(text: str) -> str:
    """Hash an article's text."""
    return _hash(text)


def coding_sha256(reports: Sequence[Report]) -> str:
    """Hash all reports of an article together: equal codings are not stored twice."""
    return _hash(repr(tuple(sorted(reports, key=lambda report: report.report_id))))


def explanation_json(explanation: Explanation) -> str:
    """Render why, for the warehouse and for people; by hand, since `asdict` takes a fifth of an append."""
    features = [{"name": f.name, "value": f.value, "weight": f.weight, "words": f.words} for f in explanation.features]
    vetoes = [{"name": veto.name, "words": veto.words} for veto in explanation.vetoes]
    fields = {"probability_0_1": explanation.probability_0_1, "rule": explanation.rule}
    return json.dumps({**fields, "features": features, "vetoes": vetoes}, ensure_ascii=False, sort_keys=True)


def feed_columns(feeds: Sequence[Feed]) -> Columns:
    """Columns of `core.feed`."""
    names = ("feed_id", "url", "outlet", "language", "timezone", "country_code", "kind")
    return columns_of(names, ([getattr(feed, name) for name in names] for feed in feeds))


def fetch_columns(fetches: Sequence[Fetch]) -> Columns:
    """Columns of `core.fetch`."""
    names = (
        "fetch_id", "url", "final_url", "feed_id", "started_at", "duration_ms", "outcome", "http_status", "n_bytes",
        "body_sha256", "error", "n_entries", "n_new_entries", "next_poll_at", "next_poll_reason",
        "n_failures", "interval_s", "moved_to", "is_full", "content_type",
    )  # fmt: skip
    columns = columns_of(names, ([getattr(fetch, name) for name in names] for fetch in fetches))
    columns["hints"] = [hints_json(fetch.hints) for fetch in fetches]
    columns["etag"] = [fetch.validators.etag for fetch in fetches]
    columns["last_modified"] = [fetch.validators.last_modified for fetch in fetches]
    columns["validator_body_sha256"] = [fetch.validators.body_sha256 for fetch in fetches]
    return columns


def hints_json(hints: FeedHints | None) -> str | None:
    """Render a feed's hints; null stays null."""
    return None if hints is None else json.dumps(asdict(hints), sort_keys=True)


def entry_columns(entries: Sequence[SeenEntry]) -> Columns:
    """Columns of `core.entry`."""
    names = ("feed_id", "guid", "url", "title", "author", "published_at", "updated_at", "language")
    columns = columns_of(names, ([getattr(seen.entry, name) for name in names] for seen in entries))
    columns["article_id"] = [seen.article_id for seen in entries]
    columns["first_seen_at"] = [seen.first_seen_at for seen in entries]
    return columns


def article_columns(articles: Sequence[tuple[int, Article, str]]) -> Columns:
    """Columns of `core.article`, from number, article and content hash."""
    names = (
        "article_id", "revision", "external_id", "url", "outlet", "feed_id", "title", "author", "language",
        "published_at", "published_precision", "timezone", "country_code", "first_seen_at", "fetched_at",
        "page_sha256", "text_quality", "wire_credit", "extractor_version",
    )  # fmt: skip
    columns = columns_of(names, ([getattr(article, name) for name in names] for _, article, _ in articles))
    columns["article_no"] = [number for number, _, _ in articles]
    columns["content_sha256"] = [content for _, _, content in articles]
    columns["text_sha256"] = [text_sha256(article.text) for _, article, _ in articles]
    columns["n_chars"] = [len(article.text) for _, article, _ in articles]
    return columns


def report_columns(reports: Sequence[tuple[int, int, Report]]) -> Columns:
    """Columns of `core.report`, from report number, coding number and report."""
    names = (
        "report_id", "article_id", "revision", "role", "event_type", "event_subtype", "confidence_0_1",
        "coder_version", "start_char", "end_char", "is_follow_up", "is_denial",
    )  # fmt: skip
    columns = columns_of(names, ([getattr(report, name) for name in names] for _, _, report in reports))
    columns["report_no"] = [number for number, _, _ in reports]
    columns["coding_no"] = [coding for _, coding, _ in reports]
    columns["trigger_text"] = [report.trigger_text for _, _, report in reports]
    columns |= _date_columns([report.date for _, _, report in reports])
    columns |= _place_columns([report.place for _, _, report in reports])
    for measure in ("killed", "injured"):
        for end in ("low", "best", "high"):
            columns[f"{measure}_{end}"] = [getattr(getattr(report, measure), end) for _, _, report in reports]
    return columns


def claim_columns(reports: Sequence[tuple[int, int, Report]]) -> Columns:
    """Columns of `core.claim`, in the order of the reports and of the claims in each."""
    names = (
        "claim_id", "measure", "low", "high", "bound", "victims", "victims_side", "speaker", "speaker_side", "verb",
        "quote", "start_char", "end_char", "is_increment", "is_part", "rule",
    )  # fmt: skip
    claims = [(number, i, claim) for number, _, report in reports for i, claim in enumerate(report.claims)]
    columns = columns_of(names, ([getattr(claim, name) for name in names] for _, _, claim in claims))
    columns["report_no"] = [number for number, _, _ in claims]
    columns["ordinal"] = [i for _, i, _ in claims]
    return columns


def actor_columns(reports: Sequence[tuple[int, int, Report]]) -> Columns:
    """Columns of `core.actor_mention`."""
    names = ("report_no", "ordinal", "actor_id", "name", "role", "quote", "start_char", "end_char")
    return columns_of(
        names,
        (
            (number, i, actor.actor_id, actor.name, actor.role, actor.quote, actor.start_char, actor.end_char)
            for number, _, report in reports
            for i, actor in enumerate(report.actors)
        ),
    )


def incident_columns(versions: Sequence[tuple[int, IncidentVersion]]) -> Columns:
    """Columns of `core.incident_version`, from number and version."""
    names = (
        "incident_id", "event_type", "event_subtype", "date_start", "date_end", "date_precision", "place_name",
        "place_id", "admin1", "country_code", "lat", "lon", "place_precision", "n_articles", "n_outlets", "n_origins",
        "status", "headline", "first_published_at", "detected_at", "confidence_0_1", "merged_into",
    )  # fmt: skip
    columns = columns_of(names, ([getattr(version, name) for name in names] for _, version in versions))
    columns["version_no"] = [number for number, _ in versions]
    columns["updated_at"] = [version.at for _, version in versions]
    columns["actors"] = [list(version.actors) for _, version in versions]
    for measure in ("killed", "injured"):
        for end in ("low", "best", "high"):
            columns[f"{measure}_{end}"] = [getattr(getattr(version, measure), end) for _, version in versions]
    return columns


def change_columns(first_change_id: int, changes: Sequence[Change]) -> Columns:
    """Columns of `core.change`, numbered from `first_change_id` on."""
    names = ("change_id", "incident_id", "kind", "changed_at", "detail")
    return columns_of(
        names,
        ((first_change_id + i, c.incident_id, c.kind, c.at, c.detail) for i, c in enumerate(changes)),
    )


def issue_columns(issues: Sequence[Issue]) -> Columns:
    """Columns of `core.issue`."""
    names = ("level", "code", "message", "feed_id", "article_id", "url")
    return columns_of(names, ([getattr(issue, name) for name in names] for issue in issues))


def term_columns(counts: Mapping[str, int]) -> Columns:
    """Columns of `core.term_count`, in order of the terms."""
    return columns_of(("term", "n"), sorted(counts.items()))


def alternatives_json(alternatives: Sequence[Alternative]) -> str | None:
    """Render the alternatives that lost; null where there were none."""
    return (
        json.dumps([asdict(alternative) for alternative in alternatives], ensure_ascii=False) if alternatives else None
    )


def _date_columns(dates: Sequence[DateSpan | None]) -> Columns:
    names = ("date_start", "date_end", "date_precision", "date_text", "date_rule", "date_start_char", "date_end_char",
             "date_losers")  # fmt: skip
    return columns_of(
        names,
        (
            (d.start, d.end, d.precision, d.text, d.rule, d.start_char, d.end_char, alternatives_json(d.losers))
            if d
            else (None,) * len(names)
            for d in dates
        ),
    )


def _place_columns(places: Sequence[Place | None]) -> Columns:
    names = ("place_name", "place_id", "admin1", "country_code", "lat", "lon", "place_precision", "place_text",
             "place_rule", "place_start_char", "place_end_char", "place_losers")  # fmt: skip
    return columns_of(
        names,
        (
            (
                p.name,
                p.place_id,
                p.admin1,
                p.country_code,
                p.lat,
                p.lon,
                p.precision,
                p.text,
                p.rule,
                p.start_char,
                p.end_char,
                alternatives_json(p.losers),
            )
            if p
            else (None,) * len(names)
            for p in places
        ),
    )


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
