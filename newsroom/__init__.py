"""A pretend press: serves a corpus as live feeds and pages on loopback, for the demo, the tests and the benches.

Belongs: reading a corpus as outlets, the clock, feeds in four forms, article pages, the server and its faults.
Does not: polling, parsing or coding; nothing of Deconflict's own but `model` is imported here.
"""

from newsroom.press import Newsroom
from newsroom.server import RunningNewsroom, running_newsroom

__all__ = ["Newsroom", "RunningNewsroom", "running_newsroom"]
