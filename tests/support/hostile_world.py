"""A warehouse in which every field that a feed or a page controls holds what an attacker would put there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from warehouse_world import WHY, make_article, make_fetch, make_report, make_run, make_version

from model.feed import Feed, Outcome
from model.incident import Assignment, Change, ChangeKind, OriginAssignment, Resolution, UnsurePair
from model.report import ActorMention, ActorRole
from model.run import Issue, IssueCode, IssueLevel, RunBatch
from warehouse import open_writer

RUN = "window.__xss=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</title></script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><svg/onload={RUN}>',
    f"' autofocus onfocus={RUN} x='",
    f"</noscript><iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"javascript:{RUN}",
    f"{{{{ ''.__class__ }}}} {{% raw %}} ${{{RUN}}}",
    "\u202egnp.exe \u2066\u200f right to left \u202d over\u2069ride",
    "=cmd|' /C calc'!A0",
    "\x1b[31mred\x1b]0;owned\x07\x1b[2J\u009b31m",
    "Z" * 100_000,
    "word " * 20_000,
    "e" + "\u0301\u0323\u0489" * 400,
    "\u2028];alert(1)//\u2029\x00\ufeff\ud800",
    "‮<!--<script>" + "😀" * 600,
)
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}//https://a.example",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f'https://a.example/"onclick={RUN}',
    f"https://a.example/'><script>{RUN}</script>",
    f" javascript:{RUN}",
    f"java\tscript:{RUN}",
    "//a.example/x",
    "file:///etc/passwd",
    "https://" + "a" * 5_000 + ".example/",
    "https://[::1",
    f"blob:{RUN}",
    "\u202ehttps://a.example/",
    "https://a.example/\x00\x1b[31m",
    "https://honest.example/1",
)


def build_hostile_world(home: Path) -> Path:
    """Make and publish it under `home`; returns the snapshot."""
    with open_writer(home / "warehouse.duckdb") as writer:
        writer.append(hostile_batch())
        writer.publish(home / "published" / "incidents.duckdb")
    return home / "published" / "incidents.duckdb"


def hostile_batch() -> RunBatch:
    """A run with an incident for each payload, told by two articles that contradict each other."""
    run = make_run(1)
    articles, reports, versions, assignments = [], [], [], []
    for number, (payload, address) in enumerate(zip(PAYLOADS, ADDRESSES, strict=True)):
        text = payload.encode("utf-8", "replace").decode()
        for part in (0, 1):
            article = replace(
                make_article(number * 2 + part),
                url=address.encode("utf-8", "replace").decode(),
                outlet=f"{text} {part}",
                title=text,
                author=text,
                wire_credit=text,
                external_id=text,
                feed_id=f"{text[:40]}",
            )
            output = make_report(article, killed=5 + 200 * part)
            claims = tuple(
                replace(c, quote=text, speaker=f"{text} {part}", victims=text, high=c.low) for c in output.claims
            )
            actor = ActorMention(None, text, ActorRole.INITIATOR, text, 0, 1)
            place = replace(output.place, name=text, admin1=text) if output.place else None
            output = replace(output, claims=claims, actors=(actor,), place=place, trigger_text=text)
            articles.append(article)
            reports.append(output)
        opener, second = reports[-2:]
        version = replace(
            make_version(opener, moment=run.now, detected_at=run.now, n_articles=2), headline=text, actors=(text,)
        )
        versions.append(version)
        why = replace(WHY, rule=text, features=(replace(WHY.features[0], words=text),))
        assignments += [
            Assignment(opener.report_id, version.incident_id, True, why),
            Assignment(second.report_id, version.incident_id, False, why),
        ]
    pairs = tuple(
        UnsurePair(reports[2 * i].report_id, versions[i].incident_id, versions[i + 1].incident_id, WHY)
        for i in range(len(versions) - 1)
    )
    origins = tuple(OriginAssignment(a.article_id, articles[i - i % 2].article_id, "x") for i, a in enumerate(articles))
    feeds = [(f"feed{i}", text.encode("utf-8", "replace").decode()) for i, text in enumerate(PAYLOADS)]
    return RunBatch(
        run=run,
        feeds=tuple(
            Feed(name, ADDRESSES[i].encode("utf-8", "replace").decode(), t) for i, (name, t) in enumerate(feeds)
        ),
        fetches=tuple(replace(make_fetch(name, hours=1, outcome=Outcome.TIMEOUT), error=text) for name, text in feeds),
        articles=tuple(articles),
        reports=tuple(reports),
        resolution=Resolution(tuple(assignments), (), origins, pairs, (), {}, 0),
        incidents=tuple(versions),
        changes=tuple(Change(v.incident_id, ChangeKind.OPENED, run.now, '{"why": ["<script>"]}') for v in versions),
        issues=tuple(Issue(IssueLevel.ERROR, IssueCode.FEED_BROKEN, text) for _, text in feeds),
    )
