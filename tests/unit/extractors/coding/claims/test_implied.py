"""A toll rests on a claim or on a word that implies it. Every sentence is made up."""

from extractors.coding.claims.implied import RULE, rest_on_claims
from model.report import Measure, Toll
from tests.support.parsed import make_document, whole_cluster

ONE = Toll(1, 1, 1)


def rest(text: str, title: str, killed: Toll, injured: Toll) -> tuple[tuple[str, ...], tuple[Toll, Toll]]:
    document = make_document(text, title)
    claims, resting = rest_on_claims((), (killed, injured), whole_cluster(document), document)
    assert all(f.claim.measure is Measure.KILLED and f.claim.low == 1 and f.claim.high is None for f in claims)
    return tuple(f.claim.rule for f in claims), resting


def test_a_deadly_event_killed_at_least_one_by_its_word() -> None:
    rules, (killed, injured) = rest("The road was closed.", "Deadly blast at market", ONE, Toll())
    assert rules == (f"{RULE}deadly",)
    assert (killed.low, killed.best, killed.high) == (1, 1, None)
    assert injured == Toll()


def test_hospitals_survivors_and_hit_vehicles_count_nobody() -> None:
    for text in (
        "Survivors spoke of panic in the dark.",
        "The toll rose after bodies reached the military hospital.",
        "An explosion hit an army vehicle on Monday.",
    ):
        assert rest(text, "News of the day", Toll(), ONE) == ((), (Toll(), Toll()))


def test_a_toll_of_nobody_stays() -> None:
    assert rest("Nothing happened.", "A quiet day", Toll(0, 0, 0), Toll()) == ((), (Toll(0, 0, 0), Toll()))
