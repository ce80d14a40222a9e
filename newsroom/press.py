"""What the press has printed by a given moment: a pure function of the corpus and the clock.

An outlet's edition is counted by the instants, in order, at which something of it appears or changes. A feed or page is
a function of outlet and edition and of nothing else, so the same moment always gives the same bytes, and a body changes
exactly when its outlet printed something.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from time import monotonic

from newsroom.corpus import CorpusRow, instant_of, is_day, load_corpus
from newsroom.outlets import Outlet, load_outlets, make_outlets, slug_of

N_ENTRIES = 30  # entries that a feed shows; common feeds show 10 to 50, and more slows each poll
SUMMARY_LENGTH = 280  # characters of a teaser made from the text, cut at a word
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
BEGINNING = datetime.min.replace(tzinfo=UTC)  # when rows without a date appeared


@dataclass(frozen=True, slots=True)
class Printed:
    """An article as it reads at one moment. `published_at` is null for rows without a date."""

    id: str
    name: str
    outlet: Outlet
    title: str
    text: str
    summary: str
    author: str | None
    wire_credit: str | None
    published_at: datetime | None
    is_day_only: bool
    modified_at: datetime | None
    revision: int

    @property
    def path(self) -> str:
        """The path of the article's page."""
        return f"/{self.outlet.slug}/{self.name}.html"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, a paragraph a line."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())

    @property
    def changed_at(self) -> datetime | None:
        """When the article last changed, its appearance included."""
        return self.modified_at or self.published_at


@dataclass(frozen=True)
class Desk:
    """All rows of one outlet, with the instants at which they appear and change."""

    outlet: Outlet
    rows: tuple[CorpusRow, ...]

    @cached_property
    def instants(self) -> tuple[datetime, ...]:
        """Every instant at which something is printed, in order."""
        dates = [
            date for row in self.rows for date in (row.published, *(one.published for one in row.revisions)) if date
        ]
        return tuple(sorted({instant_of(date, self.outlet.zone).astimezone(UTC) for date in dates}))

    def edition(self, now: datetime) -> int:
        """Number the edition that readers have at `now`; 0 holds only what has no date."""
        return bisect_right(self.instants, now)

    def changed_at(self, edition: int) -> datetime | None:
        """Tell when the edition came out; null for one of undated rows only."""
        return self.instants[edition - 1] if edition else None

    def printed(self, edition: int) -> tuple[Printed, ...]:
        """List the articles of an edition, the newest first, those without a date last."""
        until = self.changed_at(edition) or BEGINNING
        found = [article for row in self.rows if (article := _printed(row, self.outlet, until))]
        return tuple(sorted(found, key=lambda article: article.published_at or BEGINNING, reverse=True))


class Newsroom:
    """A corpus, its outlets and a clock that a test can move.

    Args:
        corpus: Path of a corpus, or its rows.
        now: The moment to begin at, aware; null begins at the present.
        outlets: Path of `outlets.toml`; by default the one beside the corpus, if there is one.
        speed: Simulated seconds in a real second; 0 stands still until the clock is moved.
        n_entries: Longest feed.

    Raises:
        ConfigError: the corpus or the outlets file is wrong.
    """

    def __init__(
        self,
        corpus: Path | Sequence[CorpusRow],
        *,
        now: datetime | None = None,
        outlets: Path | None = None,
        speed: float = 0.0,
        n_entries: int = N_ENTRIES,
    ) -> None:
        if isinstance(corpus, Path):
            outlets = outlets or corpus.parent / "outlets.toml"
            corpus = load_corpus(corpus)
        made = make_outlets((row.outlet for row in corpus), load_outlets(outlets))
        rows_of: dict[str, list[CorpusRow]] = {slug: [] for slug in made}
        for row in corpus:
            rows_of[slug_of(row.outlet)].append(row)
        self.desks = {slug: Desk(outlet, tuple(rows_of[slug])) for slug, outlet in made.items()}
        self.n_entries = n_entries
        self._speed = speed
        self.move_clock(now or datetime.now(UTC))

    @property
    def now(self) -> datetime:
        """The moment that readers are at, in UTC."""
        return self._set_to + timedelta(seconds=self._speed * (monotonic() - self._set_at_s))

    def move_clock(self, now: datetime) -> None:
        """Set the clock to an aware moment; what was not yet printed then is gone again.

        Raises:
            ValueError: `now` has no offset.
        """
        if now.tzinfo is None:
            raise ValueError(f"{now.isoformat()}: an instant needs an offset, for example +00:00")
        self._set_to, self._set_at_s = now.astimezone(UTC), monotonic()


def page_name(row_id: str) -> str:
    """Make the file name of a page from the id of its row; ids that an address cannot hold get a hash.

    >>> page_name("khusham-01"), page_name("a/b")
    ('khusham-01', 'a-b-c14cddc0')
    """
    if SAFE_NAME.fullmatch(row_id):
        return row_id
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', row_id)[:60].strip('-')}-{sha256(row_id.encode()).hexdigest()[:8]}"


def teaser(text: str) -> str:
    """Cut a teaser from the beginning of a text, at a word."""
    line = " ".join(text.split())
    if len(line) <= SUMMARY_LENGTH:
        return line
    return line[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _printed(row: CorpusRow, outlet: Outlet, until: datetime) -> Printed | None:
    published_at = instant_of(row.published, outlet.zone) if row.published else None
    if published_at and published_at > until:
        return None
    dated = [(instant_of(one.published, outlet.zone), one) for one in row.revisions]
    revisions = [(at, one) for at, one in dated if at <= until]
    at, last = revisions[-1] if revisions else (None, None)
    text = last.text if last else row.text
    titles = [one.title for _, one in revisions if one.title]
    return Printed(
        id=row.id,
        name=page_name(row.id),
        outlet=outlet,
        title=titles[-1] if titles else row.title,
        text=text,
        summary=row.summary or teaser(text),
        author=row.author,
        wire_credit=row.wire_credit,
        published_at=published_at,
        is_day_only=bool(row.published and is_day(row.published)),
        modified_at=at,
        revision=1 + len(revisions),
    )
