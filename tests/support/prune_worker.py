"""A process that prunes and publishes again and again until it is killed: `python prune_worker.py FILE [LIMIT_BYTES]`.

Prints `open`, then before each pruning `pruning` and after it `pruned`; `refused ...` when the warehouse says that it
could not. Each time it puts the old texts back first, so that there is always something to prune.
"""

# ruff: noqa: T201 - a program that talks to the test that starts it

import resource
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from warehouse_world import at  # noqa: E402 - after the path is set

from model.errors import WarehouseError  # noqa: E402
from warehouse import open_writer  # noqa: E402


def main() -> None:
    """Prune without end."""
    if len(sys.argv) > 2:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write past the limit then fails as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    with open_writer(Path(sys.argv[1])) as writer:
        con = writer._con
        print("open", flush=True)
        for _ in range(10_000):
            con.execute(
                "INSERT INTO core.article_text SELECT article_no, repeat(title || ' ', 40) FROM core.article "
                "WHERE article_no NOT IN (SELECT article_no FROM core.article_text)"
            )
            print("pruning", flush=True)
            try:
                writer.prune_texts(at(2))
                writer.publish(Path(sys.argv[1]).parent / "published" / "incidents.duckdb")
            except WarehouseError as error:
                print("refused", error, flush=True)
                return
            print("pruned", flush=True)


if __name__ == "__main__":
    main()
