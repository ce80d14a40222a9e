"""Serve a corpus: `python -m newsroom CORPUS [--port N] [--now ISO] [--feeds-file PATH] ...`; one line when ready.

`python -m newsroom --faults` serves the faults of `newsroom.faults` in place of a corpus.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from model.errors import ConfigError, DeconflictError
from newsroom.faults.server import Faults, bind, serve_faults
from newsroom.press import N_ENTRIES, Newsroom
from newsroom.server import listen, prepare

EXIT_OK, EXIT_TRANSIENT, EXIT_CONFIG = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; print the address, alone on one line, once it answers.

    Returns: 0 after an interrupt, 1 where the port is taken, 2 where the corpus or an argument is wrong.
    """
    options = _options(arguments)
    try:
        if options.faults:
            asyncio.run(_serve_faults(options.port, options.feeds_file))
            return EXIT_OK
        newsroom = Newsroom(
            options.corpus, now=options.now, outlets=options.outlets, speed=options.speed, n_entries=options.entries
        )
        with listen(options.port) as listener:
            running, server = prepare(newsroom, listener)
            if options.feeds_file:
                running.write_feeds_file(options.feeds_file)
            sys.stdout.write(f"{running.address}\n")  # the socket listens already: who connects now is answered soon
            sys.stdout.flush()
            server.run(sockets=[listener])
    except KeyboardInterrupt:
        return EXIT_OK
    except DeconflictError as error:
        sys.stderr.write(f"newsroom: {error}\n")
        return EXIT_CONFIG if isinstance(error, ConfigError) else EXIT_TRANSIENT
    return EXIT_OK


async def _serve_faults(port: int, feeds_file: Path | None) -> None:
    """Serve the faults until interrupted."""
    faults, over = Faults(), asyncio.Event()

    def tell() -> None:
        if feeds_file:
            feeds_file.write_text(faults.feeds_file(), "utf-8")
        sys.stdout.write(f"http://{faults.host}\n")
        sys.stdout.flush()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    await serve_faults(faults, bind(port), tell, over)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="newsroom", description="Serve a corpus as live feeds and pages on loopback.")
    served = parser.add_mutually_exclusive_group(required=True)
    served.add_argument("corpus", type=Path, nargs="?", help="JSONL, plain or .gz")
    served.add_argument("--faults", action="store_true", help="serve faults in place of a corpus")
    parser.add_argument("--outlets", type=Path, help="outlets.toml; default: the one beside the corpus")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--now", type=_instant, help="where the clock begins, ISO 8601; default: the present")
    parser.add_argument("--speed", type=float, default=0.0, help="simulated seconds in a real one; 0 stands still")
    parser.add_argument("--entries", type=int, default=N_ENTRIES, help="longest feed")
    parser.add_argument("--feeds-file", type=Path, help="where to write the feeds.toml of this newsroom")
    return parser.parse_args(arguments)


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main())
