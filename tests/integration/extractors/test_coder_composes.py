"""The coder as a whole, on articles of our own: facts meet in one report, and quotes are the article's characters."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from extractors.coding.coder import Coder
from extractors.coding.explain import Field, explain_coding, explain_field
from extractors.reference.load import load_reference
from model.article import Article, TextQuality, TimePrecision
from model.errors import ConfigError
from model.report import ActorRole, Measure, Role
from tests.support.places import reference_folder

PUBLISHED = datetime(2018, 2, 22, 9, tzinfo=UTC)
STORY = (
    "Al-Shabaab fighters ambushed Somali soldiers near Baidoa on Tuesday, killing six of them, a police officer said. "
    "Four civilians were wounded in the crossfire."
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(load_reference(reference_folder()))


def article(text: str, title: str = "") -> Article:
    return Article(
        article_id="art_x",
        revision=2,
        external_id="x",
        url=None,
        outlet="Any Times",
        feed_id=None,
        title=title,
        text=text,
        author=None,
        language="en",
        published_at=PUBLISHED,
        published_precision=TimePrecision.INSTANT,
        timezone="UTC",
        country_code=None,
        first_seen_at=PUBLISHED,
        fetched_at=PUBLISHED,
        page_sha256=None,
        text_quality=TextQuality.FULL,
    )


def test_one_report_holds_what_when_where_who_and_how_many(coder):
    (report,) = coder.code(article(STORY, "Six soldiers killed near Baidoa")).reports
    assert report.role is Role.MAIN
    assert report.event_type == "battle"
    assert report.date.start == date(2018, 2, 20)
    assert report.place.country_code == "SO"
    assert {"shabaab": ActorRole.INITIATOR, "mil_so": ActorRole.TARGET}.items() <= {
        a.actor_id: a.role for a in report.actors
    }.items()
    assert report.killed.best == 6
    assert any(c.measure is Measure.INJURED and c.low == 4 for c in report.claims)
    assert all(c.claim_id.startswith("clm_") for c in report.claims)


def test_quotes_of_a_hard_wrapped_text_keep_its_line_breaks(coder):
    words, lines, line = STORY.split(), [], ""
    for word in words * 3:
        if len(line) + len(word) > 60:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    text = "\n".join([*lines, line])
    (report, *_) = coder.code(article(text)).reports
    spans = [c for c in report.claims if c.start_char >= 0]
    assert any("\n" in c.quote for c in spans)
    assert all(c.quote == text[c.start_char : c.end_char] for c in spans)


def test_ids_change_with_the_revision_and_not_with_the_title(coder):
    one = article(STORY, "Six soldiers killed")
    first = coder.code(one).reports[0].report_id
    assert coder.code(replace(one, title="Soldiers killed near Baidoa")).reports[0].report_id == first
    assert coder.code(replace(one, revision=3)).reports[0].report_id != first


def test_a_round_up_gives_several_reports_with_their_own_facts(coder):
    text = (
        "KENYA: Gunmen killed four people in a bus near Garissa on Monday, police said.\n"
        "PERU: A landslide buried a village near Cusco on Tuesday, killing nine people."
    )
    reports = coder.code(article(text, "World in brief")).reports
    assert [(r.place.country_code, r.killed.best) for r in reports] == [("KE", 4), ("PE", 9)]


def test_explanations_tell_rules_quotes_and_rejections(coder):
    one = article(STORY, "Six soldiers killed near Baidoa")
    output = explain_coding(coder.code(one), one)
    assert "rule weekday" in output
    assert "Al-Shabaab" in output and "(initiator)" in output
    assert "killed: best 6" in output
    match = article(
        "City held Rovers to a draw in a fierce clash at the top of the league on Saturday. "
        "The goalkeeper saved a penalty."
    )
    output = explain_coding(coder.code(match), match)
    assert "no report" in output
    assert 'not taken: "clash" as battle' in output


DISPUTED = (
    "Al-Shabaab fighters ambushed Somali soldiers near Baidoa on Tuesday, killing six of them, a police officer said. "
    "Al-Shabaab said its men had killed 20 soldiers and had lost none. The army denied reports that 40 soldiers had "
    "died. Four civilians were wounded, a medic said, and later that nine were hurt. "
    "A bomb killed two people in Mogadishu on Sunday. So far this year 300 soldiers have been killed."
)
EXPLAINED = {
    Field.GATE: ['told by: "'],
    Field.TYPE: ["what: battle", "rule: ", "not taken: "],
    Field.DATE: ['from "Tuesday", rule weekday', 'not taken: "Sunday" as 2018-02-18: '],
    Field.PLACE: ["where: Baidoa", "rule ", 'not taken: "Mogadishu" as '],
    Field.ACTORS: ["shabaab, rule: a name of the actor table; ", "of the role"],
    Field.CLAIMS: [
        "a police officer",
        'not taken: "The army denied',
        "denies",
        "a figure of a period",
        'not taken: "So far this',
    ],
    Field.KILLED: ["killed: best 6", "rule: weighs most", "not taken: 20: weighs "],
    Field.INJURED: ["injured: best 9", "rule: weighs most", "not taken: 4: weighs "],
}


@pytest.mark.parametrize("field", [field for field in Field if field])
def test_each_field_is_explained_with_its_words_its_rule_and_its_losers(coder, field):
    one = article(DISPUTED, "Six soldiers killed near Baidoa")
    coding = coder.code(one)
    output = explain_field(coding, one, field)
    for words in EXPLAINED[field]:
        assert words in output
    assert all(line in explain_coding(coding, one).splitlines() for line in output.splitlines())
    heads = explain_field(coding, one).splitlines()
    assert len(output.splitlines()) > len(heads)


def test_missing_reviewed_tables_are_a_config_error(tmp_path):
    with pytest.raises(ConfigError, match=r"event_types\.csv"):
        load_reference(reference_folder(), tmp_path)
