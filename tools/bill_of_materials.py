"""List what a release installs: each package of `requirements.lock` with version, hashes and licence, as CycloneDX.

    python tools/bill_of_materials.py [LOCK] > bill.json

It fails, and names the packages on standard error, where one has no hash, no licence that can be read, or a licence
that nobody has looked at. Licences are read from the installed packages, so run it where the lock is installed (`make
release-check`). Vulnerabilities are looked up by `tools/audit.py`.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)\s*(?:;\s*(?P<marker>[^\\]+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Licences that let the program be given away under Apache-2.0 beside them; MPL binds changes to its own files only.
ALLOWED = re.compile(
    r"\b(?:MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Unlicense|CC0|Zlib|HPND|0BSD|Public Domain)\b",
    re.IGNORECASE,
)
# Of several licences these are the ones taken: the Artistic License, and MPL-1.1.
REVIEWED = {"text-unidecode": "Artistic License", "tld": "MPL-1.1"}
REFUSED = re.compile(r"\bA?GPL\b|Affero|(?<!Lesser )General Public|Proprietary|Commercial", re.IGNORECASE)


@dataclass(slots=True)
class Component:
    """One pinned package; `licence` is null where it is not installed here or does not say."""

    name: str
    version: str
    marker: str | None
    hashes: list[str] = field(default_factory=list)
    licence: str | None = None


def main(arguments: list[str]) -> int:
    """Print the list; returns 1 where something is wrong with it."""
    found = read_lock(Path(arguments[0] if arguments else ROOT / "requirements.lock").read_text("utf-8"))
    for one in found:
        one.licence = licence_of(one.name)
    sys.stdout.write(json.dumps(bill(found), indent=1) + "\n")
    faults = [fault for one in found if (fault := fault_of(one))]
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


def read_lock(text: str) -> list[Component]:
    """Read the pinned packages of a lock file and their hashes."""
    found: list[Component] = []
    for line in text.splitlines():
        pin = _PIN.match(line)
        if pin:
            found.append(Component(pin[1], pin[2], (pin["marker"] or "").strip() or None))
        elif found:
            found[-1].hashes += _HASH.findall(line)
    return found


def licence_of(name: str) -> str | None:
    """Read the licence of an installed package: the expression, else the classifiers, else the first line."""
    try:
        facts: PackageMetadata = metadata(name)
    except PackageNotFoundError:
        return None
    classified = [c.rpartition(" :: ")[2] for c in facts.get_all("Classifier") or () if c.startswith("License ::")]
    said = (facts.get("License") or "").strip().split("\n")[0]
    return facts.get("License-Expression") or "; ".join(classified) or said or None


def fault_of(one: Component) -> str | None:
    """Say what keeps a package out of a release, or null."""
    if not one.hashes:
        return f"{one.name} {one.version}: no hash"
    if one.marker and one.licence is None:
        return None  # for another system, so that it is not installed here
    if one.licence is None:
        return f"{one.name} {one.version}: no licence is told"
    if REVIEWED.get(one.name.lower(), "none") in one.licence:
        return None
    is_fine = ALLOWED.search(one.licence) and not REFUSED.search(one.licence)
    return None if is_fine else f"{one.name} {one.version}: licence {one.licence!r} was looked at by nobody"


def bill(found: list[Component]) -> dict[str, object]:
    """Write the list in the form of CycloneDX 1.5."""
    components = [
        {
            "type": "library",
            "name": one.name,
            "version": one.version,
            "purl": f"pkg:pypi/{one.name.lower()}@{one.version}",
            "licenses": [{"license": {"name": one.licence}}] if one.licence else [],
            "hashes": [{"alg": "SHA-256", "content": content} for content in one.hashes],
        }
        for one in found
    ]
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
