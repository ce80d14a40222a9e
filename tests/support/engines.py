"""Other versions of DuckDB than ours, each in a folder of its own under var/engines, fetched once and by hash.

The lock files in engines/ are made by `make lock`. Asked for with `python tests/support/engines.py`: fetches them all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

LOCKS = Path(__file__).parent / "engines"
FOLDER = Path(__file__).parents[2] / "var" / "engines"
LINES = tuple(sorted(path.stem.removeprefix("duckdb-") for path in LOCKS.glob("*.lock")))
INDEX_TIMEOUT_S = 10  # of one answer; a machine without an index learns so at once, as a rule
PIP_TIMEOUT_S = 120


class NotToBeHadError(Exception):
    """No package index answered, or it has nothing for this machine."""


def engine(line: str) -> Path:
    """Give the folder to put on the path for DuckDB of a line such as 2.0, fetching it where it is not there yet.

    Raises:
        NotToBeHadError: no index has it for this machine.
        RuntimeError: what came is not what the lock file says.
    """
    lock = LOCKS / f"duckdb-{line}.lock"
    made = sha256(lock.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = FOLDER / f"duckdb-{line}-{made}"
    if not folder.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as partial:
            _fetch(lock, Path(partial) / "packages")
            for old in FOLDER.glob(f"duckdb-{line}-*"):
                shutil.rmtree(old)
            (Path(partial) / "packages").rename(folder)
    return folder


def _fetch(lock: Path, target: Path) -> None:
    arguments = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--require-hashes", "--only-binary", ":all:", "--retries", "0", "--timeout", str(INDEX_TIMEOUT_S),
        "--target", str(target), "--requirement", str(lock),
    ]  # fmt: skip
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=PIP_TIMEOUT_S)
    except subprocess.TimeoutExpired as error:
        raise NotToBeHadError(f"the package index took over {PIP_TIMEOUT_S} s") from error
    if "DO NOT MATCH THE HASHES" in done.stderr:
        raise RuntimeError(done.stderr)
    if done.returncode:
        raise NotToBeHadError((done.stderr.strip().splitlines() or ["pip failed"])[-1])


def run_with(folder: Path | None, code: str, *arguments: str) -> str:
    """Run Python code with DuckDB of that folder (null: ours), and return what it prints."""
    path = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), *path] if folder else path)}
    return subprocess.check_output([sys.executable, "-c", code, *arguments], text=True, env=environment)


if __name__ == "__main__":
    for one in LINES:
        print(engine(one))  # noqa: T201 - what the command is for
