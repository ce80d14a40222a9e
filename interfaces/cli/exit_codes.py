"""Exit codes of `deconflict`, for shells and schedulers. Documented in docs/reference/command-line.md."""

from __future__ import annotations

from enum import IntEnum

from model.errors import ConfigError, ContractError, DeconflictError, WarehouseError


class ExitCode(IntEnum):
    """What the exit code of a command means."""

    OK = 0
    FAILED = 1
    USAGE = 2  # wrong words on the command line, or a file or setting that a person must mend
    WAREHOUSE = 3  # missing, locked, unwritable, or of a newer schema
    PARTIAL = 4  # some feeds or rows failed; everything else was written
    CONTRACT = 5  # the data would have broken the public contract; nothing was written
    CONDITION = 10  # `--exit-code` was given and its condition holds
    HUNG_UP = 129  # the terminal was closed (SIGHUP)
    INTERRUPTED = 130
    TERMINATED = 143  # ended by SIGTERM


def exit_code_of(error: DeconflictError) -> ExitCode:
    """The exit code that goes with an error."""
    if isinstance(error, ConfigError):
        return ExitCode.USAGE
    if isinstance(error, WarehouseError):
        return ExitCode.WAREHOUSE
    if isinstance(error, ContractError):
        return ExitCode.CONTRACT
    return ExitCode.FAILED
