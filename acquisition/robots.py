"""robots.txt for pages (RFC 9309, read by protego), remembered for a day under the home folder.

Only the groups that speak to us or to everybody are given to the parser, and so many rules at most: it would keep each
rule once for each agent of its group, so that 80 KB could take half a minute and a gigabyte. A byte order mark before
the first line is no part of it.

A site that answers 4xx has no rules; one that answers 5xx or not at all may have some, so its pages wait (the RFC's
"complete disallow") for an hour, not a day. Feeds are published to be polled and are not asked about.
"""

from __future__ import annotations

import asyncio
import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from protego import Protego

from acquisition.archive import write_whole
from acquisition.decode import DECODING
from acquisition.http import Answer, Client
from model.feed import Outcome

ROBOT_NAME = "Deconflict"
KEPT_FOR = timedelta(hours=24)  # RFC 9309 forbids longer
KEPT_WHEN_UNREADABLE = timedelta(hours=1)
MAX_ROBOTS_CHARS = 512_000  # RFC 9309 wants at least 500 KiB read
MAX_RULES = 5_000  # that concern us; large sites have some hundred
MAX_RULE_CHARS = 2_048  # longer than any address that is asked for
MAX_CRAWL_DELAY_S = 30.0  # longer ones would stretch a run past its interval; such sites get their budget cut instead


_AGENT = re.compile(r"user-?\s?agent\s*(?::|\s)\s*(\S.{0,200})", re.IGNORECASE)
_SITE_WIDE = re.compile(r"(?:site-?maps?|host)\s*(?::|\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RobotsText:
    """A remembered answer; `text` is empty where there are no rules, `is_readable` false where nobody knows."""

    origin: str
    fetched_at: str
    is_readable: bool
    text: str


@dataclass(frozen=True, slots=True)
class RobotsVerdict:
    """Whether a page may be asked for, and how far apart requests should be (null: the site does not say)."""

    is_allowed: bool
    reason: str | None = None
    crawl_delay_s: float | None = None


def origin_of(url: str) -> str:
    """Name the scheme, host and port that a robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def decode_robots(body: bytes) -> str:
    """Decode a robots.txt: UTF-8, or UTF-16 where a mark says so; the mark itself goes."""
    is_wide = body.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return body.decode("utf-16" if is_wide else "utf-8", "replace").lstrip("\ufeff")


def parse_rules(text: str) -> Protego:
    """Parse the rules that concern us, within a bound on their number."""
    return Protego.parse("\n".join(own_lines(text)))


def own_lines(text: str) -> list[str]:
    r"""Keep the groups of a robots.txt whose agents are us or everybody, each agent once, and `MAX_RULES` rules.

    >>> own_lines("User-agent: Other\nDisallow: /\n\nUser-agent: *\nDisallow: /private")
    ['user-agent: *', 'Disallow: /private']
    """
    kept: list[str] = []
    agents: set[str] = set()
    is_in_rules, n_rules = True, 0
    for line in text.lstrip("\ufeff").splitlines():
        rule = line.partition("#")[0].strip()
        agent = _AGENT.match(rule)
        if agent:
            agents = set() if is_in_rules else agents
            is_in_rules = False
            name = agent[1].strip().lower()
            if name not in agents and _is_ours(name):
                agents.add(name)
                kept.append(f"user-agent: {name}")
        elif rule and not _SITE_WIDE.match(rule):
            is_in_rules = True
            if agents and n_rules < MAX_RULES and len(rule) <= MAX_RULE_CHARS:
                n_rules += 1
                kept.append(rule)
    return kept


def _is_ours(agent: str) -> bool:
    """Say whether an agent's name is ours or everybody's; a shorter name that ours begins with is meant for us too."""
    plain = agent.replace("*", "")
    return agent == "*" or (bool(plain) and ROBOT_NAME.lower().startswith(plain))


class Robots:
    """The rules of the sites that one run asks."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._folder = folder
        self._now = now
        self._rules: dict[str, tuple[RobotsText, Protego]] = {}

    async def verdict(self, client: Client, url: str) -> RobotsVerdict:
        """Say whether `url` may be asked for; asks the site for its rules at most once a day."""
        origin = origin_of(url)
        if origin not in self._rules:
            kept = self._read(origin) or self._keep(origin, await client.get(f"{origin}/robots.txt"))
            loop = asyncio.get_running_loop()
            self._rules[origin] = (kept, await loop.run_in_executor(DECODING, parse_rules, kept.text))
        kept, rules = self._rules[origin]
        if not kept.is_readable:
            return RobotsVerdict(False, "the site's robots.txt cannot be read now; its pages wait")
        if not rules.can_fetch(url, ROBOT_NAME):
            return RobotsVerdict(False, "the site's robots.txt asks robots to stay away")
        delay_s = rules.crawl_delay(ROBOT_NAME)
        return RobotsVerdict(True, None, min(float(delay_s), MAX_CRAWL_DELAY_S) if delay_s else None)

    def _path(self, origin: str) -> Path:
        """Name the file of an origin."""
        return self._folder / f"{sha256(origin.encode()).hexdigest()[:32]}.json"

    def _read(self, origin: str) -> RobotsText | None:
        """Read what is remembered and still valid; a damaged file counts as nothing."""
        try:
            kept = RobotsText(**json.loads(self._path(origin).read_text("utf-8")))
            age = self._now - datetime.fromisoformat(kept.fetched_at)
        except (OSError, ValueError, TypeError):
            return None
        limit = KEPT_FOR if kept.is_readable else KEPT_WHEN_UNREADABLE
        return kept if kept.origin == origin and timedelta(0) <= age < limit else None

    def _keep(self, origin: str, answer: Answer) -> RobotsText:
        """Remember an answer; that this fails costs one more request tomorrow, so it fails in silence."""
        is_absent = answer.outcome is Outcome.HTTP_ERROR and 400 <= (answer.http_status or 0) < 500
        text = decode_robots(answer.body or b"")[:MAX_ROBOTS_CHARS]
        kept = RobotsText(origin, self._now.isoformat(), answer.outcome is Outcome.OK or is_absent, text)
        path = self._path(origin)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps(asdict(kept)).encode("ascii"))
        return kept
