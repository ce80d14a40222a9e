"""Find the file of a ranker's weights: that of the package, or another one that a bench has fitted.

`DECONFLICT_WEIGHTS` names a folder whose files take the place of those of `seeds/reference/`, so that a bench can
measure with weights that were fitted without the corpus that it measures on.
"""

from __future__ import annotations

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def weight_file(name: str) -> Traversable:
    """Return the file `name` of the folder in `DECONFLICT_WEIGHTS` where it holds one, else of `seeds/reference`."""
    folder = os.environ.get("DECONFLICT_WEIGHTS")
    if folder and (Path(folder) / name).is_file():
        return Path(folder) / name
    return files("seeds") / "reference" / name
