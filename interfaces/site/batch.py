"""Pages of many incidents: rendered here, or in several processes where there are so many that it pays.

A page takes a millisecond or two of one processor, and nothing of another page; a process of its own, which opens the
published file for itself, takes half a second to start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from interfaces.addresses import incident_path
from interfaces.site.incident import incident_json, incident_view
from interfaces.site.render import page
from interfaces.site.store import Store, digest_of, write_changed
from model.errors import WarehouseError
from warehouse.reader import Reader, open_snapshot

N_ALONE = 1_000  # incidents: two seconds' work for one process
MOST_PROCESSES = 4  # a site is built beside other work
_START = [sys.executable, "-m", "interfaces.site.batch"]


def json_path(incident_id: str) -> str:
    """Return where the JSON beside an incident's page lies."""
    return incident_path(incident_id).removesuffix(".html") + ".json"


def render_incidents(reader: Reader, incident_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give the files of these incidents by path, the JSON before the page that leads to it."""
    rows = {row.incident_id: row for row in reader.incidents(incident_ids)}
    for facts in reader.incident_facts([rows[i] for i in incident_ids]):
        incident_id = facts.incident.incident_id
        view = incident_view(facts)
        yield json_path(incident_id), incident_json(facts)
        yield incident_path(incident_id), page("incident", incident_path(incident_id), view.row.line, None, v=view)


def put_incidents(reader: Reader, store: Store, snapshot: Path, incident_ids: Sequence[str]) -> None:
    """Write the files of these incidents.

    Raises:
        WarehouseError: they cannot be written, or a process that was to write some of them ended otherwise.
    """
    n = min(MOST_PROCESSES, os.cpu_count() or 1) if len(incident_ids) > N_ALONE else 1
    helpers = [_start(snapshot.resolve(), store.folder.resolve(), incident_ids[part::n]) for part in range(1, n)]
    try:
        for path, text in render_incidents(reader, incident_ids[::n]):
            store.put(path, text)
        for helper in helpers:
            _collect(helper, store)
    finally:
        for helper in helpers:
            helper.kill()
            helper.wait()


def _start(snapshot: Path, folder: Path, incident_ids: Sequence[str]) -> subprocess.Popen[str]:
    helper = subprocess.Popen(  # noqa: S603 - fixed program, no shell
        _START, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    job = {"snapshot": str(snapshot), "folder": str(folder), "incident_ids": list(incident_ids)}
    if helper.stdin:
        json.dump(job, helper.stdin)
        helper.stdin.close()
        helper.stdin = None
    return helper


def _collect(helper: subprocess.Popen[str], store: Store) -> None:
    out, errors = helper.communicate()
    if helper.returncode:
        raise WarehouseError(
            f"cannot write the site: {(errors.strip() or f'status {helper.returncode}').splitlines()[-1]}",
            unchanged="the pages that are there stay whole",
            next_step="free some space or mend the folder, then `deconflict site build`",
        )
    for path, (digest, is_written) in json.loads(out).items():
        store.adopt(path, digest, is_written=is_written)


def main() -> None:
    """Write the files that standard input names, and tell their hashes on standard output."""
    asked = json.load(sys.stdin)
    done: dict[str, tuple[str, bool]] = {}
    with open_snapshot(Path(asked["snapshot"])) as reader:
        for path, text in render_incidents(reader, asked["incident_ids"]):
            data = text.encode("utf-8", "replace")
            done[path] = (digest_of(data), write_changed(Path(asked["folder"]) / path, data))
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    main()
