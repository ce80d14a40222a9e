"""`deconflict search`: incidents by the words of their titles, actors, places and types."""

from __future__ import annotations

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.incidents import print_incidents
from interfaces.cli.output import TABLE, Out
from interfaces.searching import find_incidents
from model.settings import load_settings
from warehouse.reader import open_snapshot

N_SHOWN = 50  # of one answer; more words narrow it


def search(*words: str, limit: int = N_SHOWN, out: Out = TABLE) -> int:
    """Find incidents by title, actor, alias, type or place in any spelling; all words must be found.

    Args:
        words: Words or their beginnings, such as wagner khusham.
        limit: At most so many.
        out: The form to print; the envelope is incidents/1.
    """
    with open_snapshot(load_settings().snapshot_path) as reader:
        found = find_incidents(reader, words)
        print_incidents(found[: max(0, limit)], reader, out)
    return ExitCode.OK
