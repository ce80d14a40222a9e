"""Prefect's worker for one pool of processes, which ends with who started it.

python -m flows.worker POOL
"""

from __future__ import annotations

import runpy
import sys

from flows.process_tree import end_with_parent


def main() -> None:
    """Work until a signal comes."""
    end_with_parent()
    sys.argv = ["prefect", "worker", "start", "--pool", sys.argv[1], "--type", "process"]
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
