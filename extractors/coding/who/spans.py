"""Move from an argument of an event to the noun that it stands for: past "dozens of", a dateline, or a weapon."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.coding.document import Document, Token

MODIFIERS = frozenset("compound amod nmod poss".split())
DATELINE_TOKENS = 6  # of a sentence, among which a word in capitals is the place of writing
DATELINE_CHARS = 5  # a shorter word in capitals is an acronym
DATELINE_REACH = 16  # tokens from the place of writing to the dash behind it
_DASHES = frozenset("- – — --".split())
_PARTS = frozenset(
    """member members group groups number dozens scores hundreds thousands dozen some most many several series band
    couple pair unit units convoy column team total majority rest one two three each all both gang wave crowd
    contingent batch""".split()
)


def is_dateline(document: Document, token: Token) -> bool:
    """Say whether a token is the place of writing at the head of a text: "BUNIA, July 27 - Rebels attacked …"."""
    first = document.sentence(token.sentence).first
    is_early = token.index - first < DATELINE_TOKENS and token.sentence >= 0
    return is_early and token.text.isupper() and len(token.text) >= DATELINE_CHARS


def beyond_dateline(document: Document, index: int) -> int:
    """Go from a dateline, which the parse takes for the subject, to the noun phrase behind its dash."""
    token = document.tokens[index]
    if not is_dateline(document, token):
        return index
    sentence = document.sentence(token.sentence)
    span = range(index + 1, min(sentence.last, index + DATELINE_REACH))
    dash = next((i for i in span if document.tokens[i].text in _DASHES), None)
    if dash is None:
        return index
    behind = (i for i in range(dash + 1, sentence.last) if document.tokens[i].pos in ("NOUN", "PROPN"))
    at = next(behind, index)
    while at + 1 < sentence.last and document.tokens[at].dep == "compound" and document.tokens[at].head > at:
        at = document.tokens[at].head
    return at


def owners_of(document: Document, token: Token) -> Iterator[int]:
    """Yield the nouns whose thing a noun is: "a militia drone", "a drone of the militia"."""
    for i in document.children[token.index]:
        child = document.tokens[i]
        if child.dep in MODIFIERS:
            yield i
        elif child.lower in ("of", "from", "by"):
            yield from (j for j in document.children[i] if document.tokens[j].dep == "pobj")


def beyond_parts(document: Document, token: Token) -> Token:
    """Go from "dozens", "members" or a number to what they are of."""
    for _ in range(2):
        if token.lower not in _PARTS and token.pos != "NUM":
            return token
        inner = (
            document.tokens[j]
            for i in document.children[token.index]
            if document.tokens[i].lower in ("of", "from")
            for j in document.children[i]
            if document.tokens[j].dep == "pobj"
        )
        following = next(inner, None)
        if following is None:
            return token
        token = following
    return token
