"""The language of a text: detected, because declarations are often a template's or a default.

A text of many letters is classified by its letters. A short one in Latin script is told by its function words: a
headline of English has some in nearly every case, and feeds of other languages keep the default `en` of the feeds file.
A text whose words are plainly English is English, whatever the classifier says: names from everywhere mislead it.
Known false positive: a headline without function words, in a language that is not listed, keeps the declaration.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

MIN_CHARS = 120  # below this, classification by letters alone errs more often than feeds' declarations do
MIN_SHORT_CHARS = 20  # fewer letters than a headline of three words tell nothing
MIN_FOREIGN_CHARS = 30  # letters of another script than Latin leave few languages to choose from
SURE_0_1 = 0.95  # the classifier's certainty from which it is believed of a short text without English words
LIKELY_0_1 = 0.45  # the same where one of that language's function words stands in it and none of English
ENGLISH_SHARE_0_1 = 0.12  # of all words; English prose has 0.25 to 0.45 of these, other languages hardly any
SAMPLE_CHARS = 3000  # enough to be certain, and bounded
LAST_LATIN = 0x024F  # end of Unicode's Latin Extended-B
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
ENGLISH = "en"
_ENGLISH = frozenset(
    "the of and to for with by from after that were are has have had his their its they who which said says near into "
    "during against amid not but killed kills dead people police two three four five six seven eight nine ten when "
    "where while about more than could would been this these those there what how why".split()
)
_AMBIGUOUS = frozenset("in on a an as is at was be it he over no so do we or all".split())  # English and others
_OTHERS = {
    "fr": "le la les des du de une un et est dans pour par sur avec qui que à au aux ont été son sa ses ce cette en "
    "après selon morts contre leur ne pas d'un d'une",
    "es": "el la los las del de una un y es en por para con que se su sus al más tras entre han fue según muertos "
    "como contra este esta",
    "pt": "o os da do das dos de um uma e em na nas nos por para com que se mais foi ao pelo pela após mortos são",
    "it": "il lo la gli le di del della dei delle un una e è per con che si nel nella sono al alla da dopo morti",
    "de": "der die das den dem des und ist im mit von für auf bei ein eine einer einem nach zu sich wurden wird nicht "
    "aus zwei drei tote am",
    "nl": "de het een van en op met voor bij zijn dat door naar niet ook uit om doden twee drie",
    "id": "yang di dan dari untuk dengan pada ini itu dalam oleh akan tewas orang ke",
    "sw": "ya wa na kwa katika ni za la watu cha vya kuwa baada watatu wawili wauawa",
    "tr": "ve bir bu için ile da de olarak çok daha sonra kadar iki",
    "pl": "w z na i do się jest nie po że dla przez od osób zginęło",
    "ro": "și în de la cu pe din au fost un o care după morți",
    "so": "ka iyo waxaa ku oo ay uu ayaa lagu soo",
    "ha": "da ta ya na sun cikin kuma wasu mutane",
    "sv": "och att det som en på för med av är till inte den har från döda",
    "da": "og at det som en på for med af er til ikke den har fra døde",
}
_FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _OTHERS.items()}


def detect_language(title: str, text: str, declared: str | None) -> str | None:
    """Name the language by its ISO 639-1 code; null where nothing is known.

    Args:
        title: The headline.
        text: The text; may be empty.
        declared: What the feed or the page says, which holds where the words tell nothing.

    >>> detect_language("Tres soldados murieron en un ataque cerca de la frontera", "", "en")
    'es'
    """
    sample = f"{title}\n{text}"[:SAMPLE_CHARS]
    letters = _LETTERS.findall(sample)
    n_foreign = sum(ord(letter) > LAST_LATIN for letter in letters)
    if 2 * n_foreign > len(letters):
        return _classified(sample)[0] if n_foreign >= MIN_FOREIGN_CHARS else declared
    words = [word.casefold() for word in _WORDS.findall(sample)]
    if len(letters) < MIN_CHARS:
        return _of_short(sample, words, declared) if len(letters) >= MIN_SHORT_CHARS else declared
    if sum(word in _ENGLISH for word in words) >= ENGLISH_SHARE_0_1 * len(words):
        return ENGLISH
    return _classified(sample)[0]


def _of_short(sample: str, words: list[str], declared: str | None) -> str | None:
    """Tell the language of a headline or a line or two by its function words."""
    n_english = sum(word in _ENGLISH for word in words)
    n_either = sum(word in _AMBIGUOUS for word in words)
    n_of = {language: sum(word in known for word in words) for language, known in _FUNCTION_WORDS.items()}
    likeliest = max(n_of, key=lambda language: n_of[language])
    if n_english and n_english + n_either >= n_of[likeliest]:
        return ENGLISH if n_english > 1 or declared is None else declared
    if n_of[likeliest] > max(1, n_english + n_either):
        guess = _classified(sample)[0]
        return guess if n_of.get(guess, 0) == n_of[likeliest] else likeliest
    guess, certainty_0_1 = _classified(sample)
    if not n_english and n_of.get(guess, 0) and certainty_0_1 >= LIKELY_0_1:
        return guess
    if n_either and not n_of[likeliest]:
        return declared
    return guess if certainty_0_1 >= SURE_0_1 and guess != ENGLISH else declared


def warm_up() -> None:
    """Load the model now, so that processes forked from this one share it."""
    _classify()


def _classified(sample: str) -> tuple[str, float]:
    """Classify a text by its letters; returns the language and how certain it is, from 0 to 1."""
    language, certainty_0_1 = _classify()(sample)
    return str(language), float(certainty_0_1)


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    """Load the model once a process, when it is first needed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    classify: Callable[[str], tuple[str, float]] = identifier.classify
    return classify
