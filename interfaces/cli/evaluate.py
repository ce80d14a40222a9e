"""`deconflict evaluate`: replay a labelled corpus into a fresh warehouse and print every figure with its count."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from interfaces.cli.progress import progress_bar
from interfaces.cli.render import print_json, print_lines, print_table, say
from model.settings import load_settings

if TYPE_CHECKING:
    from pipeline.scoring import Scores, WrongCase

BUNDLED_CORPUS = Path("seeds/newsroom/corpus.jsonl")


def evaluate(
    corpus: Path = BUNDLED_CORPUS,
    *,
    warehouse: Path | None = None,
    clean: bool = False,
    incidents: bool = False,
    errors: int = 0,
    explain: bool = False,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Score the coder and the resolver on a labelled corpus; without one, on the bundled newsroom.

    Args:
        corpus: One labelled article a line (JSONL, plain or .gz).
        warehouse: Where to replay to, and keep; resumed when it is there. Default: a temporary file.
        clean: Leave out rows whose `quality` names a fault of the page.
        incidents: Score the list of incidents and every incident of every article, by report-level labels.
        errors: For each figure, also list this many wrong cases, and how the coder came to that field.
        explain: With --errors, print how the coder came to every field of each.
        as_json: Print the envelope evaluation/1.
    """
    with tempfile.TemporaryDirectory(prefix="deconflict-") as folder:
        scores = _replay_and_score(
            corpus, warehouse or Path(folder) / "evaluation.duckdb", clean=clean, incidents=incidents
        )
    if as_json:
        print_json("evaluation/1", figures=scores.figures, wrong=_first_of_each(scores, errors))
        return
    print_table(
        ("figure", "value", "of"), [(f.name, f"{f.value:.4f}", f.n) for f in sorted(scores.figures, key=_by_name)]
    )
    if errors:
        _print_errors(corpus, _first_of_each(scores, errors), is_whole=explain)


def _replay_and_score(corpus: Path, warehouse: Path, *, clean: bool, incidents: bool) -> Scores:
    from pipeline.evaluate import evaluate as score_warehouse
    from pipeline.evaluate import evaluate_incidents
    from pipeline.replay import replay

    with progress_bar("articles") as progress:
        done = replay(corpus, warehouse, load_settings(), progress)
    for error in done.broken_lines:
        say(f"deconflict: {error}")
    return evaluate_incidents(corpus, warehouse) if incidents else score_warehouse(corpus, warehouse, clean)


def _by_name(figure: object) -> str:
    return str(getattr(figure, "name", ""))


def _first_of_each(scores: Scores, n: int) -> list[WrongCase]:
    seen: dict[str, int] = {}
    chosen = []
    for case in scores.wrong:
        seen[case.measure] = seen.get(case.measure, 0) + 1
        if seen[case.measure] <= n:
            chosen.append(case)
    return sorted(chosen, key=lambda case: (case.measure, case.external_id))


def _print_errors(corpus: Path, cases: list[WrongCase], *, is_whole: bool) -> None:
    """Print each case with the lines of the explanation that its measure is about, or with all lines."""
    from extractors.coding.explain import explain_coding, explain_field
    from pipeline.coding import load_coder
    from pipeline.corpus import CorpusRow, read_corpus
    from pipeline.replay import UNDATED_START
    from pipeline.scoring import fields_of

    coder = load_coder(load_settings())
    wanted = {case.external_id for case in cases}
    rows = (row for row in read_corpus(corpus) if isinstance(row, CorpusRow) and row.external_id in wanted)
    articles = {row.external_id: row.as_article(UNDATED_START) for row in rows}
    codings = {external_id: coder.code(article) for external_id, article in articles.items()}
    for case in cases:
        print_lines(f"{case.measure}: {case.external_id}: wanted {case.wanted}, given {case.given}")
        if case.external_id not in codings:  # a row of the list is no article
            continue
        coding, article = codings[case.external_id], articles[case.external_id]
        fields = fields_of(case.measure)
        explanation = explain_coding(coding, article) if is_whole else explain_field(coding, article, *fields)
        print_lines(*(f"    {line}" for line in explanation.splitlines()))
