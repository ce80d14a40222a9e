"""Measure who is said to have done it and to whom, against labelled corpora, and fit the models of roles.

    python -m bench.who --parsed FOLDER [CORPUS ...] [--out FOLDER] [--leave-out NAME] [--errors NAME]

Reads every development corpus whose key names actors, or those named. Prints, for each corpus, F1 of names by role
over the incidents that the coder reports, names compared as the evaluation compares, with the models fitted without
the corpus. MUC-4 is fitted on, too, but not measured. A candidate is right where its name is one of the key's; "nobody"
is right where no candidate is. The bars are those with the best F1 over all held-out corpora. `--out` writes
`who_weights.json`. Fit the types first (`bench/event_types.py`), since the models read them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapidfuzz import fuzz

from bench.labelled import corpora, dev_folder
from bench.support.cluster_cases import Case, by_corpus, the_coder
from bench.support.muc_cases import NAME as MUC
from bench.support.muc_cases import read_muc_cases
from bench.support.softmax import Choice, fit, write_models
from extractors.coding.linear import LinearModel
from extractors.coding.types import name_type
from extractors.coding.who import find_actors
from extractors.coding.who.candidates import Candidate, candidates_of
from extractors.coding.who.choose import choose
from extractors.coding.who.roles import FILE, ROLES, Features, RoleModel, describe
from model.report import ActorRole

STRENGTH = 4.0  # of the Gaussian prior; 1 to 8 give the same held-out figures within a point
MIN_EXAMPLES = 4  # a feature seen in fewer incidents is chance
BARS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4)  # probabilities tried for the first name and for further ones: less is a guess
Bars = Mapping[ActorRole, tuple[float, float]]
Shares = dict[ActorRole, list[float]]


@dataclass(frozen=True)
class Row:
    """One incident: its case, the candidates, and their features."""

    case: Case
    candidates: Sequence[Candidate]
    described: Sequence[Features]

    def wanted(self, role: ActorRole) -> list[str]:
        """The names that the key has for a role."""
        return [a.name for a in self.case.gold.actors if a.role == role.value]


def same_name(one: str, other: str) -> bool:
    """Compare two names as the evaluation does."""
    one, other = one.lower(), other.lower()
    return fuzz.token_set_ratio(one, other) >= 80 or fuzz.partial_ratio(one, other) >= 90


def read_rows(cases: Mapping[str, Sequence[Case]]) -> dict[str, list[Row]]:
    """Describe the candidates of the incidents whose key names actors."""
    index = the_coder().actor_index
    rows: dict[str, list[Row]] = {}
    for name, own in cases.items():
        for case in (c for c in own if c.gold.actors):
            found = find_actors(case.document, index)
            kind = name_type(case.cluster, case.document, found)[0]
            home = index.nation(case.country_code)
            candidates = candidates_of(found, case.cluster, case.document, kind, home)
            rows.setdefault(name, []).append(Row(case, candidates, describe(candidates, kind)))
    return rows


def choice_of(row: Row, role: ActorRole) -> Choice:
    """Mark the candidates of an incident that are right in a role, "nobody" last."""
    wanted = row.wanted(role)
    right = [any(same_name(w, c.name) for w in wanted) for c in row.candidates]
    return Choice(row.case.corpus, row.described, [*right, not any(right)])


def fit_models(rows: Mapping[str, Sequence[Row]], left_out: str) -> dict[ActorRole, LinearModel]:
    """Fit the model of each role on all corpora but one."""
    used = [row for name, own in rows.items() if name != left_out for row in own]
    return {
        role: LinearModel(fit([choice_of(r, role) for r in used], strength=STRENGTH, min_examples=MIN_EXAMPLES))
        for role in ROLES
    }


def shares_of(rows: Sequence[Row], models: Mapping[ActorRole, LinearModel]) -> list[Shares]:
    """Return the probability of each candidate in each role, without "nobody"."""
    model = RoleModel(models, {})
    return [{role: model.probabilities(role, row.described)[:-1] for role in ROLES} for row in rows]


def tally(rows: Sequence[Row], shares: Sequence[Shares], bars: Bars) -> Counter[tuple[ActorRole, str]]:
    """Count hits, extra names and missed names by role over the reported incidents."""
    counts: Counter[tuple[ActorRole, str]] = Counter()
    for row, own in zip(rows, shares, strict=True):
        chosen = choose(row.candidates, own, RoleModel({}, bars)) if row.case.is_reported else []
        for role in ROLES if row.case.is_reported else ():
            named = [c.name for c, r, _ in chosen if r is role]
            wanted = row.wanted(role)
            hits = sum(any(same_name(w, t) for t in named) for w in wanted)
            extra = sum(not any(same_name(w, t) for w in wanted) for t in named)
            counts.update({(role, "hit"): hits, (role, "extra"): extra, (role, "missed"): len(wanted) - hits})
    return counts


def f1(counts: Counter[tuple[ActorRole, str]], role: ActorRole) -> float:
    """Return F1 of the names of a role."""
    hit, extra, missed = (counts[(role, kind)] for kind in ("hit", "extra", "missed"))
    return 2 * hit / max(1, 2 * hit + extra + missed)


def best_bars(rows: Sequence[Row], shares: Sequence[Shares]) -> Bars:
    """Find the bars with the best F1 of each role."""
    found: dict[ActorRole, tuple[float, tuple[float, float]]] = {}
    for first, further in product(BARS, BARS):
        if further >= first:
            counts = tally(rows, shares, dict.fromkeys(ROLES, (first, further)))
            for role in ROLES:
                found[role] = max(found.get(role, (-1.0, (0.0, 0.0))), (f1(counts, role), (first, further)))
    return {role: bars for role, (_, bars) in found.items()}


def show(name: str, rows: Sequence[Row], shares: Sequence[Shares], bars: Bars) -> None:
    """Print the incidents of a corpus with the actors of the key and those that the coder names."""
    for row, own in zip(rows, shares, strict=True):
        chosen = choose(row.candidates, own, RoleModel({}, bars))
        print(name, row.case.row_id, row.case.document.article.title)
        print("   want", [(a.name, a.role) for a in row.case.gold.actors])
        print("   told", [(c.name, role.value, round(share, 2)) for c, role, share in chosen])


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("corpora", nargs="*")
    parser.add_argument("--parsed", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--leave-out", default="")
    parser.add_argument("--errors", default="")
    options = parser.parse_args()
    cases = by_corpus(corpora(options.corpora), options.parsed)
    muc = read_muc_cases(dev_folder() / f"{MUC}.jsonl.gz", options.parsed)
    every = read_rows({**cases, MUC: muc})
    rows = {name: own for name, own in every.items() if name != options.leave_out}
    shares = {name: shares_of(own, fit_models(rows, name)) for name, own in rows.items()}
    bars = best_bars([r for own in rows.values() for r in own], [s for own in shares.values() for s in own])
    if options.out:
        tables = {role.value: model.weights for role, model in fit_models(rows, "").items()}
        write_models(options.out / FILE, {**tables, "bars": {role.value: bars[role] for role in ROLES}}, list(rows))
    if options.leave_out in every:
        rows, shares = every, {**shares, options.leave_out: shares_of(every[options.leave_out], fit_models(rows, ""))}
    for name in sorted(set(rows) - {MUC}):
        counts = tally(rows[name], shares[name], bars)
        named = (f"{role.value} {f1(counts, role):.3f}" for role in ROLES[:2])
        print(f"{name:22} held out, F1: {'  '.join(named)}  {dict(counts)}", flush=True)
        if name == options.errors:
            show(name, rows[name], shares[name], bars)
    print(bars)


if __name__ == "__main__":
    main()
