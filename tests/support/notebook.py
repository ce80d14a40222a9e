"""Make the notebook of its plain source: cells begin at `# %%`, those of words at `# %% [markdown]`.

python tests/support/notebook.py
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

SOURCE = Path(__file__).parents[2] / "docs" / "how-to" / "questions.py"
TARGET = SOURCE.with_suffix(".ipynb")
_MARK = re.compile(r"^# %%( \[markdown\])?\n", re.MULTILINE)


def make_notebook(source: str) -> nbformat.NotebookNode:
    """Make a notebook without outputs; the ids of cells are their numbers, so that the same source gives it again."""
    parts = _MARK.split(source)[1:]
    cells = []
    for number, (is_words, text) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
        body = text.strip("\n")
        if is_words:
            cell = new_markdown_cell("\n".join(line.removeprefix("#").removeprefix(" ") for line in body.split("\n")))
        else:
            cell = new_code_cell(body)
        cell["id"] = f"cell-{number}"
        cells.append(cell)
    language = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return new_notebook(cells=cells, metadata=language)


def notebook_text() -> str:
    """The text of the notebook's file."""
    return f"{nbformat.writes(make_notebook(SOURCE.read_text('utf-8'))).rstrip()}\n"


if __name__ == "__main__":
    TARGET.write_text(notebook_text(), "utf-8")
