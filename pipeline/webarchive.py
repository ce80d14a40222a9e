"""The archive as a web archive that other tools replay and check."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from typing import BinaryIO

from acquisition.archive import Archive
from acquisition.warc import WarcWritten, write_warc
from model.settings import Settings
from warehouse import open_snapshot


def export_archive(
    settings: Settings, file: BinaryIO, *, name: str, now: datetime, since: datetime | None = None
) -> WarcWritten:
    """Write what was fetched, as far as the snapshot tells of it and the archive has it.

    Args:
        settings: Where snapshot and archive are.
        file: Where to write.
        name: The file's own name.
        now: The moment of writing (aware).
        since: Only what was fetched at or after this moment; null: everything.

    Raises:
        WarehouseError: there is no published snapshot.
    """
    software = f"deconflict/{version('deconflict')}"
    with open_snapshot(settings.snapshot_path) as reader:
        responses = reader.kept_responses(since)
        return write_warc(file, responses, Archive(settings.archive_path), software=software, name=name, now=now)
