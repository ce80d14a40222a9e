"""The site of the small awkward warehouse, as the bytes that the golden files hold.

Regenerate them all, then read the difference before you commit it:

    python tests/support/site_golden.py
"""

from __future__ import annotations

import re
import tempfile
from hashlib import sha256
from pathlib import Path

from site_world import build_site_world

from interfaces.site.build import build_site

FOLDER = Path(__file__).parents[1] / "golden" / "interfaces" / "site"
LONGEST_PATH = 2_000  # characters: longer ones are the outline of the world, which a hash tells as well
_ASSET = re.compile(r"(assets/[a-z]+-)[0-9a-f]{10}\.")
_STYLE = re.compile(r"(&#39;sha256-)[^&]*(&#39;)|(<style>).*?(</style>)", re.DOTALL)
_PATH = re.compile(rf' d="([^"]{{{LONGEST_PATH},}})"')


def build_pages(work: Path) -> dict[str, bytes]:
    """Build warehouse and site under `work`; returns the pages by path, without what changes with the style sheet."""
    build_site(build_site_world(work), work / "site")
    paths = [path for path in sorted((work / "site").rglob("*")) if path.is_file() and not path.name.startswith(".")]
    named = {path.relative_to(work / "site").as_posix(): path for path in paths}
    return {name: _settled(path) for name, path in named.items() if not name.startswith("assets/")}


def _settled(path: Path) -> bytes:
    text = _ASSET.sub(r"\1HASH.", path.read_text("utf-8"))
    text = _STYLE.sub(lambda found: (found[1] or found[3]) + "HASH" + (found[2] or found[4]), text)
    return _PATH.sub(lambda found: f' d="sha256:{sha256(found[1].encode()).hexdigest()[:16]}"', text).encode()


def main() -> None:
    """Write all golden files anew."""
    with tempfile.TemporaryDirectory() as work:
        made = build_pages(Path(work))
    for old in FOLDER.rglob("*.*"):
        if old.is_file():
            old.unlink()
    for name, content in made.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
