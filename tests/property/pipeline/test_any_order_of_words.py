"""Whatever people and runs do, in any order: decisions that hold are kept, and each incident is told once as new."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from decided_world import at, bridge, home_of, market, run

from model.errors import ConfigError, ContractError
from model.incident import ArticleReport
from model.report import Coding
from model.settings import Settings
from pipeline.coding import Coded
from pipeline.decisions import Author, decide, split, withdraw
from pipeline.reprocess import reprocess
from pipeline.rolling_back import roll_back
from warehouse import Writer, open_snapshot, open_writer
from warehouse.cursors import commit_cursor, read_cursor

NAMES = ("north", "south", "east", "west", "coast", "hills")
ARRIVALS = [maker(name) for name in NAMES for maker in (market, lambda n: bridge(f"{n}2"))]
N_STEPS = 14


class Desk:
    """A person who looks, decides and errs; a run now and then; all by chance, from a seed."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self.settings, self.chance = settings, Random(seed)
        self.waiting = self.chance.sample(ARRIVALS, len(ARRIVALS))
        self.here: list[ArticleReport] = []
        self.now = at(date(2018, 4, 1))
        self.told: list[str] = []

    def step(self) -> None:
        self.now += timedelta(hours=1)
        deeds = (self.arrive, self.arrive, self.say, self.say, self.part, self.take_back, self.again, self.undo)
        self.chance.choice(deeds if len(self.here) > 2 else (self.arrive,))()
        with open_writer(self.settings.warehouse_path) as writer:
            writer.publish(self.settings.snapshot_path)  # the data tests run here
            self.check(writer)
        self.look()

    def arrive(self) -> None:
        new = [self.waiting.pop() for _ in range(min(2, len(self.waiting)))]
        self.here += new
        with open_writer(self.settings.warehouse_path) as writer:
            run(writer, self.now, *new)

    def some(self) -> str:
        with open_writer(self.settings.warehouse_path) as writer:
            one = self.chance.choice(self.here)
            return self.chance.choice((one.report.report_id, home_of(writer, one)))

    def say(self) -> None:
        left, right, is_same = self.some(), self.some(), self.chance.random() < 0.5
        with open_writer(self.settings.warehouse_path) as writer:
            try:
                decide(writer, left, right, is_same=is_same, author=self.author())
            except ConfigError:
                return  # one thing twice, or said before
            together = len({writer.homes([i])[0].incident_id if i[:3] == "rep" else writer.redirects([i])[i]
                            for i in (left, right)}) == 1  # fmt: skip
            assert together is is_same or (left[:3] == right[:3] == "inc" and not is_same)

    def part(self) -> None:
        with open_writer(self.settings.warehouse_path) as writer:
            incident = home_of(writer, self.chance.choice(self.here))
            reports = [home.report_id for home in writer.homes(incident_ids=[incident])]
            if len(reports) > 1:
                split(
                    writer, incident, self.chance.sample(reports, self.chance.randrange(1, len(reports))), self.author()
                )

    def take_back(self) -> None:
        with open_writer(self.settings.warehouse_path) as writer:
            standing = writer.decisions()
            if standing:
                withdraw(writer, self.chance.choice(standing).decision_id.partition("-")[0], self.author())

    def again(self) -> None:
        reports = {one.article.article_id: (one.report,) for one in self.here}
        reprocess(
            self.settings,
            self.now,
            code=lambda articles, *_: Coded(tuple(Coding(a.article_id, reports[a.article_id]) for a in articles), ()),
        )

    def undo(self) -> None:
        with open_snapshot(self.settings.snapshot_path) as reader:
            newest = next(row for row in reader.runs(50) if row.status == "complete" and row.kind != "rollback")
        if newest.kind == "decide":
            try:
                roll_back(self.settings, newest.run_id, by="anna", at=self.now, reason="a slip")
            except ContractError:
                return  # another run of the same moment builds on it

    def author(self) -> Author:
        return Author("anna", self.now)

    def check(self, writer: Writer) -> None:
        for word in writer.standing_decisions():
            if word.left_id.startswith("rep_") and word.right_id.startswith("rep_"):
                homes = {home.incident_id for home in writer.homes([word.left_id, word.right_id])}
                assert (len(homes) == 1) is word.is_same, word

    def look(self) -> None:
        folder = self.settings.cursors_path
        with open_snapshot(self.settings.snapshot_path) as reader:
            self.told += reader.opened_after(read_cursor(folder, "desk").change_id)
            commit_cursor(folder, "desk", reader.about().last_change_id)
        assert len(self.told) == len(set(self.told))


@pytest.mark.parametrize("seed", [5])
def test_decisions_hold_and_each_incident_is_told_once(tmp_path: Path, seed: int) -> None:
    desk = Desk(Settings(home=tmp_path, n_workers=1), seed)
    for _ in range(N_STEPS):
        desk.step()
    assert len(desk.told) >= 2
