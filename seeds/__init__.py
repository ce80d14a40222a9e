"""Data that people review: feeds, event types, actors, place aliases, lexicons, and the bundled newsroom corpus.

Belongs: the data, and where fitted weights are found. Does not: reading or checking them, which each loader does.
"""

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

WEIGHTS_VARIABLE = "DECONFLICT_WEIGHTS"  # a folder of weights that stand in for the reviewed ones; for benches


def weights_file(name: str, reviewed: Traversable | None = None) -> Traversable:
    """Locate a file of fitted weights: of `$DECONFLICT_WEIGHTS` where it is there, else the reviewed one.

    Set before a process loads its first weights, since loaders keep what they read. A bench measures a corpus with
    weights that were fitted without it in this way.

    Args:
        name: Name of the file, such as `toll_weights.json`.
        reviewed: Folder of the reviewed files; `seeds/reference` of the package by default.
    """
    folder = os.environ.get(WEIGHTS_VARIABLE)
    if folder and (Path(folder) / name).is_file():
        return Path(folder) / name
    return (reviewed or files("seeds").joinpath("reference")) / name
