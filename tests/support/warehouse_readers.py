"""Readers in a loop: `python warehouse_readers.py SNAPSHOT N_THREADS`; ends when its standard input does.

Each look opens the snapshot and checks what must hold of whole runs. Prints the number of looks, then every fault.
"""

# ruff: noqa: T201 - a program that talks to the test that starts it

import sys
import threading
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from warehouse import open_snapshot  # noqa: E402 - after the path is set

# Every run of the tests opens five incidents by five reports with one claim each, and says so in five changes.
WHOLE = """
    SELECT count(*), (SELECT count(*) FROM pub.report), (SELECT count(*) FROM pub.claim),
           (SELECT count(*) FROM pub.change), (SELECT max(change_id) FROM pub.change),
           (SELECT 5 * count(*) FROM pub.run)
    FROM pub.incident
"""


def look(snapshot: Path, stop: threading.Event, faults: list[str], looks: list[int]) -> None:
    """Look until told to stop."""
    while not stop.is_set():
        try:
            with open_snapshot(snapshot, n_threads=1) as reader:
                counts = reader.sql(WHOLE).rows[0]
            if len(set(counts)) != 1:
                faults.append(f"a half run: {counts}")
        except Exception as error:  # whatever it is, it is what the test asks for
            faults.append(repr(error))
        looks.append(1)


def main() -> None:
    """Start the readers, wait for the end of standard input, and tell."""
    snapshot, n_threads = Path(sys.argv[1]), int(sys.argv[2])
    stop, faults, looks = threading.Event(), [], []
    threads = [threading.Thread(target=look, args=(snapshot, stop, faults, looks)) for _ in range(n_threads)]
    for thread in threads:
        thread.start()
    print("reading", flush=True)
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()
    print(len(looks), *faults, sep="\n", flush=True)


if __name__ == "__main__":
    main()
