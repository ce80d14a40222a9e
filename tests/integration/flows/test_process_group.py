"""Children and grandchildren end with their household, whatever they think of signals."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.logs import open_log, rotate
from flows.process_group import ProcessGroup, Stopped, end_process_tree, stop_on_signals
from model.errors import TransientError

ROOT = Path(__file__).parents[3]
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = os.fork()
if child:
    print(child, "up", flush=True)
else:
    os.setsid()
time.sleep(600)
"""
OBEDIENT = "import time; print('up', flush=True); time.sleep(600)"


@pytest.fixture
def house(tmp_path, monkeypatch):
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    (tmp_path / "obedient.py").write_text(OBEDIENT)
    (tmp_path / "failing.py").write_text("import sys; print('why'); sys.exit(3)")
    (tmp_path / "quick.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    house = ProcessGroup(tmp_path, tmp_path / "logs")
    yield house
    house.stop()


def lives(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def wait_for(condition, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert condition()


def log(house, name):
    return (house.log_folder / f"{name}.log").read_text()


def test_a_child_that_ignores_us_is_killed_with_what_it_started_in_other_sessions(house):
    leader = house.start("stubborn", ["stubborn"])
    wait_for(lambda: "up" in log(house, "stubborn"))
    grandchild = int(next(word for word in log(house, "stubborn").split() if word.isdigit()))
    assert lives(grandchild)
    end_process_tree(leader, grace_s=0.5)
    assert leader.returncode == -signal.SIGKILL
    wait_for(lambda: not lives(grandchild))


def test_a_child_that_listens_is_asked_first(house):
    leader = house.start("obedient", ["obedient"])
    wait_for(lambda: "up" in log(house, "obedient"))
    house.stop()
    assert leader.returncode == -signal.SIGTERM
    assert house.children == {}


def test_a_child_that_fails_is_named_with_its_log(house):
    with pytest.raises(TransientError, match=r"failing ended with code 3: why; see .*failing\.log"):
        house.start("failing", ["failing"])
        house.wait_until(lambda: False, 20.0, "failing")
    assert log(house, "failing") == "why\n"


def test_waiting_has_an_end(house):
    house.start("obedient", ["obedient"])
    with pytest.raises(TransientError, match="not ready"):
        house.wait_until(lambda: False, 0.3, "obedient")


def test_a_signal_ends_the_waiting_and_the_handlers_come_back(house):
    before = signal.getsignal(signal.SIGTERM)
    house.start("obedient", ["obedient"])
    with pytest.raises(Stopped), stop_on_signals(house.stopping):
        os.kill(os.getpid(), signal.SIGTERM)
        house.wait_until(lambda: False, 20.0, "obedient")
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_child_can_be_interrupted_though_our_parent_was_not(house):
    """A shell starts background jobs with SIGINT ignored; our handlers must not hand that down."""
    ignored = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stop_on_signals(house.stopping):
            leader = house.start("obedient", ["obedient"])
            wait_for(lambda: "up" in log(house, "obedient"))
            os.kill(leader.pid, signal.SIGINT)
            assert leader.wait(20) != 0
    finally:
        signal.signal(signal.SIGINT, ignored)


def test_a_child_that_ended_is_started_again_later_each_time_and_its_log_goes_on(house):
    house.start("failing", ["failing"])
    for number, wait_s in ((1, 1.0), (2, 2.0), (3, 4.0)):
        house.children["failing"].wait()
        now_s = time.monotonic()
        assert list(house.mend(now_s)) == [f"The failing ended with code 3 (why); started again in {wait_s:.0f} s"]
        assert list(house.mend(now_s + wait_s - 0.1)) == []
        assert list(house.mend(now_s + wait_s)) == ["The failing is started again"]
        wait_for(lambda: log(house, "failing") == "why\n" * (number + 1))  # noqa: B023 - called at once


def test_a_child_that_lived_long_is_started_again_soon(house):
    house.start("quick", ["quick"])
    house.children["quick"].wait()
    assert [line for line in house.mend(time.monotonic()) if "in 1 s" in line]
    list(house.mend(time.monotonic() + 1))
    house.children["quick"].wait()
    assert [line for line in house.mend(time.monotonic() + 3600) if "in 1 s" in line]


def test_a_log_is_rotated_under_the_child_that_writes_it_and_no_link_is_followed(tmp_path):
    path = tmp_path / "worker.log"
    with open_log(path) as child:
        for number in range(5):
            child.write(f"part {number}\n".encode())
            assert rotate(path, 3)
        assert not rotate(path, 3)
        child.write(b"new\n")
    assert path.read_text() == "new\n"
    assert [(tmp_path / f"worker.log.{n}").read_text() for n in (1, 2, 3)] == ["part 4\n", "part 3\n", "part 2\n"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["worker.log", *(f"worker.log.{n}" for n in (1, 2, 3))]
    assert path.stat().st_mode & 0o777 == 0o600
    (tmp_path / "elsewhere").write_text("kept")
    (tmp_path / "server.log").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"):
        open_log(tmp_path / "server.log")
    assert not rotate(tmp_path / "server.log", 1)
    assert (tmp_path / "elsewhere").read_text() == "kept"


def test_a_child_ends_with_a_parent_that_was_killed(tmp_path):
    if sys.platform != "linux":
        pytest.skip("asked of Linux only")
    child = (
        "from flows.process_tree import end_with_parent as e; e(); import time; "
        "print('up', flush=True); time.sleep(600)"
    )
    start = (
        f"import subprocess as s, sys, time\nc = s.Popen([sys.executable, '-c', {child!r}]); print(c.pid, flush=True)"
    )
    parent = f"{start}; time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        said = [process.stdout.readline(), process.stdout.readline()]
        pid = int(next(line for line in said if line.strip().isdigit()))
        assert lives(pid)
        process.kill()
    wait_for(lambda: not lives(pid))
