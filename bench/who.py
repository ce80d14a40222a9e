"""Measure who is said to have done it and to whom, against labelled corpora.

    python -m bench.who --parsed FOLDER CORPUS... [--errors NAME]

Prints precision, recall and F1 of names by role over the gold incidents, names compared as the evaluation compares.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from rapidfuzz import fuzz

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.support.scenes import Example, corpus_name, read_examples, read_lexicons
from extractors.coding.who import ActorIndex, choose_actors, find_actors
from extractors.reference.load import Reference, load_reference
from model.report import ActorMention, ActorRole
from model.settings import load_settings

ROLES = (ActorRole.INITIATOR, ActorRole.TARGET)


def same_name(one: str, other: str) -> bool:
    """Compare two names as the evaluation does."""
    one, other = one.lower(), other.lower()
    return fuzz.token_set_ratio(one, other) >= 80 or fuzz.partial_ratio(one, other) >= 90


def index_of(reference: Reference) -> ActorIndex:
    """Build the actor index."""
    return ActorIndex(reference.actors, reference.country_words, read_lexicons().roles)


def tally(example: Example, told: tuple[ActorMention, ...]) -> Counter[tuple[ActorRole, str]]:
    """Count hits, extra names and missed names by role."""
    counts: Counter[tuple[ActorRole, str]] = Counter()
    for role in ROLES:
        names = [a.name for a in told if a.role is role]
        wanted = [a["name"] for a in example.gold["actors"] if a["role"] == role.value]
        hits = sum(any(same_name(w, t) for t in names) for w in wanted)
        extra = sum(not any(same_name(w, t) for w in wanted) for t in names)
        counts.update({(role, "hit"): hits, (role, "extra"): extra, (role, "missed"): len(wanted) - hits})
    return counts


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--parsed", type=Path, required=True)
    parser.add_argument("--errors", default="")
    options = parser.parse_args()
    index = index_of(load_reference(load_settings().reference_path))
    for path in options.corpora:
        name = corpus_name(path)
        counts: Counter[tuple[ActorRole, str]] = Counter()
        for example in read_examples(path, options.parsed):
            if not example.gold.get("actors"):
                continue
            told = choose_actors(find_actors(example.document, index), example.cluster, example.document)
            counts += tally(example, told)
            if name == options.errors:
                print(example.row_id, example.document.article.title)
                print("   want", [(a["name"], a["role"]) for a in example.gold["actors"]])
                print("   told", [(a.name, a.role.value, a.text) for a in told])
        for role in ROLES:
            hit, extra, missed = (counts[(role, kind)] for kind in ("hit", "extra", "missed"))
            score = 2 * hit / max(1, 2 * hit + extra + missed)
            print(f"{name:22} {role.value:10} hit {hit:4} extra {extra:4} missed {missed:4}  F1 {score:.3f}")


if __name__ == "__main__":
    main()
