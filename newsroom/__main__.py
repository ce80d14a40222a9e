"""Serve a corpus: `python -m newsroom CORPUS [--port N] [--now ISO] [--feeds-file PATH] ...`; one line when ready."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from model.errors import ConfigError, DeconflictError
from newsroom.press import N_ENTRIES, Newsroom
from newsroom.server import listen, prepare

EXIT_OK, EXIT_TRANSIENT, EXIT_CONFIG = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; print the address, alone on one line, once it answers.

    Returns: 0 after an interrupt, 1 where the port is taken, 2 where the corpus or an argument is wrong.
    """
    options = _options(arguments)
    try:
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


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="newsroom", description="Serve a corpus as live feeds and pages on loopback.")
    parser.add_argument("corpus", type=Path, help="JSONL, plain or .gz")
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
