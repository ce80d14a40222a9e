"""A run rewrites what changed; a build that is cut off leaves whole pages; somebody else's pages are left alone."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from export_world import build_warehouse, merged, opened
from html_page import Page
from site_world import watched
from warehouse_world import make_run, opening_batch

from interfaces.site import build, lists, store
from interfaces.site.build import build_site
from interfaces.site.publish import publish_site
from interfaces.site.render import printed_row
from model.errors import ConfigError, RunLockedError, WarehouseError
from model.settings import Settings
from pipeline.lock import run_lock
from warehouse import open_snapshot, open_writer


def files_of(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def stamps_of(folder: Path) -> dict[str, int]:
    return {path: (folder / path).stat().st_mtime_ns for path in files_of(folder)}


def publish(home: Path, *batches) -> Path:
    with open_writer(home / "warehouse.duckdb") as writer:
        for batch in batches:
            writer.append(batch)
        writer.publish(home / "published" / "incidents.duckdb")
    return home / "published" / "incidents.duckdb"


def test_a_second_build_writes_nothing(site_snapshot: Path, tmp_path: Path) -> None:
    first = build_site(site_snapshot, tmp_path / "site")
    stamps = stamps_of(tmp_path / "site")
    again = build_site(site_snapshot, tmp_path / "site")
    assert (again.n_written, again.n_removed, again.n_kept) == (0, 0, first.n_written)
    assert stamps_of(tmp_path / "site") == stamps


def test_run_by_run_gives_the_bytes_of_one_build(tmp_path: Path) -> None:
    for batch in (opened(), merged(), watched(), opening_batch(4, n_reports=3)):
        snapshot = publish(tmp_path, batch)
        build_site(snapshot, tmp_path / "step")
    build_site(snapshot, tmp_path / "whole")
    assert files_of(tmp_path / "step") == files_of(tmp_path / "whole")


def test_a_month_takes_over_the_rows_of_incidents_that_did_not_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(publish(tmp_path, opened()), tmp_path / "site")
    snapshot = publish(tmp_path, merged())
    with open_snapshot(snapshot) as reader:
        n_shown = sum(head.status != "merged" for head in reader.incident_heads())
    printed = []
    monkeypatch.setattr(build, "printed_row", lambda row: printed.append(row.incident_id) or printed_row(row))
    build_site(snapshot, tmp_path / "site")
    assert printed == [opened().incidents[0].incident_id]
    assert n_shown > 1
    build_site(snapshot, tmp_path / "whole")
    assert files_of(tmp_path / "site") == files_of(tmp_path / "whole")


def test_a_run_rewrites_only_the_pages_that_it_changed(tmp_path: Path) -> None:
    build_site(publish(tmp_path, opened()), tmp_path / "site")
    before = files_of(tmp_path / "site")
    kept, gone = opened().incidents[0].incident_id, opened().incidents[5].incident_id
    build_site(publish(tmp_path, merged()), tmp_path / "site")
    after = files_of(tmp_path / "site")
    changed = {path for path in after if before.get(path) != after[path] and path.startswith("incident/")}
    assert changed == {f"incident/{kept}.html", f"incident/{kept}.json", f"incident/{gone}.html"}
    assert before.keys() - after.keys() == {f"incident/{gone}.json"}
    assert f'content="0; url={kept}.html"' in after[f"incident/{gone}.html"].decode()


def test_what_a_rollback_takes_back_loses_its_page(tmp_path: Path) -> None:
    batch = opening_batch(2)
    build_site(publish(tmp_path, opening_batch(1), batch), tmp_path / "site")
    before = files_of(tmp_path / "site")
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.roll_back(batch.run.run_id, by="a person", at=batch.run.now, reason="a test")
        snapshot = writer.publish(tmp_path / "published" / "incidents.duckdb")
    build_site(snapshot, tmp_path / "site")
    page = f"incident/{batch.incidents[0].incident_id}.html"
    assert page in before
    assert page not in files_of(tmp_path / "site")


def test_pages_that_went_missing_or_empty_come_back(
    site_snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(site_snapshot, tmp_path / "site")
    monkeypatch.setattr(store, "boot_id", lambda: "after the machine was started again")
    before = files_of(tmp_path / "site")
    pages = sorted((tmp_path / "site" / "incident").glob("*.html"))
    pages[0].unlink()
    pages[1].write_bytes(b"")  # what a power cut may leave
    (tmp_path / "site" / "about.html").unlink()
    (tmp_path / "site" / "incident" / "stray.html").write_text("left by a cut-off build")
    assert build_site(site_snapshot, tmp_path / "site").n_removed == 1
    assert files_of(tmp_path / "site") == before


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A home with the site of an earlier run (`old`), and the snapshot and site (`new`) of later ones."""
    home = tmp_path_factory.mktemp("before-and-after")
    build_site(publish(home, opened()), home / "old")
    snapshot = publish(home, merged(), watched(), opening_batch(4, n_reports=3))
    build_site(snapshot, home / "new")
    return home, snapshot


@pytest.mark.parametrize("n_whole", [0, 1, 5, 12, 18])
def test_a_build_that_is_cut_off_leaves_whole_pages_and_lists_whose_links_lead_somewhere(
    before_and_after: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n_whole: int
) -> None:
    home, snapshot = before_and_after
    shutil.copytree(home / "old", tmp_path / "site")
    old, new = files_of(home / "old"), files_of(home / "new")
    n_left = [n_whole]
    write = store.replace_file

    def cut_off(path: Path, data: bytes) -> None:
        n_left[0] -= 1
        if n_left[0] < 0:
            raise KeyboardInterrupt
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(store, "replace_file", cut_off)
        with pytest.raises(KeyboardInterrupt):
            build_site(snapshot, tmp_path / "site")
    now = files_of(tmp_path / "site")
    assert now.keys() >= old.keys()
    for path, content in now.items():
        assert content in (old.get(path), new.get(path)), path
        if path.endswith(".html"):
            links = [link for link in Page(content.decode()).links if "://" not in link and "feeds/" not in link]
            for link in (one.partition("#")[0] for one in links):
                assert not link or (tmp_path / "site" / path).parent.joinpath(link).is_file(), (path, link)
    build_site(snapshot, tmp_path / "site")
    assert files_of(tmp_path / "site") == new


def test_a_full_disk_is_told_and_leaves_the_pages(
    site_snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(WarehouseError, match="No space left"):
        build_site(site_snapshot, tmp_path / "site")


def test_a_folder_of_somebody_else_is_left_alone(site_snapshot: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(ConfigError, match="no `site build` made"):
        build_site(site_snapshot, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["index.html"]


def test_files_beside_the_pages_stay(site_snapshot: Path, tmp_path: Path) -> None:
    (tmp_path / "site" / "feeds").mkdir(parents=True)
    (tmp_path / "site" / "feeds" / "incidents.atom").write_text("<feed/>")
    for _ in range(2):
        build_site(site_snapshot, tmp_path / "site")
    assert (tmp_path / "site" / "feeds" / "incidents.atom").read_text() == "<feed/>"


def test_two_builds_do_not_mix(site_snapshot: Path, tmp_path: Path) -> None:
    with run_lock(tmp_path / ".deconflict-site.lock", "site build"), pytest.raises(RunLockedError):
        build_site(site_snapshot, tmp_path)


def test_a_torn_list_has_everything_made_anew(site_snapshot: Path, tmp_path: Path) -> None:
    first = build_site(site_snapshot, tmp_path)
    (tmp_path / store.LIST).write_text('{"form": 1, "hash')
    assert build_site(site_snapshot, tmp_path).n_written == first.n_written


def test_an_empty_warehouse_has_a_site(tmp_path: Path) -> None:
    built = build_site(publish(tmp_path), tmp_path / "site")
    assert built.n_incidents == 0
    assert "No incident is known yet" in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "no complete run yet" in (tmp_path / "site" / "about.html").read_text("utf-8")


def test_a_site_that_cannot_be_built_is_an_issue_of_the_run_and_no_failure(tmp_path: Path) -> None:
    build_warehouse(tmp_path)
    settings = Settings(home=tmp_path)
    settings.site_path.mkdir()
    (settings.site_path / "index.html").write_text("mine")
    run_id = make_run(2).run_id
    assert publish_site(settings, run_id) is None
    with open_snapshot(publish(tmp_path)) as reader:
        issues = reader.issues_of(run_id)
    assert [(issue.level, issue.code) for issue in issues] == [("error", "site.not_built")]
    assert "the site was not built" in issues[0].message


def test_a_published_site_is_built(tmp_path: Path) -> None:
    build_warehouse(tmp_path)
    built = publish_site(Settings(home=tmp_path), make_run(2).run_id)
    assert built is not None
    assert (tmp_path / "site" / "index.html").is_file()


def test_the_json_beside_a_page_holds_what_the_page_shows(built_site: Path) -> None:
    paths = sorted((built_site / "incident").glob("*.json"))
    assert len(paths) == 5
    for path in paths:
        output = json.loads(path.read_text("utf-8"))
        assert output["schema"] == "site-incident/1"
        assert output["incident"]["incident_id"] == path.stem
        assert len(output["articles"]) == output["incident"]["n_articles"] or output["incident"]["n_articles"] == 4
        assert all(claim["incident_id"] == path.stem for claim in output["claims"])


def test_more_than_fit_go_to_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from interfaces.site import lists

    monkeypatch.setattr(build, "N_NEW", 5)
    monkeypatch.setattr(lists, "N_ARCHIVE", 4)
    build_site(publish(tmp_path, opening_batch(1, n_reports=10)), tmp_path / "site")
    index = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert index.count('<tr role="row" data-c') == 5
    assert "The newest 5 are shown" in index
    parts = [(tmp_path / "site" / "archive" / f"2018-02{part}.html").read_text("utf-8") for part in ("", "-2", "-3")]
    assert [part.count('<tr role="row" data-c') for part in parts] == [4, 4, 2]
    ids = {row.incident_id for row in opening_batch(1, n_reports=10).incidents}
    assert all(sum(i in part for part in parts) == 1 for i in ids)


def test_what_has_no_type_is_left_out_of_the_new_ones(tmp_path: Path) -> None:
    batch = opening_batch(1)
    batch = replace(batch, incidents=tuple(replace(row, event_type="other") for row in batch.incidents))
    build_site(publish(tmp_path, batch), tmp_path / "site")
    index = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "No incident is known yet" in index
    assert "1 happening of no type" in index
    assert batch.incidents[0].incident_id in (tmp_path / "site" / "archive" / "2018-02.html").read_text("utf-8")


def test_leftovers_of_a_killed_build_are_swept(site_snapshot: Path, tmp_path: Path) -> None:
    build_site(site_snapshot, tmp_path)
    (tmp_path / "incident" / ".inc_1.html.12345678").write_text("half")
    build_site(site_snapshot, tmp_path)
    assert not list((tmp_path / "incident").glob(".*"))


def test_what_is_new_is_counted_whole_however_few_are_shown(
    site_snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "N_NEW", 2)
    monkeypatch.setattr(lists, "N_NEW", 2)
    build_site(site_snapshot, tmp_path / "site")
    text = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "5 incidents first seen in the 24 hours before" in text
    assert "; the newest 2 are below." in text
    assert text.count("data-c=") == 2
    assert '<span data-look="3">' in text  # by which the script says "or more"
