"""Jobs that misbehave on purpose, by which `deconflict doctor` and the tests see that the pool's limits hold."""

from __future__ import annotations

import os
import time

WEIGHT_BYTES = 64 << 20  # what an ordinary page may need


def trial(name: str) -> object:
    """Do what `name` says: `echo` and `pid` answer; `spin`, `wait`, `hoard`, `exit` and `raise` misbehave.

    `weigh` uses the memory of an ordinary page, by which the pool sees whether the machine has it.

    Raises:
        ValueError: for `raise`, and for a name that is none of these.
    """
    match name:
        case "echo":
            return name
        case "pid":
            return os.getpid()
        case "spin":
            while True:
                pass
        case "wait":
            time.sleep(60)
            return name
        case "hoard":
            return len(bytearray(1 << 30))
        case "weigh":
            return len(b"x" * WEIGHT_BYTES)
        case "exit":
            os._exit(3)
    raise ValueError("on purpose")
