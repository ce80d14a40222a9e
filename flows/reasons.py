"""Expected failures in Prefect's logs: one line with the reason, without a traceback.

An error of ours says what failed, what was left unchanged and what to do; 175 lines of Prefect's frames before it hide
that. What is not expected keeps its traceback.
"""

from __future__ import annotations

import logging

from model.errors import DeconflictError

FLOWS, TASKS = "prefect.flow_runs", "prefect.task_runs"


class _InOneLine(logging.Filter):
    """Shortens records of our errors; `is_silent` drops them, where somebody else says the same."""

    def __init__(self, *, is_silent: bool) -> None:
        super().__init__()
        self.is_silent = is_silent

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the record is logged."""
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, DeconflictError):
            return True
        record.msg, record.args, record.exc_info, record.exc_text = "%s", (str(error),), None, None
        return not self.is_silent


def in_one_line(*, is_reported: bool = False) -> None:
    """Have expected failures of flows logged as one line, and those of their tasks not again; once for a process.

    Args:
        is_reported: Whether somebody else tells the person why the flow failed.
    """
    for name, is_silent in ((FLOWS, is_reported), (TASKS, True)):
        log = logging.getLogger(name)
        if not any(isinstance(one, _InOneLine) for one in log.filters):
            log.addFilter(_InOneLine(is_silent=is_silent))
