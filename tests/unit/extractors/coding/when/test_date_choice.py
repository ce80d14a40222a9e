"""Which of an article's dates is the incident's: our own little articles."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.coding.cluster import EventMention
from extractors.coding.document import Document
from extractors.coding.when import choose_date, date_near, find_dates
from model.report import DatePrecision, DateSpan, Role
from tests.support.parsed_documents import FRIDAY, cluster_of, make_article, mention_at, parsed

TRIGGERS = frozenset(
    """bomb killing killed attacked attack explosion crashed shot shooting burned fallen fell struck sank bombs
    ruptured arrested bomber raid""".split()
)


def mentions_of(document: Document, sentences: tuple[int, ...] | None) -> list[EventMention]:
    words = [t for t in document.tokens if t.lower in TRIGGERS and (sentences is None or t.sentence in sentences)]
    return [mention_at(document, t.text) for t in words] or [mention_at(document, document.tokens[0].text)]


def choose(
    text: str,
    *,
    title: str = "",
    published: date | None = FRIDAY,
    sentences: tuple[int, ...] | None = None,
    role: Role = Role.MAIN,
    country: str = "GB",
) -> DateSpan | None:
    document = parsed(make_article(text, published, title=title, country=country))
    cluster = cluster_of(document, mentions_of(document, sentences), sentences, role)
    return choose_date(find_dates(document), cluster, document)


CASES = [
    (
        "day of the deed, not of the speech",
        "A bomb killed four people on Tuesday, police said on Thursday.",
        "2018-02-06",
    ),
    (
        "the killing, not the charge",
        "A man was charged on Thursday in the Feb. 3 killing of a baker. He appeared in court on Friday.",
        "2018-02-03",
    ),
    (
        "the attack, not the funeral",
        "Gunmen attacked the market on Monday afternoon, killing six. The dead were buried on Wednesday.",
        "2018-02-05",
    ),
    (
        "the blast, not the hearing to come",
        "An explosion tore through a depot on Wednesday. A hearing is scheduled for Feb. 20.",
        "2018-02-07",
    ),
    (
        "the crash, not a birthday",
        "A bus crashed on Sunday night near the river, killing nine. The driver was born on March 4, 1970.",
        "2018-02-04",
    ),
    (
        "the new shooting, not an older one",
        "Two people were shot dead at a bar on Thursday. It follows the shooting of a waiter there in 2015.",
        "2018-02-08",
    ),
]


@pytest.mark.parametrize(("text", "day"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_day_of_the_incident_wins(text: str, day: str) -> None:
    chosen = choose(text)
    assert chosen is not None
    assert chosen.start.isoformat() == day
    assert chosen.precision is DatePrecision.DAY


def test_explicit_date_beats_the_weekday_and_the_conflict_is_told() -> None:
    text = (
        "Coalition jets struck a column of fighters on Tuesday after what officers called an attack on their partners. "
        "“The column opened the attack on the headquarters on Feb. 7,” the statement said."
    )
    chosen = choose(text)
    assert chosen is not None
    assert (chosen.start, chosen.precision, chosen.rule) == (date(2018, 2, 7), DatePrecision.DAY, "month_day")
    assert any(loser.text == "Tuesday" and "conflict" in loser.reason for loser in chosen.losers)


def test_a_named_day_beats_a_period() -> None:
    chosen = choose("A hostel burned down last week, killing six. The fire began on Saturday in a kitchen.")
    assert chosen is not None
    assert chosen.start == date(2018, 2, 3)


def test_the_day_before_the_burial_is_that_of_the_bomb() -> None:
    chosen = choose("Families buried their dead on Wednesday, a day after a bomber attacked a mosque in the city.")
    assert chosen is not None
    assert chosen.start == date(2018, 2, 6)


def test_a_period_is_taken_where_no_day_is_named() -> None:
    chosen = choose("Six people were killed last month when a hostel burned down.")
    assert chosen is not None
    assert (chosen.start, chosen.precision) == (date(2018, 1, 1), DatePrecision.MONTH)


def test_publication_stands_in_with_the_day_before_it() -> None:
    chosen = choose("A roof has fallen in on a crowded hall. Eleven people are dead.")
    assert chosen is not None
    assert (chosen.start, chosen.end) == (date(2018, 2, 8), date(2018, 2, 9))
    assert (chosen.rule, chosen.precision, chosen.text) == ("published", DatePrecision.DAYS, "")


def test_what_is_merely_recalled_is_not_dated_by_the_publication() -> None:
    assert choose("A roof fell in on a crowded hall.", role=Role.BACKGROUND) is None


def test_unknown_publication_and_no_date_gives_none() -> None:
    assert choose("A roof has fallen in.", published=None) is None


def test_unknown_publication_reads_the_texts_own_date() -> None:
    chosen = choose("On 11 May 2017 a roof fell in, killing six. Divers came on Saturday.", published=None)
    assert chosen is not None
    assert chosen.start == date(2017, 5, 11)


ROUND_UP = "The week in brief. A ferry sank off the cape on Monday. In the hills, gunmen shot two guards on Wednesday."


@pytest.mark.parametrize(("sentence", "day"), [(1, 5), (2, 7)])
def test_each_segment_takes_its_own_date(sentence: int, day: int) -> None:
    chosen = choose(ROUND_UP, sentences=(sentence,))
    assert chosen is not None
    assert chosen.start == date(2018, 2, day)


def test_segment_without_a_date_takes_the_leads() -> None:
    text = "Two bombs went off on Thursday in two cities. The second struck a bus."
    chosen = choose(text, sentences=(1,))
    assert chosen is not None
    assert chosen.start == date(2018, 2, 8)


def test_losers_carry_their_days_and_reasons() -> None:
    chosen = choose("Gunmen killed two guards on Monday, the mayor said on Thursday.")
    assert chosen is not None
    assert next((loser.text, loser.value) for loser in chosen.losers) == ("Thursday", "2018-02-08")
    assert all(loser.reason for loser in chosen.losers)


def test_where_an_arrest_is_the_incident_its_day_wins() -> None:
    text = "Officers were on Tuesday questioning six men who were arrested on Monday after a weapons cache was found."
    chosen = choose(text, title="Six held after weapons find")
    assert chosen is not None
    assert chosen.start == date(2018, 2, 5)


REPORTED = [
    # what people reported of neighbouring tools: text, published, first day and last day at most
    ("Gunmen killed nine herders in the hills a fortnight ago, elders said.", FRIDAY, "2018-01-23", "2018-01-29"),
    ("Five people were killed in a mall on 02/11/2018, police said.", date(2018, 2, 12), "2018-02-11", "2018-02-11"),
    (
        "Police shot dead two marchers on Thursday after a rally of the February 14 Youth Coalition, lawyers said.",
        date(2018, 2, 16),
        "2018-02-15",
        "2018-02-15",
    ),
    (
        "A strike on a school killed twelve people on Tuesday, medics said. Others were hurt. "
        "The war began when gunmen attacked border towns on October 7, 2023, killing 1,200.",
        date(2024, 12, 11),
        "2024-12-10",
        "2024-12-10",
    ),
    (
        "HERAT, Feb 7 (Agency) - A bomber killed nine here today, police said.",
        FRIDAY,
        "2018-02-07",
        "2018-02-07",
    ),
    ("A bomb killed six worshippers on the first day of Eid al-Fitr.", date(2018, 6, 20), "2018-06-14", "2018-06-15"),
]


@pytest.mark.parametrize(("text", "published", "start", "end"), REPORTED, ids=[case[0][:30] for case in REPORTED])
def test_days_that_other_tools_misread(text: str, published: date, start: str, end: str) -> None:
    chosen = choose(text, published=published)
    assert chosen is not None
    assert (chosen.start.isoformat(), chosen.end.isoformat()) == (start, end)


NEAR = [
    ("A bomb killed four people on Tuesday, police said on Thursday.", "killed", "Tuesday"),
    ("Police said on Thursday that a bomb had killed four people.", "killed", None),
    ("The raid came on Monday after an attack had shaken the city on Sunday.", "attack", "Sunday"),
    ("Troops searched the woods on Friday after an attack on a school.", "attack", None),
    ("Gunmen carried out an attack on a convoy late on Wednesday.", "attack", "Wednesday"),
    ("A court will hear the case on Monday of a man held over the shooting.", "shooting", None),
]


@pytest.mark.parametrize(("text", "word", "day"), NEAR, ids=[case[0][:40] for case in NEAR])
def test_a_trigger_has_the_day_of_its_own_clause(text: str, word: str, day: str | None) -> None:
    document = parsed(make_article(text))
    near = date_near(mention_at(document, word), find_dates(document), document)
    assert (near.span.text if near else None) == day
