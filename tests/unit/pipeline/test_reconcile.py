"""New groups of reports get the ids of the incidents that they were."""

from pipeline.reconcile import reconcile

AGE = {"inc_a": 0, "inc_b": 1, "inc_c": 2}


def test_the_same_groups_keep_their_ids() -> None:
    found = reconcile({"r1": "x", "r2": "x", "r3": "y"}, {"r1": "inc_a", "r2": "inc_a", "r3": "inc_b"}, AGE, set())
    assert dict(found.kept) == {"x": "inc_a", "y": "inc_b"}
    assert not found.split_from
    assert not found.merged


def test_two_that_are_one_now_merge_into_the_one_that_holds_most_and_of_equals_into_the_older() -> None:
    more = reconcile(dict.fromkeys(("r1", "r2", "r3"), "x"), {"r1": "inc_a", "r2": "inc_b", "r3": "inc_b"}, AGE, set())
    assert (dict(more.kept), dict(more.merged)) == ({"x": "inc_b"}, {"inc_a": "x"})
    even = reconcile(dict.fromkeys(("r1", "r2"), "x"), {"r1": "inc_b", "r2": "inc_a"}, AGE, set())
    assert (dict(even.kept), dict(even.merged)) == ({"x": "inc_a"}, {"inc_b": "x"})


def test_one_that_is_two_now_is_split_and_the_larger_part_keeps_the_id() -> None:
    groups = {"r1": "x", "r2": "y", "r3": "y"}
    found = reconcile(groups, dict.fromkeys(groups, "inc_a"), AGE, set())
    assert (dict(found.kept), dict(found.split_from)) == ({"y": "inc_a"}, {"x": "inc_a"})


def test_reports_that_nobody_had_make_a_new_incident() -> None:
    found = reconcile({"r1": "x", "r9": "new"}, {"r1": "inc_a"}, AGE, set())
    assert "new" not in found.kept
    assert "new" not in found.split_from


def test_an_incident_that_keeps_other_reports_is_not_merged_away() -> None:
    found = reconcile(
        dict.fromkeys(("r1", "r2", "r3"), "x"), {"r1": "inc_a", "r2": "inc_b", "r3": "inc_b"}, AGE, {"inc_a"}
    )
    assert not found.merged
