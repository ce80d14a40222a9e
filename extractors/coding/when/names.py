"""Names of months, weekdays, numbers and fixed holidays, as the press writes them, and the patterns made from them.

English names stand with their press abbreviations; the others are those that are left untranslated in English text
(quotes, captions, agencies' own translations). A month counts only with a capital: "may" and "march" are verbs.
"""

from __future__ import annotations

import re

_MONTHS = (
    "January Jan Januar Janvier Enero Gennaio Janeiro Yanvar Ocak",
    "February Feb Febr Februar Février Fevrier Febrero Febbraio Fevereiro Fevral Şubat",
    "March Mar März Mars Marzo Março Mart",
    "April Apr Avril Abril Aprile Nisan",
    "May Mai Mayo Maggio Maio",
    "June Jun Juni Juin Junio Giugno Junho Iyun Haziran",
    "July Jul Juli Juillet Julio Luglio Julho Iyul Temmuz",
    "August Aug Août Aout Agosto Avgust Ağustos",
    "September Sept Sep Septembre Septiembre Settembre Setembro Sentyabr Eylül",
    "October Oct Oktober Octobre Octubre Ottobre Outubro Oktyabr Ekim",
    "November Nov Novembre Noviembre Novembro Noyabr Kasım",
    "December Dec Dez Dezember Décembre Decembre Diciembre Dicembre Dezembro Dekabr Aralık",
)
_ENGLISH = frozenset("January February March April June July August September October November December".split())
MAX_VERB_CHARS = 4  # "mars", "mart", "juin" and the like are left alone when small
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY_SHORT = ("Mon", "Tue Tues", "Wed Weds", "Thu Thur Thurs", "Fri", "Sat", "Sun")

MONTH_NUMBER = {name.lower(): n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
WEEKDAY_NUMBER = {name.lower(): n for n, name in enumerate(_WEEKDAYS)}
WEEKDAY_NUMBER |= {name.lower(): n for n, names in enumerate(_WEEKDAY_SHORT) for name in names.split()}
NUMBER_WORDS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_TEENS = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
NUMBER_WORDS |= {word: n for n, word in enumerate(_TEENS.split(), 11)} | {"thirty": 30, "forty": 40}
NUMBER_WORDS |= {"a": 1, "an": 1, "a couple of": 2, "a few": 3, "several": 4}
_FIRST_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth"
_LATER_ORDINALS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
ORDINAL_WORDS = {word: n for n, word in enumerate(f"{_FIRST_ORDINALS} {_LATER_ORDINALS} twentieth".split(), 1)}
ORDINAL_WORDS |= {f"twenty-{word}": n for n, word in enumerate(_FIRST_ORDINALS.split(), 21)}
ORDINAL_WORDS |= {"thirtieth": 30, "thirty-first": 31}
HOLIDAYS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "st. patrick's day": (3, 17),
    "fourth of july": (7, 4),
    "july fourth": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas night": (12, 25),
    "christmas morning": (12, 25),
    "on christmas": (12, 25),
    "boxing day": (12, 26),
}
MOVABLE_HOLIDAYS = {  # month, weekday (Monday is 0), which one of the month (-1 is the last)
    "mother's day": (5, 6, 2),
    "memorial day": (5, 0, -1),
    "father's day": (6, 6, 3),
    "labor day": (9, 0, 1),
    "thanksgiving day": (11, 3, 4),
    "on thanksgiving": (11, 3, 4),
}
ISLAMIC_DAYS = {  # month and day of the Islamic year
    "eid al-fitr": (10, 1),
    "eid ul-fitr": (10, 1),
    "eid-ul-fitr": (10, 1),
    "eid al-adha": (12, 10),
    "eid ul-adha": (12, 10),
    "eid-ul-adha": (12, 10),
    "eid-ul-azha": (12, 10),
    "tabaski": (12, 10),
    "ashura": (1, 10),
    "ashoura": (1, 10),
    "mawlid": (3, 12),
    "arbaeen": (2, 20),
}
EIDS = ((10, 1), (12, 10))  # "Eid" alone is one of the two, the nearest
ISLAMIC_MONTHS = {"muharram": 1, "safar": 2, "rajab": 7, "shaban": 8, "ramadan": 9, "ramazan": 9, "shawwal": 10}


def _cased(names: list[str]) -> str:
    forms = {form for name in names for form in (name, name.upper())}
    # Romance languages write their months small; English names must have their capital ("may", "march" are verbs).
    forms |= {name.lower() for name in names if len(name) > MAX_VERB_CHARS and name not in _ENGLISH}
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


MONTH = rf"(?:{_cased([n for names in _MONTHS for n in names.split()])})(?![a-z])\.?"
WEEKDAY = rf"(?:{_cased(list(_WEEKDAYS))}|{'|'.join(n.lower() for n in _WEEKDAYS)}|Tues\b\.?|Weds\b\.?|Thurs\b\.?)"
WEEKDAY_BEFORE_DATE = rf"(?:{WEEKDAY}|(?:Mon|Tue|Wed|Thu|Thur|Fri|Sat|Sun)\b\.?)"
HOLIDAY = "|".join(
    re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s+") for name in (*HOLIDAYS, *MOVABLE_HOLIDAYS)
)
ISLAMIC_DAY = "|".join(re.escape(name).replace(r"\ ", r"[\s-]+") for name in ISLAMIC_DAYS)
ISLAMIC_MONTH = "|".join(ISLAMIC_MONTHS)
NUMBER = r"(?:\d{1,3}|a couple of|a few|" + "|".join(sorted(set(NUMBER_WORDS) - {"a few", "a couple of"})) + ")"


def month_of(name: str) -> int:
    """Number a month's name, 1 to 12; `name` must have matched `MONTH`."""
    return MONTH_NUMBER[name.rstrip(".").lower()]


def weekday_of(name: str) -> int:
    """Number a weekday's name, Monday is 0; `name` must have matched `WEEKDAY` or `WEEKDAY_BEFORE_DATE`."""
    return WEEKDAY_NUMBER[name.rstrip(".").lower()]


def number_of(text: str) -> int:
    """Read "3", "three", "a" or "a few" as a number; the text must have matched `NUMBER`."""
    words = " ".join(text.lower().split())
    return NUMBER_WORDS[words] if words in NUMBER_WORDS else int(words)
