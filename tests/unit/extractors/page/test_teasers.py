"""Teasers of other stories, captions and credits go; sentences stay."""

import pytest

from extractors.page.teasers import drop_teasers

STORY = "Four dockers were hurt when a crane fell in Beira on Monday, the port said."
MORE = "The crane was forty years old, a union leader said."


@pytest.mark.parametrize(
    "line",
    [
        "Also read: Ferry sinks off Zanzibar, sixty feared dead",
        "ALSO READ | Ferry sinks off Zanzibar, sixty feared dead",
        "READ MORE: Sixty feared dead as ferry sinks",
        "Read also: Sixty feared dead as ferry sinks",
        "See also – Sixty feared dead as ferry sinks",
        "Related story: Sixty feared dead as ferry sinks",
        "» Related: Sixty feared dead as ferry sinks",
        "Recommended for you: Sixty feared dead as ferry sinks",
        "Don't miss: Sixty feared dead as ferry sinks",
        "READ: Sixty feared dead as ferry sinks",
        "Also read:\nSixty feared dead as ferry sinks",
        "Related stories\n\nSixty feared dead as ferry sinks",
        "File photo: rescue workers after the sinking that killed sixty in 2011.",
        "Photo credit: Port authority",
        "Rescue workers carry one of sixty victims ashore in 2011. (File photo: Reuters)",
        "Rescue workers carry one of sixty victims ashore in 2011. Photograph: J. Doe/AP",
        "Wreckage of the ferry on which sixty died [File: Agency]",
        "© 2018 The Example. All rights reserved.",
    ],
)
def test_goes(line: str) -> None:
    assert drop_teasers(f"{STORY}\n{line}\n{MORE}") == f"{STORY}\n{MORE}"


@pytest.mark.parametrize(
    "text",
    [
        "Read the statement in full before you judge, the minister told reporters on Monday.",
        "Related to the dispute is a strike of the dockers, which killed trade for a week.",
        "Officers also read: the letter found at the scene named two men, both dead.",
        "He also read the names of the four dead.",
        "Photographs of the four dead were shown in court on Monday.",
        "BEIRA (Reuters) - Four dockers were hurt on Monday.",
        "More on this was not known on Monday, police said.",
        "The picture: four dead and nine hurt, and a port that stands still, as the governor put it. He left at once.",
    ],
)
def test_stays(text: str) -> None:
    assert drop_teasers(f"{STORY}\n{text}\n{MORE}") == f"{STORY}\n{text}\n{MORE}"


def test_teasers_within_a_paragraph() -> None:
    assert drop_teasers(f"{STORY} Also read: Ferry sinks off Zanzibar") == STORY
    assert drop_teasers(f"{STORY} (Read more: Ferry sinks off Zanzibar) {MORE}") == f"{STORY} {MORE}"


def test_a_text_of_nothing_else_stays() -> None:
    assert drop_teasers("Also read: one") == "Also read: one"
