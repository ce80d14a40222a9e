"""Decisions that wait for the next run: files under HOME/inbox, written by the review page and read by the monitor.

The page never opens the private file, so that a visitor can neither hold up a run nor be held up by one. A decision is
one file, named by what it says, so that saying it twice is saying it once. It is whole and on the disk before the page
answers, and goes when the run that has applied it is complete: killed anywhere between, the next run finds it again,
and applying it a second time changes nothing.

Of several words on one pair the latest counts. A word that cannot be applied, since its subject is gone, a later one
contradicts it, or its file cannot be read, is answered by an issue row of the run, and its file goes as well; one that
cannot be read is kept beside the others as `*.broken`.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from acquisition.archive import write_whole
from model.errors import ConfigError, ContractError, WarehouseError
from model.run import Issue, IssueCode, IssueLevel
from pipeline.decisions import Author, DecidedAlreadyError, decide
from warehouse import Writer

MAX_WORDS = 2_000  # characters of a note or a name: more is a mishap of pasting, and stands in every change log


@dataclass(frozen=True, slots=True)
class Queued:
    """A word on two incidents or reports that waits for a run; `at` is when the person said it."""

    left: str
    right: str
    is_same: bool
    by: str
    at: datetime
    note: str = ""

    @property
    def key(self) -> str:
        """What it says, as a name: the same pair, verdict, person and note give the same key, whenever said."""
        said = [*sorted((self.left, self.right)), self.is_same, self.by, self.note]
        return sha256(json.dumps(said).encode("utf-8")).hexdigest()[:32]

    @property
    def pair(self) -> tuple[str, str]:
        """The two sides in one order."""
        left, right = sorted((self.left, self.right))
        return left, right

    def __str__(self) -> str:
        """Tell it in words."""
        verdict = "same" if self.is_same else "different"
        note = f" ({self.note})" if self.note else ""
        return f"{self.left} {self.right} {verdict}, said by {self.by} at {self.at:%Y-%m-%d %H:%M}{note}"


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits: readable decisions, oldest first, and the files that are none."""

    waiting: tuple[Queued, ...] = ()
    broken: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What a run made of the inbox. `files` go once the run is complete."""

    n_applied: int = 0
    issues: tuple[Issue, ...] = ()
    files: tuple[Path, ...] = ()
    broken: tuple[Path, ...] = ()


def queue(folder: Path, word: Queued) -> bool:
    """Put a decision into the inbox; returns whether it was not there already. It is on the disk when this returns.

    Raises:
        ConfigError: it says nothing about two things, or its words are too long.
        WarehouseError: the folder cannot be written.
    """
    if not word.left or not word.right or word.left == word.right:
        raise ConfigError("a decision is about two things", unchanged="nothing was queued", next_step="name two ids")
    if not word.by.strip() or max(len(word.by), len(word.note)) > MAX_WORDS:
        raise ConfigError(
            "a decision has a name, and a note of no great length",
            unchanged="nothing was queued",
            next_step=f"give who decides, and at most {MAX_WORDS} characters",
        )
    path = folder / f"{word.key}.json"
    if path.exists():
        return False
    fields = {"left": word.left, "right": word.right, "is_same": word.is_same, "by": word.by, "note": word.note}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(fields | {"at": word.at.isoformat()}, ensure_ascii=True).encode("ascii"))
    except OSError as error:
        raise WarehouseError(
            f"cannot write {path}: {error.strerror}", unchanged="nothing was queued", next_step="mend the folder"
        ) from error
    return True


def look(folder: Path) -> Inbox:
    """Read the inbox without changing it."""
    waiting, broken = [], []
    for path in sorted(folder.glob("*.json")):
        try:
            waiting.append(_read(path))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError):
            broken.append(path)
    return Inbox(tuple(sorted(waiting, key=lambda word: (word.at, word.key))), tuple(broken))


def apply_inbox(writer: Writer, folder: Path, now: datetime) -> Answered:
    """Apply what waits, each word whole; what cannot be applied is answered by an issue.

    Args:
        writer: The private file, open for the run.
        folder: The inbox.
        now: The run's moment; a word that was said since then counts from when it was said.
    """
    found = look(folder)
    latest = {word.pair: word for word in found.waiting}
    issues = [_issue(f"{path.name} is no decision; it was set aside") for path in found.broken]
    n_applied = 0
    for word in found.waiting:
        if latest[word.pair].is_same != word.is_same:
            issues.append(_issue(f"not applied, a later word contradicts it: {word}; later: {latest[word.pair]}"))
        elif latest[word.pair] is word:
            failed = _apply(writer, word, now)
            issues += failed
            n_applied += not failed
    files = tuple(folder / f"{word.key}.json" for word in found.waiting)
    return Answered(n_applied, tuple(issues), files, found.broken)


def clear(answered: Answered) -> None:
    """Take what was answered out of the inbox, after the run that answered is complete."""
    for path in answered.files:
        path.unlink(missing_ok=True)
    for path in answered.broken:
        with suppress(OSError):
            path.rename(path.with_suffix(".broken"))


def _apply(writer: Writer, word: Queued, now: datetime) -> list[Issue]:
    newer = [
        d
        for d in writer.standing_decisions()
        if {d.left_id, d.right_id} == set(word.pair) and d.is_same != word.is_same and d.at > word.at
    ]
    if newer:
        return [_issue(f"not applied, decision {newer[-1].decision_id} of {newer[-1].by} is later: {word}")]
    try:
        author = Author(word.by, max(now, word.at), word.note)
        decide(writer, word.left, word.right, is_same=word.is_same, author=author)
    except DecidedAlreadyError:
        return []
    except (ConfigError, ContractError) as error:
        return [_issue(f"not applied, {error.message}: {word}")]
    return []


def _read(path: Path) -> Queued:
    fields = json.loads(path.read_bytes())
    at = datetime.fromisoformat(fields["at"])
    texts = [fields[name] for name in ("left", "right", "by", "note")]
    if not all(isinstance(text, str) for text in texts) or not isinstance(fields["is_same"], bool):
        raise TypeError("a value has the wrong kind")
    word = Queued(
        texts[0], texts[1], fields["is_same"], texts[2], at if at.tzinfo else at.replace(tzinfo=UTC), texts[3]
    )
    if f"{word.key}.json" != path.name:
        raise ValueError("the file is not named by what it says")
    return word


def _issue(message: str) -> Issue:
    return Issue(IssueLevel.WARNING, IssueCode.DECISION_NOT_APPLIED, f"decision {message}")
