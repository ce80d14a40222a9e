"""`deconflict decide` and `deconflict split`: a person's word, applied at once and published."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from interfaces.cli.inputs import parse_now
from interfaces.cli.render import print_json, print_lines
from model.errors import ConfigError, WarehouseError
from model.settings import Settings, load_settings
from warehouse.writer import Writer, open_writer

if TYPE_CHECKING:
    from pipeline.decisions import Author, Decided


def decide(
    left: str | None = None,
    right: str | None = None,
    verdict: Literal["same", "different"] | None = None,
    *,
    withdraw: str | None = None,
    by: str | None = None,
    note: str = "",
    now: str | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Say that two incidents or reports are the same or different; it outranks the resolver until it is withdrawn.

    Args:
        left: An incident or a report; the beginning of its id will do.
        right: The other one.
        verdict: Merge them and keep them together, or part them and keep them apart.
        withdraw: Take this decision back instead: what it merged is parted, what it parted goes back.
        by: Who decides; default: the name of this account.
        note: Why, for those who come after.
        now: The moment to take as now.
        as_json: Print the envelope decision/1.
    """
    from pipeline import decisions

    author = _author(by, note, now)
    if withdraw is not None:
        if left is not None:
            raise ConfigError("--withdraw goes alone", unchanged="nothing was written", next_step="leave the ids out")
        with _published(load_settings()) as writer:
            taken = decisions.withdraw(writer, withdraw, author)
        _print_withdrawn(taken, as_json)
        return
    if left is None or right is None or verdict is None:
        raise ConfigError(
            "two ids and a verdict are needed",
            unchanged="nothing was written",
            next_step="deconflict decide A B same, or different",
        )
    with _published(load_settings()) as writer:
        done = decisions.decide(writer, left, right, is_same=verdict == "same", author=author)
    _print_done(done, as_json)


def split(
    incident: str,
    *,
    reports: str,
    by: str | None = None,
    note: str = "",
    now: str | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Move reports of an incident to a new one, and keep them apart from the rest for good.

    Args:
        incident: The incident; it keeps its id and the reports that stay.
        reports: The reports that leave, with commas between them.
        by: Who decides; default: the name of this account.
        note: Why, for those who come after.
        now: The moment to take as now.
        as_json: Print the envelope decision/1.
    """
    from pipeline import decisions

    author = _author(by, note, now)
    named = [part.strip() for part in reports.split(",") if part.strip()]
    with _published(load_settings()) as writer:
        done = decisions.split(writer, incident, named, author)
    _print_done(done, as_json)


def _author(by: str | None, note: str, now: str | None) -> Author:
    from pipeline.decisions import Author

    return Author(by or getpass.getuser(), parse_now(now), note)


@contextmanager
def _published(settings: Settings) -> Iterator[Writer]:
    """Open the warehouse for writing, and publish what was written; nothing is published after an error."""
    if not settings.warehouse_path.exists():
        raise WarehouseError(
            f"there is no warehouse at {settings.warehouse_path}", next_step="deconflict run, or set DECONFLICT_HOME"
        )
    with open_writer(settings.warehouse_path) as writer:
        yield writer
        writer.publish(settings.snapshot_path)


def _print_withdrawn(taken: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        print_json("withdrawal/1", withdrawn=taken)
    else:
        print_lines(f"withdrawn: {', '.join(taken)}; what was merged is parted again, what was parted is one again")


def _print_done(done: Decided, as_json: bool) -> None:
    if as_json:
        print_json("decision/1", decision=done)
        return
    if done.gone_id is not None:
        print_lines(f"{done.gone_id} is merged into {done.kept_id}")
    if done.opened_id is not None:
        print_lines(f"{len(done.moved)} reports of {done.kept_id} are now {done.opened_id}")
    verdict = "same" if done.is_same else "different"
    print_lines(f"decided: {verdict}; to take it back: deconflict decide --withdraw {done.group_id}")
    if done.overruled:
        print_lines(f"overruled: {', '.join(done.overruled)}")
