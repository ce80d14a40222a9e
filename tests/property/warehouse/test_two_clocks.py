"""Random histories: what was known then is what was said then, and the fold of the whole is the fold of its parts."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from warehouse_world import WHY, at, make_article, make_memory, make_report, make_run, opening_batch

from model.incident import Assignment, Change, ChangeKind, IncidentVersion, Merge, OriginAssignment, Resolution
from model.run import RunBatch
from warehouse import Writer, open_writer
from warehouse.rollback import rebuild_state

ACTIONS = ("open", "attach", "revise", "recode", "merge", "move", "copy", "nothing", "roll_back")
Step = tuple[str, int, int]

STATE = {
    "article": "SELECT * FROM state.article ORDER BY ALL",
    "member": "SELECT * FROM state.member ORDER BY ALL",
    "incident": "SELECT * FROM state.incident ORDER BY ALL",
    "redirect": "SELECT * FROM state.redirect ORDER BY ALL",
    "term": "SELECT term, sum(n) FROM state.term GROUP BY term HAVING sum(n) <> 0 ORDER BY ALL",
    "feed": "SELECT * FROM state.feed ORDER BY ALL",
}


class World:
    """A warehouse and the pieces that later steps build on."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.con: Any = writer._con
        self.runs: list[str] = []

    def answer(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.con.execute(query, list(values)).fetchall()
        return rows

    def live_incidents(self) -> list[str]:
        return [
            row[0] for row in self.answer("SELECT incident_id FROM pub.incident WHERE status <> 'merged' ORDER BY 1")
        ]

    def latest(self, incident: str) -> IncidentVersion:
        return self.writer.latest_incidents([incident])[incident]


def batch_for(world: World, number: int, step: Step) -> RunBatch:
    action, first, second = step
    run = make_run(number)
    incidents = world.live_incidents()
    if action == "open" or not incidents:
        return opening_batch(number, n_reports=1 + first % 3)
    one, other = incidents[first % len(incidents)], incidents[second % len(incidents)]
    numbers = [int(row[0][4:]) for row in world.answer("SELECT external_id FROM pub.article ORDER BY 1")]
    chosen = make_article(numbers[second % len(numbers)], hours=0)
    known = world.writer.known_articles([chosen.article_id])[chosen.article_id]
    chosen = replace(chosen, revision=known.revision)
    empty = Resolution((), (), (), (), (), {}, 0)
    version = replace(world.latest(one), at=run.now, n_articles=number)
    if action == "attach":
        article = make_article(number * 1000, hours=number)
        report = make_report(article, killed=second)
        resolution = replace(
            empty,
            assignments=(Assignment(report.report_id, one, False, WHY),),
            memories=(make_memory(report, one, "key"),),
            term_counts={"clash": 1},
            n_documents=1,
        )
        change = Change(one, ChangeKind.ATTACHED, run.now, "{}")
        return RunBatch(
            run, articles=(article,), reports=(report,), resolution=resolution, incidents=(version,), changes=(change,)
        )
    if action == "revise":
        article = make_article(numbers[second % len(numbers)], revision=known.revision + 1, hours=number)
        report = make_report(article, killed=first)
        resolution = replace(empty, assignments=(Assignment(report.report_id, one, False, WHY),))
        return RunBatch(run, articles=(article,), reports=(report,), resolution=resolution, incidents=(version,))
    if action == "recode":
        reports = (make_report(chosen, killed=first + 100),) if first % 3 else ()
        return RunBatch(run, reports=reports, coded_article_ids=(chosen.article_id,), incidents=(version,))
    if action == "merge" and one != other:
        resolution = replace(empty, merges=(Merge(one, other, WHY),))
        return RunBatch(
            run, resolution=resolution, incidents=(version,), changes=(Change(other, ChangeKind.MERGED, run.now, "{}"),)
        )
    if action == "move":
        reports_now = world.answer("SELECT report_id FROM pub.report ORDER BY 1")
        if reports_now:
            moved = reports_now[second % len(reports_now)][0]
            resolution = replace(empty, assignments=(Assignment(moved, one, False, WHY),))
            return RunBatch(run, resolution=resolution, incidents=(version,))
    if action == "copy":
        return RunBatch(
            run, resolution=replace(empty, origins=(OriginAssignment(chosen.article_id, f"origin{first}", "wire"),))
        )
    return RunBatch(run)


# A history takes a second, so a failing one is told as it is rather than shrunk for minutes.
@settings(max_examples=12, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=14))
def test_random_histories(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder) / "w.duckdb") as writer:
        world = World(writer)
        said: dict[int, dict[str, Any]] = {}
        for number, step in enumerate(steps, start=1):
            if step[0] == "roll_back" and world.runs:
                writer.roll_back(world.runs.pop(), by="a test", at=at(number), reason="wrong")
            else:
                batch = batch_for(world, number, step)
                if writer.append(batch).n_rows:
                    world.runs.append(batch.run.run_id)
            said[number] = {
                "incident": world.answer("SELECT * FROM pub.incident ORDER BY ALL"),
                "claim": world.answer("SELECT * FROM pub.claim ORDER BY ALL"),
            }
        for number, answers in said.items():
            assert world.answer("SELECT * FROM pub.incident_asof(?) ORDER BY ALL", at(number)) == answers["incident"]
            assert world.answer("SELECT * FROM pub.claims_asof(?) ORDER BY ALL", at(number)) == answers["claim"]
        ids = [row[0] for row in world.answer("SELECT change_id FROM pub.change ORDER BY 1")]
        assert ids == list(range(1, len(ids) + 1))
        kept_up = {name: world.answer(query) for name, query in STATE.items()}
        rebuild_state(world.con)
        assert {name: world.answer(query) for name, query in STATE.items()} == kept_up
