"""Whatever the text, claims come out well formed, and the same every time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.coding.claims import claims_of, find_claims, tolls, with_ids
from extractors.coding.claims.numbers import find_numbers
from tests.support.parsed import make_document, whole_cluster

STORY = (
    "At least three people, including a 3-year-old boy, were killed and 12 others wounded on Sunday, police said. "
    "“Two more died,” said Dr. Ada Example. The gunman then turned the gun on himself. No soldiers were hurt.\n"
)
WORDS = st.sampled_from(
    "killed wounded dead or and 3 twelve no at least more than man woman police said the a of in others including "
    "himself , . “ ” ( ) : 2014 dozens shot hospital Example 31 died injuries toll to from not could 's \u202e".split(
        " "
    )
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(WORDS, max_size=60).map(" ".join),
    st.integers(0, len(STORY)).map(lambda n: STORY[:n]),
    st.integers(1, 400).map(lambda n: "9" * n + " people were killed, up to " + "1," * n + " hurt."),
)


@given(text=TEXTS, title=TEXTS)
@settings(max_examples=150)
def test_claims_are_well_formed(text: str, title: str) -> None:
    document = make_document(text, title)
    found = find_claims(document)
    for entry in found:
        claim = entry.claim
        assert claim.low is not None or claim.high is not None
        assert claim.low is None or claim.high is None or 0 <= claim.low <= claim.high < 2**63
        assert claim.quote == (
            document.article.title if claim.start_char < 0 else document.article.text[claim.start_char : claim.end_char]
        )
    claims = with_ids(found, "rep_1")
    assert len({c.claim_id for c in claims}) == len(claims) <= len(found)
    assert found == find_claims(document)


@given(text=TEXTS, title=TEXTS)
@settings(max_examples=100)
def test_tolls_are_ordered(text: str, title: str) -> None:
    document = make_document(text, title)
    cluster = whole_cluster(document)
    for toll in tolls(claims_of(find_claims(document), cluster, document), cluster, document):
        if toll.best is None:
            assert toll.low in (None, 0)  # 0: of one side nobody, and of the others nothing sure
            assert toll.low == 0 or toll.high is None
        else:
            assert toll.low is not None
            assert toll.low <= toll.best
            assert toll.high is None or toll.best <= toll.high


@given(text=TEXTS)
@settings(max_examples=200)
def test_numbers_are_in_order_and_within(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert end <= number.start < number.end <= len(text)
        assert number.low is None or number.high is None or number.low <= number.high
        end = number.end
