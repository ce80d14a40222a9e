"""Imports run one way; the picture in docs/architecture.md is this table."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ALLOWED = {
    "model": set(),
    "seeds": set(),
    "acquisition": {"model"},
    "extractors": {"model", "seeds"},
    "resolution": {"model", "seeds"},
    "warehouse": {"model"},
    "newsroom": {"model"},
    "pipeline": {"model", "acquisition", "extractors", "resolution", "warehouse"},
    "interfaces": {"model", "warehouse", "pipeline"},
    "flows": {"model", "acquisition", "extractors", "resolution", "warehouse", "pipeline", "interfaces"},
}
# The verbs that start a flow, or play the whole story, import in their bodies what they start.
EXCEPTIONS = {
    ("interfaces/cli/run.py", "flows"),
    ("interfaces/cli/up.py", "flows"),
    ("interfaces/cli/demo.py", "flows"),
    ("interfaces/cli/demo.py", "newsroom"),
    ("interfaces/cli/code.py", "extractors"),
    ("interfaces/cli/evaluate.py", "extractors"),
}
PURE = ("extractors", "resolution")
# The loader of the reviewed tables, once at start; and the pool, which starts processes and reaches nothing else.
IMPURE = ("extractors/reference/", "extractors/pool/")
FORBIDDEN_IN_PURE = {"httpx", "duckdb", "prefect", "socket", "requests", "sqlite3", "subprocess"}
# The heavy libraries of language, each behind one door of the coder, so that it can be replaced there.
LANGUAGE = {"numpy", "spacy", "tokenizers", "safetensors"}
DOORS = {"extractors/coding/parser.py", "extractors/coding/embedding.py"}


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_imports_only_what_lies_below_it(room: str) -> None:
    paths = sorted((ROOT / room).rglob("*.py"))
    assert paths, f"room {room} is empty"
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        ours = imports_of(path) & set(ALLOWED)
        wrong = {other for other in ours - ALLOWED[room] - {room} if (name, other) not in EXCEPTIONS}
        assert not wrong, f"{name} must not import {sorted(wrong)}"


@pytest.mark.parametrize("room", PURE)
def test_pure_rooms_reach_for_no_outside(room: str) -> None:
    for path in sorted((ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(IMPURE):
            continue
        assert not imports_of(path) & FORBIDDEN_IN_PURE, name


def test_heavy_libraries_of_language_are_imported_in_two_modules() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "extractors").rglob("*.py"))
        if imports_of(path) & LANGUAGE
    }
    assert users == DOORS


def test_every_exception_is_still_needed() -> None:
    for name, other in sorted(EXCEPTIONS):
        assert other in imports_of(ROOT / name), f"{name} no longer imports {other}"


def test_no_module_is_past_its_limit() -> None:
    sizes = {p.relative_to(ROOT).as_posix(): len(p.read_text("utf-8").splitlines()) for p in ours()}
    assert {name: size for name, size in sizes.items() if size > 600} == {}


def ours() -> list[Path]:
    return [path for room in ALLOWED for path in sorted((ROOT / room).rglob("*.py"))]
