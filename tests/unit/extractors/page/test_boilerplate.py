from dataclasses import replace
from datetime import UTC, datetime

from extractors.page.articles import PageSource
from extractors.page.boilerplate import shared_lines, strip_lines
from extractors.page.extract import extract_source
from model.article import Page
from model.feed import Entry, Feed

NOTICE = "Copyright by the station. All rights reserved."
LONG_NOTICE = "The station has told the news of the valley since 1953. " * 5
BACKGROUND = "The conflict over the valley began eleven years ago, when talks on the dam broke down for good. " * 3


def story(number: int) -> str:
    lines = [f"Story number {number} of the day.", BACKGROUND, f"More of story {number}.", f"And its end, {number}."]
    return "\n".join([*lines, LONG_NOTICE, NOTICE])


def test_notices_are_learnt_and_background_is_not() -> None:
    assert shared_lines([(f"Title {n}", story(n)) for n in range(3)]) == {NOTICE, LONG_NOTICE}


def test_two_articles_or_one_told_thrice_teach_nothing() -> None:
    assert shared_lines([(f"Title {n}", story(n)) for n in range(2)]) == frozenset()
    assert shared_lines([("The same title", story(n)) for n in range(3)]) == frozenset()


def test_a_line_that_may_hold_a_claim_is_never_a_notice() -> None:
    line = "At least 21 people were killed, the ministry said."
    assert shared_lines([(f"Update {n}", f"News of hour {n}.\n{line}") for n in range(5)]) == frozenset()


def test_stripping_leaves_the_story() -> None:
    text = strip_lines(story(7), {NOTICE, LONG_NOTICE})
    assert text == f"Story number 7 of the day.\n{BACKGROUND}\nMore of story 7.\nAnd its end, 7."
    assert strip_lines(NOTICE, {NOTICE}) == NOTICE
    assert strip_lines(story(7), ()) == story(7)


def test_known_lines_do_not_reach_the_article() -> None:
    paragraphs = "".join(f"<p>Paragraph {n} tells what the army and the ministry said then.</p>" for n in range(6))
    html = f"<html><body><article>{paragraphs}<p>{NOTICE}</p></article></body></html>".encode()
    now = datetime(2018, 2, 9, tzinfo=UTC)
    page = Page("https://news.example/a", "https://news.example/a", "0" * 64, html, "text/html", now)
    entry = Entry("x", "g", page.url, "A title", None, "", None, None)
    source = PageSource(page, entry, Feed("x", page.url, "X"), "art_1", now)
    plain, stripped = (extract_source(replace(source, boilerplate=lines)).article for lines in (frozenset(), {NOTICE}))
    assert plain is not None
    assert stripped is not None
    assert NOTICE in plain.text
    assert stripped.text == plain.text.removesuffix("\n" + NOTICE)
