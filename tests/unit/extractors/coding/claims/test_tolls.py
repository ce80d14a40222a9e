"""The toll that one article would sign. Every sentence is made up."""

import os
from pathlib import Path

import pytest

from extractors.coding.claims import FoundClaim, claims_of, find_claims, tolls
from extractors.coding.claims.person_coreference import resolve_persons
from model.report import Measure, SpeakerSide, Toll
from tests.support.parsed import make_document, whole_cluster

SEED = Path(os.environ.get("DECONFLICT_EVAL", "../shared/eval")).parent / "seeds" / "000_294e9e784ab981fb.txt"


def find(text: str, title: str = "") -> tuple[FoundClaim, ...]:
    return find_claims(make_document(text, title))


def both(text: str, title: str = "") -> tuple[Toll, Toll]:
    document = make_document(text, title)
    cluster = whole_cluster(document)
    return tolls(claims_of(find_claims(document), cluster, document), cluster, document)


@pytest.mark.parametrize(
    ("title", "text", "killed", "injured"),
    [
        ("Three killed in mine blast", "Three miners were killed and five were injured, police said.", 3, 5),
        ("Boy, 3, killed by bullet", "A 3-year-old boy was shot and killed on Friday. The boy died at home.", 1, None),
        ("Man wounded in shooting", "A man was shot in the leg. He is in stable condition.", None, 1),
        ("Two dead after dispute", "Ada Example, 31, and Ben Sample, 40, were killed on Monday.", 2, None),
        ("Strike on camp", "The observatory said a strike killed 21 people and injured 125.", 21, 125),
        ("Storm passes valley", "Schools were closed. The river rose by two metres.", None, None),
    ],
)  # fmt: skip
def test_best(title: str, text: str, killed: int | None, injured: int | None) -> None:
    assert tuple(toll.best for toll in both(text, title)) == (killed, injured)


def test_low_and_high_span_the_whole_figures() -> None:
    killed, _ = both("The army said nine fighters were killed. Rebels said 14 fighters were killed. One was a boy.")
    assert (killed.low, killed.high) == (9, 14)
    assert killed.best in (9, 14)


def test_an_open_bound_stays_open() -> None:
    killed, _ = both("At least 20 people were killed.", "Quake kills 20")
    assert (killed.low, killed.best, killed.high) == (20, 20, None)


def test_a_joint_figure_is_not_killed() -> None:
    killed, _ = both("Their troops fared badly, with more than 100 reported dead or injured.")
    assert killed.best is None


def test_a_zero_of_one_side_does_not_lower_the_others() -> None:
    killed, _ = both("The raid killed 21 people. CENTCOM said no Americans were killed.", "Raid kills 21")
    assert killed == Toll(21, 21, 21)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("More than 100 fighters were killed or wounded. No American troops were killed.", Toll(0, None, None)),
        ("About 90 fighters were killed or wounded. No American troops were killed.", Toll(0, None, 90)),
        ("The blast injured 12 people. No police officers were killed.", Toll(0, None, None)),
        ("The blast injured 12 people. Nobody was killed.", Toll(0, 0, 0)),
    ],
)
def test_a_zero_of_one_side_is_not_the_whole_accounts(text: str, killed: Toll) -> None:
    assert both(text)[0] == killed


def test_no_one_else_lowers_nothing() -> None:
    assert both("Six people were injured. No one else was injured.", "Six injured")[1] == Toll(6, 6, 6)


def test_parts_and_plurals_without_number_lower_nothing() -> None:
    killed, _ = both("Forty people were killed. Villagers were killed too. Two others died.", "Forty killed")
    assert killed.low == 40


def test_a_number_says_more_than_dozens() -> None:
    killed, _ = both("Raiders killed dozens of villagers. At least 33 people were killed, a local official said.")
    assert killed == Toll(24, 33, None)


def test_a_denied_figure_is_no_toll() -> None:
    text = "About 100 guards were killed; the ministry did not say that 200 of them had died."
    assert both(text, "Correction: the toll of the clash")[0] == Toll(100, 100, 100)


def test_nobody_hurt_is_zero_and_silence_is_null() -> None:
    assert both("Shots were fired but no one was hurt.")[1] == Toll(0, 0, 0)
    assert both("Shots were fired.")[1] == Toll()


def test_a_cluster_keeps_to_its_sentences() -> None:
    document = make_document("In Alpha, three people were killed. In Beta, seven people were killed.")
    cluster = whole_cluster(document, 1)
    killed, _ = tolls(claims_of(find_claims(document), cluster, document), cluster, document)
    assert (killed.low, killed.best, killed.high) == (7, 7, 7)


@pytest.mark.parametrize(
    ("text", "n_killed"),
    [
        ("A boy was killed. The boy was pronounced dead at noon.", 1),
        ("A man was killed. Another man died at the hospital.", 2),
        ("A man, 20, was killed. A man, 30, was killed.", 2),
        ("A woman was killed. A man was killed.", 2),
        ("Ada Example was killed. Ben Sample was killed. Example died at once.", 2),
        ("A man shot and killed his wife before turning the gun on himself.", 2),
        ("The sheriff says a clerk shot and killed his wife before turning the gun on himself.", 2),
        ("A girl, 14, was killed and a suspect was arrested. Ada Example died at home.", 1),
        ("A teen was killed. Ada Example, 35, was killed.", 2),
        ("Ada Example was killed. Ben Example was killed. Ada Exemple was mourned; Exemple died at noon.", 2),
        ("A man was killed. Ben Sample, 23, was arrested. The man, 25, died at noon.", 1),
        ("Ben Sample, 30, was killed. Ben Sampel was not known there. Ben Sample Jr was killed.", 1),
    ],
)
def test_the_ledger_tells_persons_apart(text: str, n_killed: int) -> None:
    assert sum(p.is_killed for p in resolve_persons(find(text))) == n_killed


def test_they_who_died_are_those_counted_before() -> None:
    killed, _ = both("Both men were taken to a hospital, where they were pronounced dead.")
    assert killed.best == 2


@pytest.mark.corpus
def test_the_seed_article() -> None:
    if not SEED.exists():
        pytest.skip(f"the seed article is not at {SEED}")
    text = SEED.read_text(encoding="utf-8")
    found = find(text)
    by_figure = {(f.claim.measure, f.claim.low, f.claim.high): f.claim for f in found}
    killed = by_figure[Measure.KILLED, 21, 21]
    injured = by_figure[Measure.INJURED, 125, 125]
    assert (killed.speaker_side, killed.victims_side) == (SpeakerSide.MONITOR, "sdf")
    assert (injured.speaker_side, injured.victims_side) == (SpeakerSide.MONITOR, "sdf")
    assert by_figure[Measure.KILLED_OR_INJURED, 100, None].victims_side == "mil_sy"
    assert by_figure[Measure.INJURED, 0, 0].victims_side == "mil_us"
    assert by_figure[Measure.FORCE_SIZE, 500, 500].speaker == "CENTCOM"
    assert {m for m, low, _ in by_figure if low} == {
        Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED, Measure.FORCE_SIZE
    }  # fmt: skip
    assert tuple(toll.best for toll in both(text)) == (21, 125)
