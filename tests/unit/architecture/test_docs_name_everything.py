"""Every setting, exit code, issue code, verb, envelope and public object stands in the reference pages."""

import re
from pathlib import Path

import pytest

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.main import VERBS
from model.run import IssueCode
from model.settings import Settings
from warehouse.sqlfile import public_schema

DOCS = Path(__file__).parents[3] / "docs"
LONGEST = 500  # lines: a page that is longer is two pages
MADE = re.compile(r"CREATE (?:OR REPLACE )?(?:VIEW|MACRO|TABLE) (pub\.\w+)")


def page(name: str) -> str:
    return (DOCS / "reference" / name).read_text("utf-8")


def test_settings_exit_codes_and_verbs() -> None:
    text = page("command-line.md")
    assert [name for name in Settings.model_fields if f"`DECONFLICT_{name.upper()}`" not in text] == []
    assert [code.value for code in ExitCode if f"| {code.value} |" not in text] == []
    assert [verb for verb, *_ in VERBS if f"| `{verb}" not in text] == []


def test_issue_codes() -> None:
    text = page("issue-codes.md")
    assert [code.value for code in IssueCode if f"| `{code.value}` |" not in text] == []


def test_public_objects() -> None:
    text, made = page("warehouse.md"), set(MADE.findall(public_schema()[0]))
    assert len(made) > 20
    assert sorted(name for name in made if name not in text) == []


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.name)
def test_pages_are_short_and_their_links_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert [target for target in targets if not (path.parent / target).exists()] == []
