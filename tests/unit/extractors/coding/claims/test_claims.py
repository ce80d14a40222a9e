"""What is claimed, of whom, and how firmly. Every sentence is made up."""

import pytest

from extractors.coding.claims import FoundClaim, find_claims, with_ids
from extractors.coding.document import TITLE
from model.report import Bound, Claim, Measure, SpeakerSide
from tests.support.parsed import make_document


def find(text: str, title: str = "") -> tuple[FoundClaim, ...]:
    return find_claims(make_document(text, title))


def figures(text: str, title: str = "") -> list[tuple[str, int | None, int | None]]:
    return [(f.claim.measure.value, f.claim.low, f.claim.high) for f in find(text, title)]


def only(text: str) -> Claim:
    (found,) = find(text)
    return found.claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three miners were killed.", [("killed", 3, 3)]),
        ("One of the two clerks has died.", [("killed", 1, 1)]),
        ("One of the three hostages was killed.", [("killed", 1, 1)]),
        ("Two children, ages 3 and 5, and their mother were found dead.", [("killed", 3, 3)]),
        ("He opened fire, killing her and another woman.", [("killed", 2, 2)]),
        ("The guard died after shooting his wife and two sons to death.", [("killed", 1, 1), ("killed", 3, 3)]),
        ("The bodies of Mary Major and her two sons were found.", [("killed", 3, 3)]),
        ("Police identified Sample, who was pronounced dead there.", [("killed", 1, 1)]),
        ("Two died at the scene and a third died in hospital.", [("killed", 2, 2), ("killed", 1, 1), ("killed", 3, 3)]),
        ("The blast killed 14 and wounded 30.", [("killed", 14, 14), ("injured", 30, 30)]),
        ("Twelve people died and dozens were hurt.", [("killed", 12, 12), ("injured", 24, 99)]),
        ("The fire left two dead and four others injured.", [("killed", 2, 2), ("injured", 4, 4)]),
        ("A rocket hit the market, killing six and injuring 17.", [("killed", 6, 6), ("injured", 17, 17)]),
        ("A three-year-old girl was killed on Sunday.", [("killed", 1, 1)]),
        ("Police found the bodies of two women in the barn.", [("killed", 2, 2)]),
        ("The shooting death of Mary Major shook the town.", [("killed", 1, 1)]),
        ("Ben Sample was pronounced dead at the scene.", [("killed", 1, 1)]),
        ("Ben Sample, 23, and Ada Example, 31, were killed.", [("killed", 2, 2)]),
        ("Two men, a woman and a 3-year-old girl were shot to death.", [("killed", 4, 4)]),
        ("The death toll rose from 8 to 12 on Monday.", [("killed", 12, 12)]),
        ("The attack claimed the lives of 22 villagers.", [("killed", 22, 22)]),
        ("He died at the hospital.", [("killed", 1, 1)]),
        ("The gunman was fatally shot by officers.", [("killed", 1, 1)]),
        ("Between 3 and 7 civilians were killed.", [("killed", 3, 7)]),
        ("Up to 40 villagers were wounded.", [("injured", 0, 40)]),
        ("Others were injured in the strike.", [("injured", 2, None)]),
        ("Two passengers suffered minor injuries.", [("injured", 2, 2)]),
        ("A clerk was taken to hospital with a gunshot wound.", [("injured", 1, 1)]),
        ("The boy remains in critical condition.", [("injured", 1, 1)]),
        ("Rebels captured 14 soldiers.", [("captured", 14, 14)]),
        ("Nine sailors are missing.", [("missing", 9, 9)]),
        ("About 2,000 people were displaced by the shelling.", [("displaced", 2000, 2000)]),
        ("They fought off roughly 300 attacking troops.", [("force_size", 300, 300)]),
        ("Five people were shot outside a bar.", [("killed_or_injured", 5, 5)]),
        ("More than 60 were reported dead or wounded.", [("killed_or_injured", 60, None)]),
        ("The raid killed and wounded 40 fighters.", [("killed_or_injured", 40, 40)]),
        ("Two guards were killed and five patients were wounded.", [("killed", 2, 2), ("injured", 5, 5)]),
        ("Four engineers were seized at a roadblock.", [("captured", 4, 4)]),
        ("The dead were two clerks and a guard.", [("killed", 3, 3)]),
        ("Ten people, among them two children, were killed.", [("killed", 10, 10), ("killed", 2, 2)]),
    ],
)
def test_forms_of_figures(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("3 dead, 1 hurt after crash", [("killed", 3, 3), ("injured", 1, 1)]),
        ("6 shot, 1 fatally, at party", [("killed_or_injured", 6, 6), ("killed", 1, 1)]),
        ("Man killed, woman injured in raid", [("killed", 1, 1), ("injured", 1, 1)]),
        ("Man, 2 children found dead in home", [("killed", 3, 3)]),
        ("2014 valley killings: what we know", []),
        ("Man who murdered young girl was known to police", [("killed", 1, 1)]),
        ("Jets kill 'more than 60' fighters near dam", [("killed", 60, None)]),
    ],
)
def test_headlines(title: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert figures("", title) == expected


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("No one was hurt.", {"injured"}),
        ("There were no casualties.", {"killed", "injured"}),
        ("None of the guards were injured or killed.", {"killed", "injured"}),
        ("No injuries were reported.", {"injured"}),
        ("The army said no soldiers were killed.", {"killed"}),
    ],
)
def test_zero_is_a_claim(text: str, measures: set[str]) -> None:
    found = find(text)
    assert {f.claim.measure.value for f in found} == measures
    assert all((f.claim.low, f.claim.high) == (0, 0) for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "The flood could kill thousands of people.",
        "He threatened to kill two guards.",
        "Road accidents kill 33,000 people each year.",
        "It was the city's 45th homicide this year.",
        "The square was full. It was noon. Bells rang. A similar attack killed 14 people in 2012.",
        "The square was full. It was noon. Bells rang. A bomb killed six people there two years ago.",
        "The driver, 45, lives at 212 Elm Street.",
        "Officers found a .38-caliber pistol and 20 rounds.",
        "The trial starts on May 25 at 9:30.",
        "The team was beaten 21-14.",
        "An officer was not injured.",
        "Three drones were launched at 12 houses.",
        "She dismissed reports of dozens and hundreds of dead as rumours.",
        "He denied that 40 villagers had been killed.",
        "An earlier version misstated the toll: it was not 40 dead.",
        "The ministry did not say that 300 had died.",
        "Commanders called in jets and helicopters.",
        "The names of the dead were read aloud.",
        "The street is a dead end.",
        "The sheriff's homicide unit was called.",
        "Ada Example's murder trial opened at noon.",
        "Torches burned along the road.",
        "Ten rebels seized a bridge.",
        "He was dismissed for missing shifts.",
        "Columns of armed rebels were hit near the dam.",
        "The capital, which has some 900 troops there, kept silent.",
        "One of the men said that his own contact had been struck by glass.",
    ],
)
def test_what_is_no_claim_of_this_incident(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "1:27 Two dead after crash in Othertown, police say",
        "Related: Three killed in barn fire",
        "RELATED STORIES: Three killed in barn fire",
        "[Othertown police: Woman, child killed in barn fire]",
    ],
)
def test_headlines_of_other_stories_between_the_paragraphs_give_no_claim(text: str) -> None:
    assert not find(text)


@pytest.mark.parametrize("text", ["10:30 a.m. Two men were killed.", "[TEXT] Two men were killed."])
def test_times_and_marks_of_a_wire_are_no_other_story(text: str) -> None:
    assert ("killed", 2, 2) in figures(text)


def test_an_attempt_is_no_death() -> None:
    assert not [f for f in figures("Apparent suicide attempt in Othertown") if f[0] == "killed"]


def test_the_joint_figure_is_never_killed() -> None:
    claim = only("Their column fared badly, with more than 80 reported dead or injured.")
    assert (claim.measure, claim.low, claim.high) == (Measure.KILLED_OR_INJURED, 80, None)
    assert claim.bound is Bound.AT_LEAST
    assert claim.rule.startswith("casualty_noun")


def test_parts_and_increments_are_marked() -> None:
    whole, part = (f.claim for f in find("Nine people were wounded, including two children."))
    assert (whole.is_part, part.is_part, part.low) == (False, True, 2)
    more, total = (f.claim for f in find("Two more miners died, bringing the death toll to 12."))
    assert (more.is_increment, total.is_increment, total.low) == (True, False, 12)


def test_the_subject_before_a_part_is_the_whole() -> None:
    found = [f.claim for f in find("Twelve people, including two children, were killed.")]
    assert [(c.low, c.is_part) for c in found if not c.is_part] == [(12, False)]


def test_own_death_is_kept_apart() -> None:
    found = find("A man shot and killed his wife before turning the gun on himself.")
    victim, own = (f for f in found if f.claim.measure is Measure.KILLED)
    assert (victim.is_self, own.is_self) == (False, True)
    assert own.claim.victims_side == "suspects"


def test_victims_of_a_bare_number_are_the_target() -> None:
    claim = only("The raid against the Kurdish-led Syrian Democratic Forces near the dam killed 19.")
    assert claim.victims == "the Kurdish-led Syrian Democratic Forces"
    assert claim.victims_side == "sdf"


@pytest.mark.parametrize(
    ("text", "speaker", "side"),
    [
        ("According to the Valley Observatory for Human Rights, 21 people were killed.",
         "Valley Observatory for Human Rights", SpeakerSide.MONITOR),
        ("Police said three people were killed.", "Police", SpeakerSide.OFFICIAL),
        ("Three people were killed, said Sgt. Ada Example.", "Sgt. Ada Example", SpeakerSide.OFFICIAL),
        ("Residents said ten people were killed.", "Residents", SpeakerSide.WITNESS),
        ("State news agency Valpress reported that ten people were killed.", "State news agency Valpress",
         SpeakerSide.OUTLET),
        ("CENTCOM said two Americans were wounded.", "CENTCOM", SpeakerSide.PARTY),
        ("The Taliban said 30 American soldiers were killed.", "Taliban", SpeakerSide.OPPONENT),
        ("Ten people were killed.", None, SpeakerSide.OUTLET),
    ],
)  # fmt: skip
def test_speakers(text: str, speaker: str | None, side: SpeakerSide) -> None:
    claim = find(text)[0].claim
    assert (claim.speaker, claim.speaker_side) == (speaker, side)


def test_a_quotation_keeps_its_speaker() -> None:
    found = find("“We were attacked at dawn,” said Mayor Ada Example. “Twelve people were killed.”")
    assert found[-1].claim.speaker == "Mayor Ada Example"


def test_a_pronoun_takes_the_speaker_before() -> None:
    found = find("Sheriff Ada Example arrived at noon, police chief Ben Sample said. Two men were killed, he said.")
    assert found[-1].claim.speaker == "police chief Ben Sample"


def test_an_actor_table_may_be_given() -> None:
    document = make_document("Valley rangers said four rangers were killed.")
    found = find_claims(document, side_of=lambda w: "rng" if "rangers" in w else None)
    assert found[0].claim.victims_side == "rng"


def test_quotes_are_exact_and_titles_have_no_offsets() -> None:
    text = "Shots rang out.  Two men were killed.\n\nNobody was held."
    for entry in find(text, "Two men killed"):
        claim = entry.claim
        if entry.sentence == TITLE:
            assert (claim.start_char, claim.end_char, claim.quote) == (-1, -1, "Two men killed")
        else:
            assert claim.quote == text[claim.start_char : claim.end_char]


def test_ids_are_stable_and_apart() -> None:
    found = find("Two men were killed and three women were wounded.", "Two men killed")
    claims = with_ids(found, "rep_1")
    assert len({c.claim_id for c in claims}) == len(claims) > 1
    assert claims == with_ids(found, "rep_1")
    assert {c.claim_id for c in claims}.isdisjoint(c.claim_id for c in with_ids(found, "rep_2"))


def test_what_is_denied_ends_with_the_denial() -> None:
    assert figures("He denied that 40 men had died, but 12 were killed.") == [("killed", 12, 12)]


def test_an_age_after_of_is_no_count() -> None:
    assert figures("A boy of nine who was hurt went home.") == [("injured", 1, 1)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Six were hurt, he said.\nA police chief spoke.", None),
        ("The sheikh, whose clan fights there, said 12 men were killed.", "sheikh"),
        ("Ada Example, a hospital director, said 12 men were killed.", "Ada Example, a hospital director"),
        ("9:20 a.m. The coast guard says the death toll stands at 12.", "coast guard"),
    ],
)
def test_speakers_beside_the_verb(text: str, speaker: str | None) -> None:
    assert find(text)[0].claim.speaker == speaker


def test_a_sentence_of_others_goes_on_in_the_same_voice() -> None:
    first, second = find("Eight guards were killed, the provincial governor said. Four others were wounded.")
    assert first.claim.speaker == second.claim.speaker == "provincial governor"


def test_a_paragraph_goes_on_in_the_same_voice_and_the_next_is_the_outlets() -> None:
    text = "Eight guards were killed, the provincial governor said. A child was wounded.\n\nTwo women died on Monday."
    assert [f.claim.speaker for f in find(text)] == ["provincial governor", "provincial governor", None]


def test_an_open_quotation_is_of_the_one_named_at_its_end() -> None:
    first, second = find('"We lost two guards. A child was wounded," said the mayor, Ada Example.')
    assert first.claim.speaker == second.claim.speaker == "mayor, Ada Example"


def test_a_headlines_figure_is_of_the_leads_source() -> None:
    found = find("At least 12 people were killed, the provincial governor said.", "Twelve dead in Sampletown")
    assert {f.claim.speaker for f in found} == {"provincial governor"}


def test_an_owner_is_named_in_full() -> None:
    text = "The Ruritanian Foreign Ministry said it was grieved. The ministry's spokeswoman said five men were killed."
    assert only(text).speaker == "Ruritanian Foreign Ministry spokeswoman"


def test_the_victim_of_a_headlines_verb_is_its_object() -> None:
    (found,) = find("", "Man murdered young girl in the barn")
    assert found.claim.victims == "young girl"


def test_a_part_belongs_to_the_figure_beside_it() -> None:
    found = [f.claim for f in find("One man died and four others, including one woman, were injured.")]
    assert [(c.measure.value, c.low) for c in found if c.is_part] == [("injured", 1)]


def test_the_death_is_of_the_owned_not_of_the_owner() -> None:
    (found,) = find("He spoke of the death of his sister's baby.")
    assert found.people[0].head == "baby"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("A blast killed nine people. The hospital counted 14.", ("killed", 14, 14)),
        ("Nine were hurt, police said. The figure is now 12.", ("injured", 12, 12)),
        ("A monitoring group said it had confirmed 17 names.", ("killed", 17, 17)),
        ("The march ended at noon. Police put the crowd at 600.", ("force_size", 600, 600)),
    ],
)
def test_a_number_without_a_word_of_harm_counts_what_the_last_one_did(
    text: str, figure: tuple[str, int | None, int | None]
) -> None:
    assert figures(text)[-1] == figure


@pytest.mark.parametrize("text", ["The hospital counted 14.", "Nine people died. The school has 14 rooms."])
def test_a_number_without_a_figure_before_it_is_no_claim(text: str) -> None:
    assert all(low != 14 for _, low, _ in figures(text))
