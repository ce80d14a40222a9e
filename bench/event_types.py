"""Measure the naming of types on labelled corpora, and fit its weights.

    python -m bench.event_types --parsed FOLDER CORPUS... [--out FOLDER] [--leave-out NAME] [--errors NAME]

Prints, for each corpus, how many of the gold incidents have the right type (alternatives allowed) in sample and with
the weights fitted without the corpus. `--out` writes `type_weights.json`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.support.scenes import Example, corpus_name, read_examples
from bench.support.softmax import Choice, fit, write_weights
from bench.who import index_of
from extractors.coding.types import TYPES, context_of, features_of, score
from extractors.coding.votes import by_type_of, votes_of
from extractors.coding.who import ActorIndex, find_actors
from extractors.reference.load import load_reference
from model.settings import load_settings

STRENGTH = 4.0  # of the Gaussian prior; 1 to 8 give the same held-out figures within a point
MIN_EXAMPLES = 6  # a feature seen in fewer articles is chance
_NAMES = {  # of corpora that name types their own way
    "suicide_bombing": ("bombing",),
    "airstrike": ("air_strike",),
    "artillery": ("shelling",),
    "drone strike": ("air_strike",),
    "ground operation": ("battle",),
    "bombing": ("bombing",),
    "kidnapping": ("abduction",),
    "arson": ("arson",),
    "robbery": ("looting",),
    "attack": ("attack_on_civilians", "shooting", "battle"),
}


def gold_types(gold: Mapping[str, object]) -> frozenset[str]:
    """Give the types that a gold incident accepts, in the words of the tree; empty where it names none."""
    alternatives = gold.get("type_alt")
    names = [gold.get("type"), *(alternatives if isinstance(alternatives, list) else ())]
    found: set[str] = set()
    for name in (str(n) for n in names if n):
        lower = name.lower()
        known = [lower] if lower in TYPES else [t for key, types in _NAMES.items() if key in lower for t in types]
        found.update(known)
    return frozenset(found)


def choice_of(example: Example, index: ActorIndex) -> Choice:
    """Describe each type for an example, and mark the right ones."""
    cluster, document = example.cluster, example.document
    context = context_of(cluster, document, find_actors(document, index))
    by_type = by_type_of(votes_of(cluster))
    right = gold_types(example.gold)
    return Choice(example.corpus, [features_of(t, by_type, context) for t in TYPES], [t in right for t in TYPES])


def best_of(choice: Choice, weights: Mapping[str, float]) -> int:
    """Return the index of the type with the greatest score."""
    scores = [score(features, weights) for features in choice.candidates]
    return max(range(len(scores)), key=lambda k: scores[k])


def share_right(choices: Sequence[Choice], weights: Mapping[str, float]) -> float:
    """Return the share of examples whose best type is right."""
    return sum(c.is_right[best_of(c, weights)] for c in choices) / max(1, len(choices))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--parsed", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--leave-out", default="")
    parser.add_argument("--errors", default="")
    options = parser.parse_args()
    index = index_of(load_reference(load_settings().reference_path))
    examples = {
        corpus_name(path): [e for e in read_examples(path, options.parsed) if gold_types(e.gold)]
        for path in options.corpora
    }
    choices = {name: [choice_of(e, index) for e in found] for name, found in examples.items()}

    def fitted(left_out: str) -> dict[str, float]:
        kept = [c for name, own in choices.items() if name != left_out for c in own]
        return fit(kept, strength=STRENGTH, min_examples=MIN_EXAMPLES)

    whole = fitted(options.leave_out)
    if options.out:
        write_weights(options.out / "type_weights.json", whole, [n for n in choices if n != options.leave_out])
    for name, own in choices.items():
        without = fitted(name)
        shares = f"{share_right(own, whole):.3f}  {share_right(own, without):.3f}"
        print(f"{name:22} n {len(own):4}  in sample, held out: {shares}", flush=True)
        for example, choice in zip(examples[name], own, strict=True) if name == options.errors else ():
            best = best_of(choice, without)
            if not choice.is_right[best]:
                print(
                    "  ", example.row_id, example.document.article.title, sorted(gold_types(example.gold)), TYPES[best]
                )


if __name__ == "__main__":
    main()
