"""What saves the coder time changes nothing: each screen lets every match of its pattern through."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.coding.claims import cues, numbers
from extractors.coding.lowercase import is_mostly_lowercase, lowercase
from extractors.coding.pattern_prefilter import PrefilteredPattern

SCREENS = {
    **cues.CUES,
    "death": cues.DEATH,
    "hurt": cues.HURT,
    "shot": cues.SHOT,
}
PLAIN = st.characters(min_codepoint=32, max_codepoint=126)
# Words that dates and counts are made of, alone and run into others, as sloppy pages have them.
WORDS = st.sampled_from(
    "Monday MONDAY monday Mondays MondayNight Tues. Sat Feb Feb. February FEBRUARY febrero Mai May may May5 March mars "
    "1 7 24 7th 24th 31ST 2018 2018, '18 1990 12/13/99 3.4.2018 a1/2/2018 2018-02-07 x2018-02-07 of the on in since "
    "last next this past early late earlier today tonight yesterday tomorrow overnight during morning night evening "
    "week weekend month year day days weeks ago after before later following previous over at about some more than "
    "nearly almost a an one two twenty-one hundred thousand dozen dozens of several few couple St. Patrick's "
    "St.Patrick’s Day New Year's Eve Fourth July Christmas Thanksgiving prayers 's ’s at least up to no fewer "
    "exceeding approx. between and 1,200 $5 5% 10:30 or so +".split()
)
texts = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", " ", "", "\n", ", ", "-", " – ", "."])), max_size=25).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


@pytest.mark.parametrize("name", sorted(SCREENS))
@settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_screen_lets_all_matches_through(name: str, data: st.DataObject) -> None:
    screen: PrefilteredPattern = SCREENS[name]
    text = data.draw(st.from_regex(screen.pattern, alphabet=PLAIN))
    assert screen.may_match(lowercase(text)) or not screen.pattern.search(text)


@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_counts_match_where_a_plain_search_finds_them(text: str) -> None:
    assert [m.span() for m in numbers._matches(text)] == [m.span() for m in numbers._NUMBER.finditer(text)]


@given(text=st.text(max_size=200))
def test_small_letters_keep_their_places(text: str) -> None:
    assert len(lowercase(text)) == len(text)
    pairs = zip(lowercase(text), text, strict=True)
    assert all(s == c or s.casefold() == c.lower().casefold() for s, c in pairs)  # a sigma has two small forms


@given(text=st.text(alphabet="etaoinETAOINxyzXYZ .5", max_size=80))
def test_a_plainly_small_text_never_shouts(text: str) -> None:
    letters = [c for c in text if c.isalpha()]
    if is_mostly_lowercase(text):
        assert sum(c.isupper() for c in letters) < 0.7 * len(letters)
