"""Place the reports of a run so that one article on which the resolver fails costs itself and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from model.article import Article
from model.errors import DeconflictError, is_of_this_machine, machine_fault
from model.report import Coding
from model.run import Issue, IssueCode, IssueLevel
from pipeline.resolving import Placed, place_reports
from warehouse import Writer


@dataclass(frozen=True, slots=True)
class Placing:
    """What the resolver made of a run's codings, the codings that it could place, and an issue for each other one."""

    placed: Placed | None
    codings: tuple[Coding, ...]
    issues: tuple[Issue, ...] = ()


def place_codings(articles: Sequence[Article], codings: Sequence[Coding], writer: Writer, now: datetime) -> Placing:
    """Resolve the reports of `codings`; where that fails, leave out the articles on which it fails alone.

    Raises:
        Exception: it fails on none alone and on all together.
    """
    try:
        return Placing(place_reports(articles, codings, writer, now), tuple(codings))
    except DeconflictError:
        raise
    except Exception as error:
        if is_of_this_machine(error):
            raise machine_fault(error) from error
        by_id = {article.article_id: article for article in articles}
        failed = {one.article_id: fault for one in codings if (fault := _fault(by_id, one, writer, now))}
        if not failed:
            raise
        kept = tuple(one for one in codings if one.article_id not in failed)
        issues = tuple(_issue(by_id[article_id], fault) for article_id, fault in failed.items())
        return Placing(place_reports(articles, kept, writer, now), kept, issues)


def _fault(by_id: dict[str, Article], coding: Coding, writer: Writer, now: datetime) -> str | None:
    """Say on what the resolver fails with one article alone, or null; nothing is written."""
    try:
        place_reports([by_id[coding.article_id]], [coding], writer, now)
    except DeconflictError:
        raise
    except Exception as error:  # told as this article's issue
        return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return None


def _issue(article: Article, fault: str) -> Issue:
    return Issue(
        IssueLevel.ERROR,
        IssueCode.CODER_FAILED,
        f"its reports could not be placed; the article is kept, not coded: {fault}",
        feed_id=article.feed_id,
        article_id=article.article_id,
        url=article.url,
    )
