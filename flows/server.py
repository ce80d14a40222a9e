"""Prefect's server on loopback, for this machine's own pages and programs only.

    python -m flows.server --port PORT

Prefect's own command has no check of `Host` and none of `Origin`; otherwise this is the same server. It asks everybody
for the password of `flows.secret`, which comes in the environment.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import uvicorn
from prefect.server.api.server import create_app

from flows.process_tree import end_with_parent
from interfaces.loopback import OwnPagesOnly

HOST = "127.0.0.1"
KEEP_ALIVE_S = 5  # Prefect's own


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until a signal comes."""
    parser = argparse.ArgumentParser(prog="server", description="Prefect's server for this machine.")
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args(arguments).port
    end_with_parent()
    app = OwnPagesOnly(create_app(final=True), port)
    uvicorn.run(app, host=HOST, port=port, timeout_keep_alive=KEEP_ALIVE_S, log_level="warning", server_header=False)


if __name__ == "__main__":
    main()
