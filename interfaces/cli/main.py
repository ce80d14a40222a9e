"""The entry point: names the verbs, turns errors into one plain line and an exit code.

Verbs are named by import path, so that `deconflict incidents` never loads what `deconflict run` needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError, Group

from interfaces.cli.exit_codes import ExitCode, exit_code_of
from interfaces.cli.render import say
from model.errors import DeconflictError

READING = Group.create_ordered("Ask")
RUNNING = Group.create_ordered("Run")
JUDGING = Group.create_ordered("Look into")

app = App(
    name="deconflict",
    help="Watch news feeds, work out which reports tell of the same incident, keep every claim with its speaker.",
    version=lambda: version("deconflict"),
    help_format="plaintext",
)
VERBS = (
    ("run", "interfaces.cli.run:run", RUNNING),
    ("demo", "interfaces.cli.demo:demo", RUNNING),
    ("replay", "interfaces.cli.replay:replay", RUNNING),
    ("reprocess", "interfaces.cli.reprocess:reprocess", RUNNING),
    ("evaluate", "interfaces.cli.evaluate:evaluate", RUNNING),
    ("incidents", "interfaces.cli.incidents:incidents", READING),
    ("show", "interfaces.cli.show:show", READING),
    ("trends", "interfaces.cli.trends:trends", READING),
    ("sql", "interfaces.cli.sql:sql", READING),
    ("export", "interfaces.cli.export:export", READING),
    ("site", "interfaces.cli.site:site", READING),
    ("archive", "interfaces.cli.archive:archive", READING),
    ("code", "interfaces.cli.code:code", JUDGING),
    ("feeds", "interfaces.cli.feeds:feeds", JUDGING),
    ("explain", "interfaces.cli.explain:explain", JUDGING),
    ("review", "interfaces.cli.review:review", JUDGING),
    ("decide", "interfaces.cli.deciding:decide", JUDGING),
    ("split", "interfaces.cli.deciding:split", JUDGING),
    ("alerts", "interfaces.cli.alerts:alerts", JUDGING),
    ("runs", "interfaces.cli.runs:runs", JUDGING),
    ("doctor", "interfaces.cli.doctor:doctor", JUDGING),
)
for name, path, group in VERBS:
    app.command(path, name=name, group=group)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run_command(sys.argv[1:] if arguments is None else arguments))


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; every error of ours becomes one line on stderr. Returns the exit code."""
    try:
        result = app(list(arguments), exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except CycloptsError as error:
        say(f"deconflict: {' '.join(str(error).split())}; see deconflict --help")
        return ExitCode.USAGE
    except DeconflictError as error:
        say(f"deconflict: {error}")
        return exit_code_of(error)
    except BrokenPipeError:
        # The reader went away (`| head`): keep Python from complaining once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except KeyboardInterrupt:
        say("deconflict: interrupted; what was complete is kept")
        return ExitCode.INTERRUPTED
    return int(result) if isinstance(result, int) else ExitCode.OK
