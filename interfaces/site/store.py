"""The folder of the site: each file is replaced in one step, what did not change is not touched, leftovers go last.

A page is written before a list that leads to it, and removed after it: whenever a build is cut off, every page is
whole, old or new, and every link of a list leads somewhere; the next build goes on from there. A list of what was
written, with the hash of each file and the mark of each incident, tells the next build what it may leave alone. To swap
whole folders would be one step more atomic, but to link the twenty thousand files of ten thousand incidents anew and
drop the old ones took 2.3 s (0.5 s of processor time) at every run.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

from model.errors import ConfigError, WarehouseError

LIST = ".deconflict-site.json"
OWNED = ("incident", "archive", "assets", "data")  # folders in which everything is the site's own
_FORM = 1
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class _Written:
    """What the list of an earlier build tells: version of its pages, hashes by path, marks by incident, its boot."""

    version: str
    hashes: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    boot: str = ""


_NOTHING = _Written("")


class Store:
    """One build's view of the folder.

    Args:
        folder: The site's folder; made if it is not there.
        version: A mark of everything but the data: with another one, every incident's page is made anew.

    Raises:
        ConfigError: the folder holds pages that are not ours, or cannot be written.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self._version = version
        self._hashes: dict[str, str] = {}
        self._marks: dict[str, str] = {}
        self.n_written = 0
        self.n_removed = 0
        before = self._read_list()
        self._old_hashes = before.hashes
        self._old_marks = before.marks if before.version == version else {}
        try:
            for name in OWNED:
                (folder / name).mkdir(parents=True, exist_ok=True)
            is_sure = bool(before.boot) and before.boot == boot_id()
            self._present = {path for name in OWNED for path in self._files_of(name, is_sure=is_sure)}
            if before == _NOTHING:
                self._save({}, {})  # from now on the folder is known to be ours
        except OSError as error:
            raise self._failed(error) from error

    @property
    def n_kept(self) -> int:
        """Files that were left as they are."""
        return len(self._hashes) - self.n_written

    def text(self, path: str) -> str:
        """Return what an earlier build of these pages wrote to `path`; empty where it is not as it was left."""
        with suppress(OSError, UnicodeDecodeError):
            data = (self.folder / path).read_bytes()
            if self._old_marks and digest_of(data) == self._old_hashes.get(path):
                return data.decode("utf-8")
        return ""

    def was(self, name: str) -> str | None:
        """Return the mark that an earlier build of the same pages left for `name`; null for none."""
        return self._old_marks.get(name)

    def is_current(self, name: str, mark: str, *paths: str) -> bool:
        """Say whether the files of `name`, an incident or a list, are there as its mark wants them; if so keep them."""
        if self._old_marks.get(name) != mark:
            return False
        for path in paths:
            if path not in self._present or path not in self._old_hashes:
                return False
        self._marks[name] = mark
        for path in paths:
            self._hashes[path] = self._old_hashes[path]
        return True

    def mark(self, name: str, mark: str) -> None:
        """Remember the mark of an incident or a list whose files have been put."""
        self._marks[name] = mark

    def put(self, path: str, content: str | bytes) -> None:
        """Write a file unless it is there with the same content.

        Raises:
            WarehouseError: the folder cannot be written. ValueError: an id makes no name of a file.
        """
        if path.startswith("/") or ".." in path:
            raise ValueError(f"{path!r} would lie outside of the site")
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        digest = digest_of(data)
        self._hashes[path] = digest
        if self._old_hashes.get(path) == digest and self._is_present(path):
            return
        try:
            replace_file(self.folder / path, data)
        except OSError as error:
            raise self._failed(error) from error
        self.n_written += 1

    def adopt(self, path: str, digest: str, *, is_written: bool) -> None:
        """Take note of a file that a helping process has put."""
        self._hashes[path] = digest
        self.n_written += is_written

    def finish(self) -> None:
        """Remove what is no page any more, and write the list."""
        try:
            for path in sorted(self._present - self._hashes.keys()):
                (self.folder / path).unlink(missing_ok=True)
                self.n_removed += 1
            if (self._hashes, self._marks) != (self._old_hashes, self._old_marks) or self.n_written:
                self._save(self._hashes, self._marks)
        except OSError as error:
            raise self._failed(error) from error

    def _is_present(self, path: str) -> bool:
        return path in self._present if "/" in path else (self.folder / path).is_file()

    def _files_of(self, name: str, *, is_sure: bool) -> list[str]:
        """List the files of an owned folder that hold something.

        A file of no bytes is what a power cut leaves: unless the machine runs since the last build (`is_sure`), the
        size of each is asked, 3 µs for each of twenty thousand files.
        """
        with os.scandir(self.folder / name) as found:
            return [f"{name}/{item.name}" for item in found if item.is_file() and (is_sure or item.stat().st_size)]

    def _read_list(self) -> _Written:
        path = self.folder / LIST
        if not path.exists():
            if (self.folder / "index.html").exists():
                raise ConfigError(
                    f"{self.folder} holds an index.html that no `site build` made",
                    unchanged="it was left alone",
                    next_step="name another folder with --to",
                )
            return _NOTHING
        with suppress(OSError, ValueError):
            listed = json.loads(path.read_bytes())
            if listed.get("form") == _FORM:
                return _Written(
                    str(listed["version"]), dict(listed["hashes"]), dict(listed["marks"]), str(listed.get("boot", ""))
                )
        return _Written("another form, or torn")  # ours: everything is made anew

    def _save(self, hashes: dict[str, str], marks: dict[str, str]) -> None:
        listed = {"form": _FORM, "version": self._version, "boot": boot_id(), "hashes": hashes, "marks": marks}
        replace_file(self.folder / LIST, json.dumps(listed, separators=(",", ":")).encode())

    def _failed(self, error: OSError) -> WarehouseError:
        return WarehouseError(
            f"cannot write the site to {self.folder}: {error.strerror or error}",
            unchanged="the pages that are there stay whole",
            next_step="free some space or mend the folder, then `deconflict site build`",
        )


def boot_id() -> str:
    """Return an id of the time since the machine was started (Linux); empty where none is to be had."""
    try:
        return _BOOT_ID.read_text("ascii").strip()
    except OSError:
        return ""


def digest_of(data: bytes) -> str:
    """Return the hash by which a file is told to be as it was left."""
    return blake2b(data, digest_size=12).hexdigest()


def write_changed(path: Path, data: bytes) -> bool:
    """Write a file unless it holds this already; returns whether it was written."""
    with suppress(OSError):
        if path.read_bytes() == data:
            return False
    replace_file(path, data)
    return True


def replace_file(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there in one step."""
    partial = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
