"""The answer of a check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"  # worth knowing; nothing fails for it
    WRONG = "wrong"  # something fails, or will; `deconflict doctor` leaves with 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` says what to do, empty where all is well."""

    what: str
    verdict: Verdict
    found: str
    mend: str = ""


def well(what: str, found: str) -> Finding:
    """All is well."""
    return Finding(what, Verdict.OK, found)


def note(what: str, found: str, mend: str) -> Finding:
    """Worth knowing."""
    return Finding(what, Verdict.NOTE, found, mend)


def wrong(what: str, found: str, mend: str) -> Finding:
    """To be mended."""
    return Finding(what, Verdict.WRONG, found, mend)
