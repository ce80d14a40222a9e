"""Nothing that a feed writes steers the terminal, whatever the verb and the form; and nothing of it is a formula."""

import csv
import io
import json
from pathlib import Path

import pytest
from cli_world import CONTROLS, FORGED, FORMULA, HOSTILE, NOW, build_hostile, faults_of

from interfaces.cli.main import run_command
from warehouse import open_snapshot

BUILT = Path(__file__).parents[3] / "var" / "reference"
FORMS = ("table", "json", "ndjson", "csv", "md")
LISTS = (
    ("incidents", "--since", "2000-01-01"),
    ("feeds", "health"),
    ("feeds", "list"),
    ("trends", "--clock", "detected"),
    ("review",),
    ("review", "--decided"),
    ("runs",),
    ("doctor",),
    ("sql", "select title, outlet, url, author from pub.article"),
    ("sql", f"select chr(27) || '[31m' as \"{HOSTILE}\""),
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hostile")
    build_hostile(home)
    feed = {"url": "https://feed1.example/rss", "outlet": FORMULA}
    lines = [f"{key} = {json.dumps(value).replace(chr(0x7F), chr(92) + 'u007f')}" for key, value in feed.items()]
    (home / "feeds.toml").write_text("\n".join(["[feeds.feed1]", *lines, ""]), "utf-8")
    return home


@pytest.fixture
def ask(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("DECONFLICT_HOME", str(home))
    monkeypatch.setenv("DECONFLICT_FEEDS", str(home / "feeds.toml"))

    def run(*words: str) -> str:
        code = run_command([*words])
        said = capsys.readouterr()
        assert code in (0, 1), said.err
        assert faults_of(said.out) == []
        assert faults_of(said.err) == []
        return said.out

    return run


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", LISTS, ids=lambda words: " ".join(words)[:24])
def test_no_list_steers_the_terminal(ask, words: tuple[str, ...], form: str) -> None:
    out = ask(*words, "--format", form)
    assert out
    if form == "csv":
        head, *rows = list(csv.reader(io.StringIO(out, newline="")))
        assert all(len(row) == len(head) for row in rows)
        assert not any(value.startswith(FORMULAS) and not _is_number(value) for row in rows for value in row)
    elif form == "md":
        lines = out.splitlines()
        assert len({line.replace("\\|", "").count("|") for line in lines}) == 1
        assert "<script>" not in out
    elif form == "ndjson":
        assert all(isinstance(json.loads(line), dict) for line in out.splitlines())


def test_json_keeps_every_character(ask) -> None:
    output = json.loads(ask("sql", "select title from pub.article order by title", "--json"))
    assert all(title.startswith(FORMULA) for (title,) in output["rows"])
    assert set(HOSTILE) & CONTROLS <= set(output["rows"][0][0])


def test_one_thing_with_all_that_is_told_of_it(ask, home: Path) -> None:
    with open_snapshot(home / "published" / "incidents.duckdb") as reader:
        (incident,) = (row for row in reader.incidents(reader.live_incidents()) if row.n_articles == 2)
        left, right = reader.live_incidents()[:2]
        run_id = reader.runs(10)[-1].run_id
    for words in (["show", incident.incident_id], ["explain", left, right], ["runs", "show", run_id]):
        table, output = ask(*words), json.loads(ask(*words, "--json"))
        assert output["schema"].endswith("/1")
        assert table.count("\n") > 4
    shown = ask("show", incident.incident_id)
    assert FORGED in shown  # it stands there, on a line that begins otherwise
    assert "[bold]x[/bold]" in shown


def test_feeds_go_out_as_opml_of_plain_text(ask) -> None:
    assert "<outline" in ask("feeds", "export")


def test_a_hostile_article_is_coded_in_plain_lines(ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if any(BUILT.glob("*")):
        monkeypatch.setenv("DECONFLICT_REFERENCE", str(BUILT))
    text = tmp_path / "article.txt"
    text.write_text(f"Gunmen {HOSTILE} killed nine people in Damascus on Monday, {HOSTILE} police said.", "utf-8")
    for more in (["--json"], ["--explain"]):
        assert ask("code", str(text), "--title", FORMULA, "--published", "2018-02-07", *more)


@pytest.mark.parametrize(
    "words",
    [
        ["show", HOSTILE],
        ["sql", f"select {HOSTILE}"],
        [HOSTILE],
        ["incidents", "--since", HOSTILE],
        ["incidents", f"--{HOSTILE}"],
        ["run", "--feeds", HOSTILE],
        ["decide", HOSTILE, "b", "same"],
        ["export", "--format", "csv", "--to", f"/proc/{HOSTILE}/x"],
    ],
    ids=lambda words: words[0][:8],
)
def test_no_error_steers_the_terminal(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    monkeypatch.setenv("DECONFLICT_HOME", str(home))
    assert run_command(words) not in (0, 10)
    said = capsys.readouterr()
    assert (said.out, faults_of(said.err), said.err.count("\n")) == ("", [], 1)
    assert run_command([*words, "--verbose"]) not in (0, 10)
    assert faults_of(capsys.readouterr().err) == []


def test_a_title_of_a_book_s_length_is_cut_in_tables_only(ask) -> None:
    query = "select repeat('x', 100000) as title"
    assert len(json.loads(ask("sql", query, "--json"))["rows"][0][0]) == 100_000
    assert len(ask("incidents", "--since", "2000-01-01")) < 10_000
    assert NOW.year == 2018


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
