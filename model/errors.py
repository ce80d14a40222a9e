"""Errors, by what the reader should do next. One root; foreign exceptions are translated where they arise."""

from __future__ import annotations

import errno

# A full disk or quota, a disk that fails or is read-only, too many open files, no memory: nobody else's fault.
_OF_THIS_MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
)


class DeconflictError(Exception):
    """Root of every error that Deconflict raises on purpose.

    Args:
        message: What failed, with ids, and why.
        unchanged: What was left as it was.
        next_step: What the reader should do.
    """

    def __init__(self, message: str, *, unchanged: str | None = None, next_step: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.unchanged = unchanged
        self.next_step = next_step

    def __str__(self) -> str:
        """Render as one line: what failed; what was left unchanged; what to do next."""
        parts = (self.message, self.unchanged, self.next_step)
        return "; ".join(part.rstrip(".;") for part in parts if part)


class TransientError(DeconflictError):
    """Try again later: the network, a busy disk."""


class SourceError(DeconflictError):
    """Put this entry, page or corpus line aside and go on with the rest."""


class ContractError(DeconflictError):
    """Stop the run and write nothing: the data would break the public contract."""


class ConfigError(DeconflictError):
    """A person must edit a file or a setting."""


class WarehouseError(DeconflictError):
    """The warehouse is missing, unwritable, or of another schema."""


class WarehouseLockedError(WarehouseError):
    """Another process holds the warehouse; its pid stands in the message."""


class RunLockedError(DeconflictError):
    """Another run of this home is under way."""


def is_of_this_machine(error: BaseException) -> bool:
    """Say whether an error or one of its causes is a fault of this machine, so that no source may be blamed for it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, MemoryError) or (isinstance(cause, OSError) and cause.errno in _OF_THIS_MACHINE):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def machine_fault(error: BaseException | str) -> TransientError:
    """Translate a fault of this machine, or describe one."""
    words = " ".join(str(error).split()) or type(error).__name__
    return TransientError(
        f"this machine is at fault, and no feed is blamed: {words[:300]}",
        unchanged="nothing of this run was stored",
        next_step="see deconflict doctor for disk and memory, then run again",
    )
