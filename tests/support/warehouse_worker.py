"""A process that appends and publishes until it is killed: `python warehouse_worker.py HOME FIRST [LIMIT_BYTES]`.

Prints `acked N` after each run that the warehouse has acknowledged, `published N` after each publish, and
`refused ...` when the warehouse says that it could not write.
"""

# ruff: noqa: T201 - a program that talks to the test that starts it

import resource
import signal
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from warehouse_world import make_article, opening_batch  # noqa: E402 - after the path is set

from model.errors import WarehouseError  # noqa: E402
from model.run import RunBatch  # noqa: E402
from warehouse import open_writer  # noqa: E402


def batch_of(number: int) -> RunBatch:
    """A run of five incidents and one long article, so that a kill has something to hit."""
    batch = opening_batch(number, n_reports=5)
    long_one = replace(make_article(number * 1000 + 999, hours=number), text=f"long {number} " * 20_000)
    return replace(batch, articles=(*batch.articles, long_one))


def main() -> None:
    """Append and publish without end."""
    home, first = Path(sys.argv[1]), int(sys.argv[2])
    if len(sys.argv) > 3:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write past the limit then fails as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    try:
        with open_writer(home / "warehouse.duckdb") as writer:
            print("open", flush=True)
            for number in range(first, first + 10_000):
                writer.append(batch_of(number))
                print("acked", number, flush=True)
                writer.publish(home / "published" / "incidents.duckdb")
                print("published", number, flush=True)
    except WarehouseError as error:
        print("refused", error, flush=True)


if __name__ == "__main__":
    main()
