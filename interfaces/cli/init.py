"""`deconflict init`: the first files of an installation."""

from __future__ import annotations

from pathlib import Path

from interfaces.cli.choices import read_country
from interfaces.cli.render import print_lines, say


def init(folder: Path = Path(), *, country: str = "") -> None:
    """Write a commented settings file and a first feeds file; what is there already is left alone.

    Args:
        folder: Where to write them; default: here.
        country: Besides the world's press take the bundled feeds of these countries, such as ML,NE.
    """
    from pipeline.init import write_first_files

    done = write_first_files(folder, [read_country(code) or "" for code in country.split(",") if code.strip()])
    print_lines(*(str(path) for path in done.written))
    for path in done.left_alone:
        say(f"{path} is there already and was left alone")
    if done.n_feeds:
        say(f"{done.n_feeds} feeds to begin with; add your own by deconflict feeds add ADDRESS")
    here = "" if folder == Path() else f"cd {folder} && "
    say(f"next: {here}deconflict doctor, then {here}deconflict run")
