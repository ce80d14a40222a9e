from dataclasses import replace
from datetime import UTC, datetime

from model.article import Article, TextQuality
from model.feed import Entry, Feed, Validators
from pipeline.fetch_plan import PlannedFetch, chunks_of, is_revised
from warehouse.rows import YoungArticle

NOW = datetime(2018, 2, 8, tzinfo=UTC)
STORED = Article(
    "art_1", 1, "g", "https://e.example/1", "X", "x", "A title", "Five died.\nGet our app.", None, "en", NOW, None,
    "UTC", None, NOW, NOW, "0" * 64, TextQuality.FULL,
)  # fmt: skip


def wanted(host: str, name: str, *, is_young: bool = False) -> PlannedFetch:
    entry = Entry("x", name, f"https://{host}.example/{name}", name, None, "", None, None)
    young = YoungArticle(name, 1, NOW, NOW, Validators(), entry) if is_young else None
    return PlannedFetch(entry, Feed("x", "https://e.example/rss", "X"), name, young)


def test_new_articles_go_first_and_hosts_take_turns() -> None:
    items = [wanted("a", "old", is_young=True), *(wanted("a", f"a{n}") for n in range(3)), wanted("b", "b0")]
    chunks = chunks_of(items, 2)
    assert [[one.article_id for one in chunk] for chunk in chunks] == [["a0", "b0"], ["a1", "a2"], ["old"]]


def test_only_what_a_reader_would_see_changed_is_a_revision() -> None:
    assert not is_revised(STORED, replace(STORED, revision=2, author="Somebody", page_sha256="1" * 64))
    assert is_revised(STORED, replace(STORED, text="Six died.\nGet our app."))
    assert is_revised(STORED, replace(STORED, title="Another title"))


def test_a_notice_learnt_since_makes_no_revision() -> None:
    assert not is_revised(STORED, replace(STORED, text="Five died."), frozenset({"Get our app."}))
    assert is_revised(STORED, replace(STORED, text="Five died."))


def test_less_than_the_stored_text_is_never_a_revision() -> None:
    for quality in (TextQuality.PAYWALL, TextQuality.BOT_WALL, TextQuality.FEED_ONLY, TextQuality.SOFT_404):
        assert not is_revised(STORED, replace(STORED, text="Subscribe.", text_quality=quality))
    walled = replace(STORED, text="Subscribe.", text_quality=TextQuality.PAYWALL)
    assert is_revised(walled, STORED)
