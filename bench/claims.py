"""Measure tolls, claims and speakers of reported incidents on the labelled corpora, as the judge counts them.

    python bench/claims.py --parsed FOLDER [CORPUS ...] [--errors N --kind killed|injured|claim|speaker]

Articles are coded as in a run; an incident counts where a main report is paired with it, so the figures are what the
claims part gives once the report is found. A null total counts as 0. `--parsed` is the folder of parses that
`bench/support/parse_cache.py` keeps.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.support.claim_cases import Case, read_cases, training_corpora
from extractors.coding.claims import FoundClaim, claims_of, find_claims, tolls, with_ids
from model.report import Claim
from pipeline.scoring.facts import is_same_name
from pipeline.scoring.key import OUTLET_ITSELF, KeyClaim

Mark = tuple[str, bool, str]  # what is judged, whether it is right, and how it went for a person to read


def judge(case: Case) -> tuple[list[Mark], tuple[FoundClaim, ...]]:
    """Code one case and judge it."""
    found = claims_of(find_claims(case.document), case.cluster, case.document)
    both = tolls(found, case.cluster, case.document)
    marks: list[Mark] = []
    for name, toll, truth in (("killed", both[0], case.killed), ("injured", both[1], case.injured)):
        if truth is not None:
            marks.append((name, truth[0] <= (toll.best or 0) <= truth[1], f"{toll.best} instead of {truth}"))
    kept = with_ids(found, "rep")
    for gold in case.claims:
        marks += _judge_claim(gold, kept, case.outlet)
    killed = [c for c in kept if c.measure.value == "killed" and c.high != 0]
    marks += [("side", c.victims_side is not None, f"{c.victims!r}") for c in killed]
    return marks, found


def _judge_claim(gold: KeyClaim, kept: tuple[Claim, ...], outlet: str) -> Iterator[Mark]:
    found = [c for c in kept if (c.measure.value, c.low, c.high) == (gold.measure, gold.low, gold.high)]
    yield "claim", bool(found), f"{gold.measure} {gold.low}..{gold.high} by {gold.speaker}: {gold.quote!r}"
    if found and gold.speaker:
        speakers = [c.speaker for c in found]
        if gold.speaker.lower() == OUTLET_ITSELF:
            right = any(t is None or t == outlet for t in speakers)
        else:
            right = any(t and is_same_name(t, gold.speaker) for t in speakers)
        yield "speaker", right, f"{speakers} instead of {gold.speaker}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("corpora", nargs="*")
    parser.add_argument("--parsed", type=Path, required=True, help="folder of kept parses")
    parser.add_argument("--errors", type=int, default=0, help="wrong cases to list for each corpus")
    parser.add_argument("--kind", help="of which to list errors")
    options = parser.parse_args()
    for corpus in options.corpora or training_corpora():
        marks: dict[str, list[bool]] = {}
        n_listed, n_cases, spent_s = 0, 0, 0.0
        for case in (c for c in read_cases(corpus, options.parsed) if c.is_found):
            start = time.perf_counter()
            judged, found = judge(case)
            spent_s += time.perf_counter() - start
            n_cases += 1
            for name, right, speakers in judged:
                marks.setdefault(name, []).append(right)
                if not right and n_listed < options.errors and options.kind in (None, name):
                    n_listed += 1
                    print_error(case, f"{name}: {speakers}", found)
        shares = "  ".join(f"{name} {sum(m) / len(m):.3f} of {len(m)}" for name, m in marks.items())
        print(f"{corpus:22} {shares}  {spent_s / max(n_cases, 1) * 1000:.1f} ms a case", flush=True)


def print_error(case: Case, speakers: str, found: tuple[FoundClaim, ...]) -> None:
    """Print a wrong case with its claims, for a person who mends the rules."""
    print(f"--- {case.row_id} {speakers} | {case.document.article.title}")
    for entry in found:
        claim = entry.claim
        flags = " part" * claim.is_part + " more" * claim.is_increment
        print(
            f"    [{entry.sentence}] {claim.measure.value} {claim.low}..{claim.high}{flags} {claim.rule}: "
            f"{claim.victims!r} by {claim.speaker!r} | {claim.quote[:200]!r}"
        )


if __name__ == "__main__":
    main()
