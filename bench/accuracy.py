"""Code and resolve every labelled corpus and print one table of accuracy: what analysts see, and each fact.

    python bench/accuracy.py [--only NAME ...] [--weights-dir DIR] [--jobs 2] [--cache DIR] [--json] [--errors KIND N]

The corpora: the bundled newsroom, `bench/corpora/*.jsonl`, and of `$DECONFLICT_EVAL/dev` (default `../shared/eval`)
those with report-level labels and `stream`. The figures are those of `pipeline.scoring.incidents`; articles are
resolved in runs as `deconflict replay` makes them. `--weights-dir` holds one sub-folder for each corpus left out, with
the weight files that were fitted without it; the row `weights` says of each corpus whether any weight file in use was
fitted on it, by the record `fitted_on` in the file. Word lists and rules were written by people who read the older dev
corpora, which no file records. Of `stream`, the share of articles is printed that list a report, by what a reader said
of them. `--errors KIND N` lists N wrong cases of a figure (list, date, place, claim ...); never of a validation set.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from labelled import VALIDATION, Corpus, code_corpus, corpora, dev_folder, fit_of, resolver_weights, told_of, weights_of  # noqa: E402
from runs import predicted  # noqa: E402

from model.report import Coding, Role  # noqa: E402
from pipeline.corpus import json_lines  # noqa: E402
from pipeline.scoring import Scores, score_incidents  # noqa: E402
from pipeline.scoring.alignment import LISTED_OUT  # noqa: E402
from pipeline.scoring.key import read_key  # noqa: E402

STREAM = "stream"  # real articles without a key, of which a reader said what the listed ones tell
FIGURES = (
    "list_f1 list_f1_loose list_precision list_recall report_precision report_recall false_alarm date place type "
    "killed injured claim speaker initiator_f1 target_f1 pair_f1 pair_p pair_r b3_f1"
).split()
WRITTEN = "wire-"  # corpora written for this project: their means are columns of their own

Cells = dict[str, tuple[float, int]]


def main() -> None:
    """Measure and print."""
    options = read_options()
    chosen = corpora(options.only)
    if not options.only and any(dev_folder().glob(f"{STREAM}.jsonl*")):
        chosen += corpora([STREAM])
    if options.errors:
        refuse_validation(chosen, is_named=bool(options.only))
    table: dict[str, Cells] = {}
    fits: dict[str, str] = {}
    shares: Cells = {}
    for corpus in chosen:
        weights = weights_of(corpus, options.weights_dir)
        coded = code_corpus(corpus, options.jobs, options.cache, weights)
        fits[corpus.name] = fit_of(corpus, weights)
        if corpus.name == STREAM:
            shares = listed_shares(corpus.path, [coding for _, coding in coded])
            continue
        scores = score_incidents(read_key(corpus.path), predicted(told_of(coded), resolver_weights(weights)))
        table[corpus.name] = {f.name: (f.value, f.n) for f in scores.figures}
        if options.errors and not corpus.is_validation:
            print_errors(corpus, scores, options.errors[0], int(options.errors[1]))
    if options.json:
        print(json.dumps({"weights": fits, "figures": table, "stream_listed": shares}, indent=1))
    else:
        print_table(table, fits)
        print_shares(shares)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[])
    parser.add_argument("--weights-dir", type=Path, help="a folder with one sub-folder of weight files for each corpus")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--cache", type=Path, help="a folder of codings to read, and to fill where one is missing")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", nargs=2, metavar=("KIND", "N"))
    return parser.parse_args()


def refuse_validation(chosen: Sequence[Corpus], *, is_named: bool) -> None:
    """Say that the errors of validation sets are not shown; stop where one was asked for by name.

    Raises:
        SystemExit: a validation set was named.
    """
    held = [corpus.name for corpus in chosen if corpus.is_validation]
    if not held:
        return
    words = f"{' and '.join(held)}: for validation; whoever tunes sees the figures, never texts or errors."
    if is_named:
        raise SystemExit(words)
    print(words, file=sys.stderr)


def print_errors(corpus: Corpus, scores: Scores, kind: str, n: int) -> None:
    """Print the first wrong cases of one figure with the titles of their articles.

    Raises:
        SystemExit: the figure has no wrong cases of this name.
    """
    lines = (json.loads(line) for _, line in json_lines(corpus.path))
    titles = {str(line["id"]): line.get("title") or "" for line in lines}
    wrong = [case for case in scores.wrong if case.measure == kind]
    kinds = ", ".join(sorted({case.measure for case in scores.wrong}))
    print(f"{corpus.name}: {len(wrong)} wrong of {kind} (there are: {kinds})")
    for case in wrong[:n]:
        print(f"  {case.external_id} | {titles.get(case.external_id, '')[:70]} | {case.wanted} | {case.given}")


def listed_shares(path: Path, codings: Sequence[Coding]) -> Cells:
    """For each verdict of a reader: the share of its articles that have a listed main report, and their number."""
    verdicts = [json.loads(line).get("verdict") or "not listed then" for _, line in json_lines(path)]
    marks: defaultdict[str, list[bool]] = defaultdict(list)
    for verdict, coding in zip(verdicts, codings, strict=True):
        marks[verdict].append(any(r.role is Role.MAIN and r.event_type != LISTED_OUT for r in coding.reports))
    return {verdict: (sum(found) / len(found), len(found)) for verdict, found in sorted(marks.items())}


def print_table(table: Mapping[str, Cells], fits: Mapping[str, str]) -> None:
    """Print a row for each figure and a column for each corpus, in Markdown; a dash where a key says nothing."""
    if not table:
        return
    columns = dict(table) | means(table)
    print(f"| figure | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 1)}")
    print(f"| weights | {' | '.join(fits.get(name, '') for name in columns)} |")
    for label, figure in (("labelled pairs", "report_recall"), ("labelled incidents", "list_recall")):
        print(f"| {label} | {' | '.join(str(cells[figure][1]) for cells in columns.values())} |")
    for figure in FIGURES:
        values = [cells.get(figure) for cells in columns.values()]
        print(f"| {figure} | {' | '.join('–' if value is None else f'{value[0]:.3f}' for value in values)} |")


def means(table: Mapping[str, Cells]) -> dict[str, Cells]:
    """The plain means over the validation sets and over the other written sets; none over a single set."""
    written = {name: cells for name, cells in table.items() if name.startswith(WRITTEN)}
    groups = {
        "written, mean": [cells for name, cells in written.items() if name not in VALIDATION],
        "validation, mean": [cells for name, cells in written.items() if name in VALIDATION],
    }
    return {name: mean_of(group) for name, group in groups.items() if len(group) > 1}


def mean_of(group: Sequence[Cells]) -> Cells:
    """The mean of each figure over the sets that have it, and the sum of their cases."""
    mean: Cells = {}
    for figure in sorted({name for cells in group for name in cells}):
        found = [cells[figure] for cells in group if figure in cells]
        mean[figure] = sum(value for value, _ in found) / len(found), sum(n for _, n in found)
    return mean


def print_shares(shares: Cells) -> None:
    """Print the share of the stream's articles that list a report, by verdict."""
    if not shares:
        return
    print(f"\n| {STREAM}: a reader said | articles | of them listed |\n|---|---|---|")
    for verdict, (share, n) in shares.items():
        print(f"| {verdict} | {n} | {share:.3f} |")


if __name__ == "__main__":
    main()
