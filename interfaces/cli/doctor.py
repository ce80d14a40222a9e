"""`deconflict doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.output import TABLE, Out, Records, fields_of, print_records
from interfaces.cli.render import say
from interfaces.doctor.finding import Finding, Verdict
from model.settings import load_settings

MARKS = {Verdict.OK: "ok", Verdict.NOTE: "--", Verdict.WRONG: "!!"}


def doctor(*, out: Out = TABLE) -> int:
    """Look for what goes wrong with an installation; leaves with 1 when something must be mended.

    Args:
        out: The form to print; the envelope is doctor/1.
    """
    from interfaces.doctor.checks import examine
    from interfaces.doctor.gather import gather

    findings = examine(gather(load_settings()))
    cells = [(MARKS[f.verdict], f.what, f.found, f.mend) for f in findings]
    columns = ("", "what", "found", "to mend it")
    print_records(out, Records("doctor/1", "findings", findings, columns, cells, fields_of(Finding)))
    n_wrong = sum(f.verdict is Verdict.WRONG for f in findings)
    n_notes = sum(f.verdict is Verdict.NOTE for f in findings)
    say(f"{len(findings)} things looked at, {n_wrong} to mend, {n_notes} to know")
    return ExitCode.FAILED if n_wrong else ExitCode.OK
