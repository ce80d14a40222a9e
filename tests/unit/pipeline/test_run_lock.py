"""One run at a time: the second is refused at once, and no end of the first leaves a lock behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from model.errors import RunLockedError, WarehouseError
from pipeline.lock import run_lock

ROOT = Path(__file__).parents[3]
HOLD = """
import sys
from pathlib import Path
from pipeline.lock import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    path = tmp_path / "home" / "run.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield path, process
        process.kill()


def test_the_second_is_refused_and_told_who_has_it(holder):
    path, process = holder
    with pytest.raises(RunLockedError, match=rf"process {process.pid}"), run_lock(path):
        pass


def test_a_killed_holder_leaves_no_lock(holder):
    path, process = holder
    process.kill()
    process.wait()
    with run_lock(path):
        assert path.read_text() == str(os.getpid())


def test_it_holds_within_one_process_and_is_free_again_afterwards(tmp_path):
    path = tmp_path / "run.lock"
    with run_lock(path), pytest.raises(RunLockedError, match="another `make up`"), run_lock(path, "`make up`"):
        pass
    with pytest.raises(ValueError, match="x"), run_lock(path):
        raise ValueError("x")
    with run_lock(path):
        pass


def test_a_home_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "run.lock"
    with pytest.raises(WarehouseError, match="nothing was read or written; make the folder writable"), run_lock(path):
        pass


def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path) -> None:
    (tmp_path / "run.lock").symlink_to(tmp_path / "planted")
    with pytest.raises(WarehouseError), run_lock(tmp_path / "run.lock"):
        pass
    assert not (tmp_path / "planted").exists()


def test_a_lock_file_that_was_replaced_is_noticed(tmp_path, monkeypatch) -> None:
    import fcntl

    path = tmp_path / "run.lock"

    def replaced(file, how):
        path.unlink()
        path.touch()

    monkeypatch.setattr(fcntl, "flock", replaced)
    with pytest.raises(RunLockedError, match="was replaced"), run_lock(path):
        pass
