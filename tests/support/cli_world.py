"""A warehouse in which every field that a feed or a person controls tries to steer the reader's terminal.

Runs of made-up reports, an open question, a decision, a feed that fails, issues: every reading verb finds something.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from decided_world import DAY, at, bridge, flood, home_of, market
from warehouse_world import make_fetch

from model.feed import Feed, Outcome
from model.ids import claim_id
from model.incident import ArticleReport, Change, ChangeKind, Explanation, FeatureScore, Resolution, UnsurePair
from model.report import ActorMention, ActorRole, Bound, Claim, Coding, Measure, SpeakerSide
from model.run import Issue, IssueCode, IssueLevel, Run, RunBatch
from pipeline.decisions import Author, decide
from pipeline.resolving import place_reports
from warehouse import Writer, open_writer

NOW = at(date(2018, 4, 1))
FORGED = "forged-line"  # stands right after each kind of line break; it must never begin a line
# A link of OSC 8, a cleared screen, colours by ESC and by the one-byte CSI, a bell, backspaces, marks that turn the
# direction of writing, every kind of line break, markup of two kinds, a cell's end.
HOSTILE = (
    "\x1b]8;;https://evil.example\x07here\x1b]8;;\x07 \x1b[2J\x1b[31mred\x9b1m\x07\x08\x08\x7f\x84 "
    "\u202egnp.exe\u202c \u2066iso\u2069 \u200f\u061c"
    f"\r\n{FORGED}\n{FORGED}\r{FORGED}\x0b{FORGED}\x0c{FORGED}\x85{FORGED}\u2028{FORGED}\u2029{FORGED}\t"
    "[bold]x[/bold] <script>alert(1)</script> | ` end"
)
FORMULA = f"=cmd|' /C calc'!A0 {HOSTILE}"
CONTROLS = frozenset(map(chr, (*range(0x0A), *range(0x0B, 0x20), 0x7F, *range(0x80, 0xA0)))) | frozenset(
    "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def build_hostile(home: Path) -> None:
    """Make and publish the warehouse under `home`."""
    with open_writer(home / "warehouse.duckdb") as writer:
        _run(writer, at(DAY), market("north"), market("south"))
        _run(writer, at(date(2018, 3, 20)), bridge("north2"))
        _run(writer, at(date(2018, 3, 21)), flood())
        bomb, shots, water = (home_of(writer, one) for one in (market("north"), bridge("north2"), flood()))
        writer.append(_logs(flood().report.report_id, water, bomb))
        decide(writer, shots, water, is_same=False, author=Author(FORMULA, NOW, FORMULA))
        writer.publish(home / "published" / "incidents.duckdb")


def hostile(one: ArticleReport) -> ArticleReport:
    """The same report with hostile words in all that its feed and page control."""
    name = one.article.external_id
    article = replace(
        one.article,
        external_id=f"{name} {FORMULA}",
        outlet=f"{FORMULA} {name}",
        title=f"{FORMULA} {one.article.title}",
        author=FORMULA,
        url=f"https://{name}.example/{HOSTILE}",
    )
    report_id = one.report.report_id
    claims = (
        Claim(
            claim_id(report_id, "killed", 0, 9, 0), Measure.KILLED, 9, 9, Bound.EXACT, FORMULA, None, FORMULA,
            SpeakerSide.MONITOR, "said", FORMULA, 0, 9, rule="test",
        ),
    )  # fmt: skip
    actors = (ActorMention(None, FORMULA, ActorRole.TARGET, FORMULA, 0, 9),)
    place = replace(one.report.place, name=f"{one.report.place.name} {HOSTILE}") if one.report.place else None
    return replace(one, article=article, report=replace(one.report, claims=claims, actors=actors, place=place))


def _run(writer: Writer, now: datetime, *reports: ArticleReport) -> None:
    """Resolve plain reports, and append them with hostile words: else these words would be what they share."""
    articles = tuple(one.article for one in reports)
    placed = place_reports(articles, [Coding(one.article.article_id, (one.report,)) for one in reports], writer, now)
    assert placed is not None
    worse = [hostile(one) for one in reports]
    writer.append(
        RunBatch(
            run=Run(f"run_{now:%Y%m%d%H}", "monitor", now, now, now, "test"),
            articles=tuple(one.article for one in worse),
            reports=tuple(one.report for one in worse),
            resolution=placed.resolution,
            incidents=tuple(
                replace(v, headline=f"{FORMULA} {v.headline}", place_name=HOSTILE, actors=(FORMULA,))
                for v in placed.incidents
            ),
            changes=placed.changes,
        )
    )


def _logs(report_id: str, incident_id: str, other_id: str) -> RunBatch:
    """A run that found a doubt, a feed that fails, and issues."""
    why = Explanation(0.45, FORMULA, (FeatureScore("title", 0.5, 1.0, FORMULA),))
    now = NOW - timedelta(hours=1)
    failed = replace(make_fetch("feed1", hours=1, outcome=Outcome.TLS_ERROR), error=FORMULA, started_at=now)
    return RunBatch(
        run=Run("run_doubt", "monitor", now, now, now, "test"),
        feeds=(Feed("feed1", f"https://feed1.example/{HOSTILE}", FORMULA),),
        fetches=(failed,),
        resolution=Resolution((), (), (), (UnsurePair(report_id, incident_id, other_id, why),), (), {}, 0),
        changes=(Change(incident_id, ChangeKind.REVISED, now, '{"why": "\\u001b[31mred\\u202e\\n' + FORGED + '"}'),),
        issues=(Issue(IssueLevel.ERROR, IssueCode.FEED_UNREACHABLE, FORMULA, "feed1", None, HOSTILE),),
    )


def faults_of(text: str) -> list[str]:
    """What of a hostile field has come through to a terminal."""
    plain = text.replace("\r\n", "\n")
    found = sorted(f"U+{ord(mark):04X}" for mark in CONTROLS & set(plain))
    return found + ["a forged line" for line in plain.split("\n") if line.startswith(FORGED)]
