"""kill -9 at fifty instants of archiving: what bears a hash is whole, and the next run ends as an undisturbed one."""

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

from acquisition.archive import Archive

BODIES = [f"body {number} ".encode() * (200 + 4000 * number) for number in range(8)]


def archive_until_killed(folder: Path, n_put: int) -> None:
    """Archive in a child process; kill it as soon as it has told of `n_put` bodies, the next one being under way."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            for body in BODIES:
                Archive(folder).put(body)
                os.write(writing, b".")
        finally:
            os._exit(0)
    os.close(writing)
    for _ in range(n_put):
        os.read(reading, 1)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(reading)


def kept(folder: Path) -> set[str]:
    return {path.stem for path in folder.rglob("*.zst")}


def test_fifty_kills_leave_a_sound_archive(tmp_path: Path) -> None:
    undisturbed = tmp_path / "undisturbed"
    names = {Archive(undisturbed).put(body) for body in BODIES}
    for number in range(50):
        folder, n_put = tmp_path / str(number), number % 7
        archive_until_killed(folder, n_put)
        archive = Archive(folder)
        survivors = kept(folder)
        assert len(survivors) >= n_put
        assert all(archive.get(name) for name in survivors)
        for body in BODIES:
            archive.put(body)
        assert kept(folder) == names == kept(undisturbed)


def test_leftovers_are_swept_once_they_are_old(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    path = archive.path_of(archive.put(b"news"))
    left = path.parent / ".tmp-left"
    left.write_bytes(b"half")
    now = datetime.now(UTC)
    assert archive.sweep(now) == 0
    assert archive.sweep(now + timedelta(hours=2)) == 1
    assert archive.sweep(now + timedelta(hours=2)) == 0
    assert not left.exists()
    assert archive.get(path.stem) == b"news"
