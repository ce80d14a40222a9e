"""A server that misbehaves on purpose, byte by byte, on loopback: one path for each fault.

Belongs: the faults, what each of them is, and what a poller is to make of it (`cases`), from which
`docs/reference/faults.md` is written. Does not: anything that a well-behaved server does; that is the newsroom's.
"""

from newsroom.faults.server import Faults, running_faults
from newsroom.faults.wire import RSS, Request, answer, reset_at_once

__all__ = ["RSS", "Faults", "Request", "answer", "reset_at_once", "running_faults"]
