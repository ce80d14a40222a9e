"""The entry point: names the verbs, turns errors into one plain line and an exit code.

Verbs are named by import path, so that `deconflict incidents` never loads what `deconflict run` needs.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

from cyclopts import App, CycloptsError, Group, Parameter

from interfaces.cli.exit_codes import ExitCode, exit_code_of
from interfaces.cli.render import print_error, verbosity
from model.errors import DeconflictError

BEGINNING = Group.create_ordered("Begin")
RUNNING = Group.create_ordered("Run")
READING = Group.create_ordered("Ask")
JUDGING = Group.create_ordered("Look into")
EVERYWHERE = Group.create_ordered("Everywhere")

app = App(
    name="deconflict",
    help="Watch news feeds, work out which reports tell of the same incident, keep every claim with its speaker.",
    version=lambda: version("deconflict"),
    help_format="plaintext",
)
# Name, where it is, its group, and what it does: the verbs themselves are not loaded to print this list.
VERBS = (
    ("init", "interfaces.cli.init:init", BEGINNING, "Write a commented settings file and a first feeds file."),
    ("doctor", "interfaces.cli.doctor:doctor", BEGINNING, "Look for what goes wrong, and say how to mend it."),
    ("demo", "interfaces.cli.demo:demo", BEGINNING, "Run everything on the bundled newsroom, offline."),
    (
        "completion",
        "interfaces.cli.completion:completion",
        BEGINNING,
        "Print a script by which a shell completes words.",
    ),
    ("schema", "interfaces.cli.schema:schema", BEGINNING, "Print the JSON Schema of what a verb prints with --json."),
    ("run", "interfaces.cli.run:run", RUNNING, "Poll, read, code, resolve, append and publish; once."),
    ("up", "interfaces.cli.up:up", RUNNING, "Run on schedule until Ctrl-C."),
    ("replay", "interfaces.cli.replay:replay", RUNNING, "Replay a corpus in order of publication."),
    ("reprocess", "interfaces.cli.reprocess:reprocess", RUNNING, "Code and resolve anew what the warehouse holds."),
    (
        "prune",
        "interfaces.cli.prune:prune",
        RUNNING,
        "Remove old texts of articles; incidents and claims stay.",
    ),
    ("restore", "interfaces.cli.restore:restore", RUNNING, "Put the warehouse back from what was published."),
    ("evaluate", "interfaces.cli.evaluate:evaluate", RUNNING, "Score coder and resolver on a labelled corpus."),
    ("incidents", "interfaces.cli.incidents:incidents", READING, "List newly detected incidents."),
    ("search", "interfaces.cli.search:search", READING, "Find incidents by title, actor, alias, type or place."),
    ("show", "interfaces.cli.show:show", READING, "Show one incident: facts, claims, articles, change log."),
    ("trends", "interfaces.cli.trends:trends", READING, "Show incidents by period, and spikes."),
    ("sql", "interfaces.cli.sql:sql", READING, "Run one query on the published snapshot."),
    ("export", "interfaces.cli.export:export", READING, "Write incidents in forms that other programs read."),
    ("site", "interfaces.cli.site:site", READING, "Build the static site, or serve it on loopback."),
    ("archive", "interfaces.cli.archive:archive", READING, "Write what was fetched as a web archive (WARC)."),
    ("feeds", "interfaces.cli.feeds:feeds", JUDGING, "List, check and change the feeds that are watched."),
    ("code", "interfaces.cli.code:code", JUDGING, "Code one article, without a warehouse."),
    ("explain", "interfaces.cli.explain:explain", JUDGING, "Tell why two incidents or reports are, or are not, one."),
    ("review", "interfaces.cli.review:review", JUDGING, "List what a person should decide, or judge it on a page."),
    (
        "decide",
        "interfaces.cli.decisions:decide",
        JUDGING,
        "Say that two incidents or reports are one, or are not.",
    ),
    ("split", "interfaces.cli.decisions:split", JUDGING, "Move reports of an incident to a new one."),
    ("alerts", "interfaces.cli.alerts:alerts", JUDGING, "List alerts, send a test message, or send what waits."),
    ("runs", "interfaces.cli.runs:runs", JUDGING, "List the runs, show one, or take the newest one back."),
)
# These write what others are meant to read, by the umask of whoever starts them; all others write for the owner alone.
OPENLY = frozenset({"site", "export", "archive", "init"})
for name, path, group, told in VERBS:
    app.command(path, name=name, group=group, help=told)


@app.meta.default
def launch(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    quiet: Annotated[bool, Parameter(name=("--quiet", "-q"), negative="", group=EVERYWHERE)] = False,
    verbose: Annotated[bool, Parameter(name=("--verbose", "-v"), negative="", group=EVERYWHERE)] = False,
    no_color: Annotated[bool, Parameter(name="--no-color", negative="", group=EVERYWHERE)] = False,
) -> object:
    """Run one verb.

    Args:
        tokens: The verb and its words.
        quiet: Say nothing on stderr but what went wrong.
        verbose: Say more: a line for each feed of a run, and where an error came from.
        no_color: No colours and no bold; the same as setting NO_COLOR.
    """
    verbosity.is_quiet, verbosity.is_verbose = quiet, verbose
    if no_color:
        os.environ["NO_COLOR"] = "1"
    return app(tokens, exit_on_error=False, print_error=False, result_action="return_value")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal has no letters for ends no command
    words = sys.argv[1:] if arguments is None else list(arguments)
    if not OPENLY.intersection(words[:3]):  # options may come before the verb
        os.umask(0o077)
    sys.exit(run_command(words))


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; every error of ours becomes one line on stderr. Returns the exit code."""
    verbosity.is_quiet = verbosity.is_verbose = False
    try:
        result = app.meta(list(arguments), exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except CycloptsError as error:
        print_error(f"deconflict: {' '.join(str(error).split())}; see deconflict --help")
        return ExitCode.USAGE
    except DeconflictError as error:
        print_error(f"deconflict: {error}")
        _tell_cause(error)
        return exit_code_of(error)
    except BrokenPipeError:
        # The reader went away (`| head`): keep Python from complaining once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except KeyboardInterrupt:
        print_error("deconflict: interrupted; what was complete is kept")
        return ExitCode.INTERRUPTED
    return int(result) if isinstance(result, int) else ExitCode.OK


def _tell_cause(error: BaseException) -> None:
    """With --verbose, say where an error came from."""
    if verbosity.is_verbose:
        for line in "".join(traceback.format_exception(error)).rstrip().split("\n"):
            print_error(f"  | {line}")  # a message may hold line breaks of its own
