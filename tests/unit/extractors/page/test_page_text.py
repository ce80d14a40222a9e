"""What stays in the text of a page: the body whole, no neighbours, captions or invisible characters."""

import pytest

from tests.support.news_page import BODY, article, page

NEIGHBOUR = "Nine killed as a bomb explodes at a market in another town"


@pytest.mark.parametrize(
    "block",
    [
        f'<div class="related-stories"><p>{NEIGHBOUR}, officials said.</p></div>',
        f'<aside id="recommended"><ul><li><a href="/b">{NEIGHBOUR}</a></li></ul></aside>',
        f'<section class="c-more-on"><h3>More</h3><p>{NEIGHBOUR}</p></section>',
        f'<h3>Related stories</h3><ul><li><a href="/b">{NEIGHBOUR}</a></li></ul>',
        f'<p><strong>READ MORE:</strong></p><ul><li><a href="/b">{NEIGHBOUR}</a></li></ul>',
        f'<div class="most-read"><p>{NEIGHBOUR}.</p></div>',
        f'<div class="newsletter-signup newsletter"><p>{NEIGHBOUR}: get it in your inbox.</p></div>',
        f'<div aria-label="Trending"><p>{NEIGHBOUR}</p></div>',
        f'<div id="cookie-banner" class="cookie-consent"><p>{NEIGHBOUR}</p></div>',
    ],
)
def test_other_stories_do_not_leak_in(block: str) -> None:
    half = BODY.index("<p>A hospital")
    text = article(page(BODY[:half] + block + BODY[half:])).text
    assert NEIGHBOUR not in text
    assert "Residents spoke" in text
    assert "Nobody has claimed" in text


def test_a_body_in_a_block_that_is_called_related_stays() -> None:
    assert "Residents spoke" in article(page(f'<div class="related-content">{BODY}</div>')).text


def test_the_same_wire_text_stays_whole_however_often_it_comes() -> None:
    texts = {article(page(), url=f"https://outlet{number}.example/a").text for number in range(8)}
    assert len(texts) == 1
    assert len(texts.pop().split("\n")) == 4


# --- flags ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sidebar", "right-sidebar", "related-content"])
def test_a_body_of_line_breaks_in_a_block_with_another_blocks_name_stays(name: str) -> None:
    text = (
        "Two soldiers were hurt on Wednesday when their patrol came under fire near the river, the army said.<br><br>"
    )
    more = "It did not say who had fired, and nobody has claimed the attack on the patrol so far, officials added."
    html = f"<html><body><div class='{name}'><h1>T</h1><div>{text}{more}</div></div><p>About us</p></body></html>"
    assert "nobody has claimed" in article(html).text


def test_a_side_bar_beside_a_body_of_line_breaks_goes() -> None:
    text = (
        "Two soldiers were hurt on Wednesday when their patrol came under fire near the river, the army said.<br><br>"
        * 4
    )
    side = "<div class='sidebar'><div>Ninety people drowned when a ferry sank off Zanzibar last week.</div></div>"
    assert "Ninety" not in article(f"<html><body><h1>T</h1><div>{text}</div>{side}</body></html>").text


def test_captions_of_pictures_go() -> None:
    caption = "Sixty people died here in 2011 when a bomb exploded at the gate."
    for block in (
        f"<figure><img src='a'><figcaption>{caption}</figcaption></figure>",
        f"<p class='wp-caption-text'>{caption}</p>",
    ):
        assert "Sixty" not in article(page(BODY.replace("<p>It did", f"{block}<p>It did"))).text


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u2060", "&shy;", "&#8203;", "&#173;", "\u200d"])
def test_invisible_characters_within_words_go(mark: str) -> None:
    got = article(page(BODY.replace("helicopters", f"heli{mark}copters"), title=f"Two hurt at the ri{mark}ver"))
    assert "helicopters came" in got.text
    assert got.title == "Two hurt at the river"
