"""A plain page of news, and what reading it gives."""

import json
from datetime import UTC, datetime

from extractors.page import extract_html
from extractors.page.articles import ExtractedArticle
from model.article import Article
from model.feed import Feed

NOW = datetime(2018, 2, 9, 12, tzinfo=UTC)
URL = "https://news.example/world/clash-at-the-river?utm_source=feed"
FEED = Feed("x", "https://news.example/feed", "The Example", timezone="Asia/Damascus", country_code="SY")
BODY = (
    "<p>DAMASCUS (Reuters) - Two soldiers were hurt on Wednesday when their patrol came under fire near the river, "
    "the army said in a short statement late on Thursday.</p>"
    "<p>It did not say who had fired. Nobody has claimed the attack so far, although several groups are active in "
    "the villages east of the river, where patrols were doubled in January.</p>"
    "<p>A hospital in the town said that both men were stable and would be taken to the capital in the coming days, "
    "and that three villagers had been treated for cuts from broken glass.</p>"
    "<p>Residents spoke of an hour of shooting that began after the evening prayer and ended when helicopters came. "
    "The road along the river was closed until the morning and schools stayed shut on Thursday.</p>"
)


def page(body: str = BODY, head: str = "", title: str = "Two hurt at the river", lang: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} | The Example</title>{head}'
        f"</head><body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article><footer>About</footer>"
        "</body></html>"
    )


def read(html: str | bytes, **named) -> ExtractedArticle:
    named = {"url": URL, "now": NOW, "feed": FEED, **named}
    return extract_html(html if isinstance(html, bytes) else html.encode(), **named)


def article(html: str | bytes, **named) -> Article:
    extracted = read(html, **named)
    assert extracted.article is not None
    return extracted.article


def ld(**fields: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Two hurt at the river", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'
