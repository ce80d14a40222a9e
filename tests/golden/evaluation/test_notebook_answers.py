"""The notebook is what its source says, and answers its five questions from the bundled newsroom."""

import sys
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

SUPPORT = str(Path(__file__).parents[2] / "support")
if SUPPORT not in sys.path:
    sys.path.insert(0, SUPPORT)

from notebook import SOURCE, TARGET, make_notebook, notebook_text  # noqa: E402 - the path comes first

# What the newsroom is known to hold: the clash near Khusham, told by nine outlets that disagree.
KNOWN = """
assert (most_told["n_outlets"], most_told["n_origins"]) == (9, 8), most_told
assert {"party", "monitor", "official"} <= set(sides), sides
assert max(lows) >= 100 > 10 > min(lows), lows
assert most_told["incident_id"] in {d["incident_id"] for d in disputes}
assert outlets[0]["n_first"] >= 5, outlets[0]
assert len(watched) >= 10 and len(weeks) - len(watched) >= 40, "a corpus is thin: most weeks were not watched"
assert any(t["n_origins"] < t["n_articles"] for t in told), "some are copies"
"""


def test_the_notebook_is_made_of_its_source() -> None:
    assert TARGET.read_text("utf-8") == notebook_text()
    assert all(not cell.get("outputs") for cell in make_notebook(SOURCE.read_text("utf-8"))["cells"])


def test_every_cell_holds_on_the_bundled_newsroom(newsroom_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECONFLICT_SNAPSHOT", str(newsroom_warehouse))
    monkeypatch.setenv("IPYTHONDIR", str(newsroom_warehouse.parent / "ipython"))
    monkeypatch.setenv("MPLCONFIGDIR", str(newsroom_warehouse.parent / "matplotlib"))
    book = make_notebook(SOURCE.read_text("utf-8"))
    book["cells"].append(new_code_cell(KNOWN))
    NotebookClient(book, timeout=300, kernel_name="python3").execute()
    plots = [o for c in book["cells"] for o in c.get("outputs", ()) if "image/png" in o.get("data", {})]
    assert len(plots) == 5
