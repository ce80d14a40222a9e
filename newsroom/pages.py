"""Write pages: an article in its outlet's template, and the front page of an outlet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from newsroom.outlets import Outlet
from newsroom.press import Printed

N_RELATED = 4  # other articles whose titles and teasers stand on a page


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("newsroom"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def write_page(article: Printed, related: Sequence[Printed], address: str) -> bytes:
    """Write an article's page with teasers of `related`; links stand below `address` (no slash at the end).

    The body depends on nothing else: it changes when the article or a teaser changes.
    """
    template = _templates().get_template(f"{article.outlet.template}.html.j2")
    linked_data = _linked_data(article, address)
    text = template.render(
        article=article,
        outlet=article.outlet,
        related=related[:N_RELATED],
        address=address,
        published=stamp(article.published_at, article.is_day_only),
        modified=stamp(article.modified_at, False),
        published_in_words=in_words(article.published_at, article.is_day_only),
        modified_in_words=in_words(article.modified_at, False),
        linked_data=linked_data,
    )
    return text.encode("utf-8", "replace")


def write_front(outlet: Outlet, articles: Sequence[Printed], address: str) -> bytes:
    """Write the front page of an outlet: its newest articles, and the address of its feed for those who look."""
    template = _templates().get_template("front.html.j2")
    return template.render(outlet=outlet, articles=articles, address=address).encode("utf-8", "replace")


def stamp(at: datetime | None, is_day_only: bool) -> str | None:
    """Write an instant for machines: a day where only the day is known."""
    if at is None:
        return None
    return at.date().isoformat() if is_day_only else at.isoformat()


def in_words(at: datetime | None, is_day_only: bool) -> str | None:
    """Write an instant for readers, in the outlet's zone.

    >>> in_words(datetime(2018, 2, 9), True)
    '9 February 2018'
    """
    if at is None:
        return None
    day = f"{at.day} {at:%B %Y}"
    return day if is_day_only else f"{day}, {at:%H:%M}"


def _linked_data(article: Printed, address: str) -> Markup:
    """Make the JSON-LD of an article; `<` is written as an escape, so that no title can end the script."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "inLanguage": article.outlet.language,
        "mainEntityOfPage": address + article.path,
        "publisher": {"@type": "NewsMediaOrganization", "name": article.outlet.name},
    }
    if article.published_at:
        data["datePublished"] = stamp(article.published_at, article.is_day_only)
    if article.modified_at:
        data["dateModified"] = stamp(article.modified_at, False)
    if article.author:
        data["author"] = {"@type": "Person", "name": article.author}
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - escaped just above
