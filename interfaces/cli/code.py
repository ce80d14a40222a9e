"""`deconflict code`: one article's reports, without a warehouse."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cyclopts import Parameter

from interfaces.cli.choices import read_country
from interfaces.cli.inputs import parse_moment, read_bytes
from interfaces.cli.render import print_json, print_lines, print_table, say
from model import ids
from model.article import Article, TextQuality, TimePrecision
from model.characters import clean_text
from model.errors import ConfigError, SourceError
from model.feed import Feed
from model.report import Coding, Report
from model.settings import load_settings


def code(
    file: Annotated[str, Parameter(allow_leading_hyphen=True)],
    *,
    published: str | None = None,
    url: str | None = None,
    title: str = "",
    timezone: str = "UTC",
    country: str | None = None,
    html: bool = False,
    explain: bool = False,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Code one article: what it says happened, when, where, who, and who claims which toll.

    Args:
        file: The article's text, or its page with --html; - reads standard input.
        published: When it was published, a day or an instant.
        url: Its address.
        title: Its headline (a page's own is used with --html).
        timezone: The outlet's zone, in which its "today" is read.
        country: The outlet's country (two letters), a weak hint for places.
        html: The file is a page, not plain text.
        explain: For each field, also print the words, the rule and what lost against it.
        as_json: Print the envelope reports/1.
    """
    country = read_country(country)
    body = read_bytes(file)
    published_at = _published_at(published, timezone)
    if html:
        article = _from_page(body, url, published_at, timezone, country)
    else:
        article = _from_text(body, url, title, published, published_at, timezone, country)
    coding = _coding_of(article)
    if as_json:
        print_json("reports/1", article=_article_json(article), reports=[report_json(r) for r in coding.reports])
    elif explain:
        from extractors.coding.explain import explain_coding

        print_lines(*explain_coding(coding, article).splitlines(), *_steps(article))
    else:
        _print_coding(coding)


def _coding_of(article: Article) -> Coding:
    """Code an article as a run would: one in a language that is not read has no reports."""
    from pipeline.coding import CODED_LANGUAGES, load_coder

    if article.language not in CODED_LANGUAGES:
        say(f"language {article.language}: kept, not coded")
        return Coding(article.article_id, ())
    return load_coder(load_settings()).code(article)


def _steps(article: Article) -> list[str]:
    """Render the mentions, the clusters and the way of each figure; nothing for a language that is not coded."""
    from extractors.coding.steps import explain_steps
    from pipeline.coding import CODED_LANGUAGES, load_coder

    return explain_steps(load_coder(load_settings()), article) if article.language in CODED_LANGUAGES else []


def _published_at(published: str | None, timezone: str) -> datetime | None:
    zone: tzinfo
    try:
        zone = ZoneInfo(timezone) if timezone != "UTC" else UTC
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            f"--timezone: {timezone!r} is no zone", next_step="use a name like America/Chicago"
        ) from error
    if published is None:
        return None
    moment = parse_moment(published, "--published")
    has_zone = datetime.fromisoformat(published).tzinfo is not None
    return moment if has_zone else moment.replace(tzinfo=zone)


def _from_text(
    body: bytes,
    url: str | None,
    title: str,
    published: str | None,
    published_at: datetime | None,
    timezone: str,
    country: str | None,
) -> Article:
    from extractors.page.language import ENGLISH, detect_language
    from extractors.page.teasers import drop_teasers

    text = drop_teasers(clean_text(body.decode("utf-8-sig", "replace")))
    title = clean_text(title)
    is_day = published is not None and len(published.strip()) <= len("2018-02-07")
    precision = TimePrecision.DAY if is_day else TimePrecision.INSTANT
    seen_at = published_at or datetime.now(UTC)
    return Article(
        article_id=ids.article_id(url or text[:1000]),
        revision=1,
        external_id=url or "text",
        url=url,
        outlet="",
        feed_id=None,
        title=title,
        text=text,
        author=None,
        language=detect_language(title, text, ENGLISH),
        published_at=published_at,
        published_precision=precision if published_at else None,
        timezone=timezone,
        country_code=country,
        first_seen_at=seen_at,
        fetched_at=seen_at,
        page_sha256=None,
        text_quality=TextQuality.FULL if text.strip() else TextQuality.EMPTY,
    )


def _from_page(
    body: bytes, url: str | None, published_at: datetime | None, timezone: str, country: str | None
) -> Article:
    from extractors.page import extract_html

    outlet = Feed("", url or "", "", timezone=timezone, country_code=country)
    found = extract_html(body, url=url, published_at=published_at, feed=outlet, now=datetime.now(UTC))
    if found.article is None:
        raise SourceError(
            found.issue.message if found.issue else "the page holds no article",
            unchanged="nothing was coded",
            next_step="hand over the text without --html",
        )
    return found.article


def _article_json(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "url": article.url,
        "published_at": article.published_at,
        "n_chars": len(article.text),
        "text_quality": article.text_quality,
    }


def report_json(report: Report) -> dict[str, Any]:
    """One report in the form of the envelope reports/1."""
    when, where = report.date, report.place
    return {
        "role": report.role,
        "event_type": report.event_type,
        "event_subtype": report.event_subtype,
        "date": when
        and {"start": when.start, "end": when.end, "precision": when.precision, "text": when.text, "rule": when.rule},
        "place": where
        and {
            "name": where.name,
            "geonameid": where.place_id,
            "admin1": where.admin1,
            "country_code": where.country_code,
            "lat": where.lat,
            "lon": where.lon,
            "precision": where.precision,
            "text": where.text,
        },
        "actors": [{"id": a.actor_id, "name": a.name, "role": a.role, "text": a.quote} for a in report.actors],
        "claims": [
            {
                "measure": c.measure,
                "low": c.low,
                "high": c.high,
                "bound": c.bound,
                "victims": c.victims,
                "victims_side": c.victims_side,
                "speaker": c.speaker,
                "speaker_side": c.speaker_side,
                "quote": c.quote,
                "start": c.start_char,
                "end": c.end_char,
            }
            for c in report.claims
        ],
        "killed": report.killed,
        "injured": report.injured,
        "confidence_0_1": report.confidence_0_1,
    }


def _print_coding(coding: Coding) -> None:
    if not coding.reports:
        reasons = "; ".join(f"{alternative.text}: {alternative.reason}" for alternative in coding.rejected)
        print_lines(f"no incident told{f' ({reasons})' if reasons else ''}")
    for report in coding.reports:
        when = f"{report.date.start}..{report.date.end} ({report.date.precision})" if report.date else "no day"
        where = f"{report.place.name}, {report.place.country_code} ({report.place.precision})" if report.place else "?"
        print_lines(f"{report.role} {report.event_type}/{report.event_subtype or '-'}  {when}  {where}")
        print_lines("  actors: " + "; ".join(f"{a.name} ({a.role})" for a in report.actors))
        print_table(
            ("measure", "low", "high", "bound", "victims", "speaker", "side"),
            [(c.measure, c.low, c.high, c.bound, c.victims, c.speaker, c.speaker_side) for c in report.claims],
        )
