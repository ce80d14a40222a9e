"""The automations of the repository are right by Prefect's own schemas, the server's as well as the client's."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from flows.automate import FOLDER, NO_BLOCK, read_automation

FILES = sorted(FOLDER.glob("*.yaml"))


def test_there_is_one_for_failing_runs_for_silence_and_for_dying_feeds() -> None:
    assert [path.stem for path in FILES] == ["dying_feeds", "failing_runs", "no_runs"]
    names = [read_automation(path, NO_BLOCK).name for path in FILES]
    assert len(set(names)) == len(names)
    assert all(name.startswith("deconflict-") for name in names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_automation_is_valid_and_has_its_block_filled_in(path: Path) -> None:
    from prefect.server.events.schemas.automations import AutomationCreate

    block_id = uuid4()
    core = read_automation(path, str(block_id))
    made = AutomationCreate.model_validate(core.model_dump(mode="json"))  # the server's: it checks templates, too
    assert [action.block_document_id for action in made.actions] == [block_id]
    assert UUID(NO_BLOCK) not in [action.block_document_id for action in made.actions]
    assert core.enabled


def test_what_is_expected_is_what_the_flow_emits() -> None:
    source = (FOLDER.parent / "notify.py").read_text("utf-8")
    dying = read_automation(FOLDER / "dying_feeds.yaml", NO_BLOCK)
    (event,) = dying.trigger.expect
    assert f'emit_event("{event}"' in source
    assert "deconflict.feed.{feed.feed_id}" in source
    assert dying.trigger.match.root == {"prefect.resource.id": "deconflict.feed.*"}
