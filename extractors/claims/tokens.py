"""Cut a sentence into items: numbers with their hedges, names, ages, and the phrases of the casualty word list.

Every item knows its place in the sentence, so that a claim can point at its words. A phrase of the list is one item
("shot and killed"), the longest one first. All-capital text has no names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.reference.claims import ClaimLexicon
from extractors.text.numbers import NumberSpan, find_numbers, parse_count
from extractors.text.small import is_plainly_small

MAX_SENTENCE_CHARS = 3000  # longer "sentences" are tables or transcripts; the rest of one is not read
_WORD = re.compile(
    r"(?:\d++|[^\W\d_]++)(?:[-‐‑/][^\W_]++)++|[’']s?\b|\d[\d,.]*\d|\d|(?:[^\W\d_]\.){2,}(?=\W|$)"
    r"|[^\W\d_]\w*(?:[’'](?!s\b)[^\W\d_]+)*|[^\w\s]"
)
_AGE = re.compile(r"^(\w+)-(year|month|week|day)s?-olds?$", re.IGNORECASE)
_AGE_APART = re.compile(
    r"(\d{1,3}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))[ -]years?[ -]olds?\b", re.IGNORECASE
)
_QUOTED_NUMBER = re.compile(r"(?<!\w)[\"'‘“][\w,][\w, -]{0,40}[\"'’”](?!\w)")
_POSSESSIVE = ("'s", "’s", "'", "’")


@dataclass(slots=True)
class Item:
    """One item of a sentence: `text[start:end]`, its class, and its number where it is one.

    Classes are those of the casualty list, plus `number`, `name`, `age`, `person`, `persons`, `word`, `'s`, `,`, `.`
    (any other stop), `"`.
    """

    kind: str
    start: int
    end: int
    low: str
    number: NumberSpan | None = None


def cut(text: str, lexicon: ClaimLexicon, *, is_title: bool = False) -> list[Item]:
    """Cut `text` into items in order."""
    text = text[:MAX_SENTENCE_CHARS]
    text = _QUOTED_NUMBER.sub(_unquote, text)
    shouts = _shouts(text, is_title=is_title)
    numbers = {n.start: n for n in find_numbers(text)}
    words = _words(text, numbers)
    return _settle(_classify(words, lexicon, shouts))


def _settle(items: list[Item]) -> list[Item]:
    """Settle by its neighbours what a word of two classes is: "their wounds", "the dead", "for missing shifts"."""
    for at, item in enumerate(items):
        before = items[at - 1] if at else None
        after = items[at + 1].kind if at + 1 < len(items) else "."
        if item.low == "her" and after in ("and", ",", ".", "prep"):
            item.kind = "pronoun_s"  # "killing her and another woman"; else she owns what follows
        if before is None:
            continue
        if item.low == "wounds" and before.kind in ("the", "det", "prep", "word"):
            item.kind = "injury_noun"
        elif item.low == "dead" and before.kind == "the":
            item.kind = "the_dead" if after in ("be", "person", "persons") else "word"
        elif item.low == "missing" and (after == "word" or before.low == "for"):
            item.kind = "word"
    return items


def _unquote(match: re.Match[str]) -> str:
    """Blank the quotation marks around a number ("kill 'more than 100' fighters"), each by a space."""
    inner = match.group()[1:-1]
    numbers = find_numbers(inner)
    is_number = len(numbers) == 1 and (numbers[0].start, numbers[0].end) == (0, len(inner))
    return f" {inner} " if is_number else match.group()


def _shouts(text: str, *, is_title: bool) -> bool:
    """Tell text in capitals, and headlines that capitalise every word: there a capital is no sign of a name."""
    if not is_plainly_small(text):
        letters = [c for c in text if c.isalpha()]
        if len(letters) > 20 and sum(c.isupper() for c in letters) > 0.7 * len(letters):
            return True
    if not is_title:
        return False
    long = [w for w in text.split() if len(w) > 3 and w[0].isalpha()]
    return len(long) > 3 and sum(w[0].isupper() for w in long) > 0.75 * len(long)


def _words(text: str, numbers: dict[int, NumberSpan]) -> list[Item]:
    ages = {m.start(): m for m in _AGE_APART.finditer(text)}
    words: list[Item] = []
    at = 0
    while match := _WORD.search(text, at):
        start = match.start()
        number, age = numbers.get(start), ages.get(start)
        if age is not None:
            words.append(Item("age", start, age.end(), age.group().lower()))
        elif number is not None:
            words.append(Item("number", start, number.end, text[start : number.end].lower(), number))
        else:
            words.append(Item("", start, match.end(), match.group().lower().replace("’", "'")))
            words[-1].kind = "Name" if match.group()[0].isupper() else ""
        at = words[-1].end
    return words


def _classify(words: list[Item], lexicon: ClaimLexicon, shouts: bool) -> list[Item]:
    items: list[Item] = []
    at = 0
    while at < len(words):
        size, kind = _phrase(words, at, lexicon)
        first = words[at]
        if kind:
            last = words[at + size - 1]
            low = first.low if size == 1 else " ".join(w.low for w in words[at : at + size])
            items.append(Item(kind, first.start, last.end, low))
            at += size
            continue
        first.kind = _plain_kind(first, shouts)
        items.append(first)
        at += 1
    return items


def _phrase(words: list[Item], at: int, lexicon: ClaimLexicon) -> tuple[int, str]:
    if words[at].kind in ("number", "age"):
        return 0, ""
    for rest, kind in lexicon.phrases.get(words[at].low, ()):
        size = len(rest)
        if at + size < len(words) and all(words[at + 1 + k].low == rest[k] for k in range(size)):
            return size + 1, kind
    return 0, ""


def _plain_kind(item: Item, shouts: bool) -> str:
    if item.kind in ("number", "age"):
        return item.kind
    low = item.low
    if _AGE.match(low):
        return "age"
    if low in _POSSESSIVE:
        return "'s"
    if low[0].isalnum():
        return "name" if item.kind == "Name" and not shouts else "word"
    if low in ",()":
        return ","
    return '"' if low in '"“”' else "."


def age_of(low: str) -> str | None:
    """Return the age that an age item tells, as digits or a word ("3", "two months"); null if it tells none."""
    match = _AGE.match(low) or _AGE_APART.match(low)
    if match is None:
        return None
    count = parse_count(match.group(1))
    years = match.re is _AGE_APART or match.group(2).lower() == "year"
    if count is None:
        return None
    return str(count) if years else f"{count} {match.group(2).lower()}s"
