"""`deconflict schema`: the JSON Schema of an envelope."""

from __future__ import annotations

import sys
from importlib.resources import files

from interfaces.cli.render import print_lines
from model.errors import ConfigError

SUFFIX = ".json"


def schema(name: str | None = None) -> None:
    """Print the JSON Schema of an envelope that `--json` prints; without a name, list them.

    Args:
        name: As the envelope says it, incidents/1; the version may be left out.
    """
    known = schemas()
    if name is None:
        print_lines(*known)
        return
    found = known.get(name) or next((text for full, text in known.items() if full.partition("/")[0] == name), None)
    if found is None:
        raise ConfigError(f"there is no schema {name!r}", next_step="list them with deconflict schema")
    sys.stdout.write(found)


def schemas() -> dict[str, str]:
    """The text of each schema by the envelope's name, such as incidents/1."""
    folder = files("interfaces.cli").joinpath("schemas")
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(SUFFIX))
    return {
        name.removesuffix(SUFFIX)[::-1].replace("-", "/", 1)[::-1]: folder.joinpath(name).read_text("utf-8")
        for name in found
    }
