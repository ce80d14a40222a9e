"""`deconflict replay`: a corpus through coding, resolution and append, with a simulated clock."""

from __future__ import annotations

from pathlib import Path

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.progress import progress_bar
from interfaces.cli.render import print_lines, say
from model.settings import load_settings


def replay(corpus: Path, *, warehouse: Path) -> int:
    """Replay a corpus (JSONL, plain or .gz) in order of publication; what the warehouse has is left out.

    Args:
        corpus: One article a line; see docs/reference/corpus.md for its form.
        warehouse: The file to write, made if it is not there; a later replay goes on. The home's own is published.
    """
    from pipeline.replay import replay as run_replay

    with progress_bar("articles") as progress:
        done = run_replay(corpus, warehouse, load_settings(), progress)
    if done.is_published:
        say("published; deconflict site build makes its pages")
    if done.n_not_coded:
        say(f"{done.n_not_coded} articles kept, not coded; deconflict runs show says why")
    for error in done.broken_lines:
        say(f"deconflict: {error}")
    print_lines(
        f"{done.n_articles} articles replayed, {done.n_skipped} were there already, "
        f"{done.n_reports} reports in {done.n_runs} runs, {len(done.broken_lines)} broken lines"
    )
    return ExitCode.PARTIAL if done.broken_lines else ExitCode.OK
