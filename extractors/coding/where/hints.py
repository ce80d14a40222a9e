"""What the outlet tells of where its news happens: call signs, host names, the country of its domain.

A local outlet writes "on the South Side" and never names its town. "KMOV" (a call sign, a public fact of the licence),
"chicago.suntimes.com", "fresnobee.com" and "nbcchicago.com" give it away. A prior only: anything that the text says of
a place outweighs it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from extractors.reference.fold import fold
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from model.article import Article

_CALL_SIGN = re.compile(r"\b([KW][A-Z]{2,3}|KY3)(?:-?TV|-?DT|\.com|\b)")
_HOST_CALL_SIGN = re.compile(r"^(?:www)?([kw][a-z]{2,3})(?:tv|news|radio|\d+)?$")
_BRANDS = re.compile(r"^(?:abc|nbc|cbs|fox|cw|my|wgn|kron)?\d{0,2}(?:news)?")
# Institutions and habits of writing that mark a home story of the United States; two different ones are asked for.
_AMERICAN = re.compile(
    r"\b(?:[Ss]heriff|911|[Ss]tate [Tt]rooper|[Ss]tate [Pp]olice|[Dd]istrict [Aa]ttorney|Crime ?[Ss]toppers|County"
    r"|[Mm]edical [Ee]xaminer|high school|High School|[Ff]elony|\d{3}-\d{4}|Interstate|grand jury|FBI|ATF)\b"
)
_MARKS_OF_AMERICA = 2
_LEAD = 400  # characters in which an outlet signs: the dateline's "(WANE)"
# Country domains that are sold to anyone and tell nothing.
_SOLD_DOMAINS = frozenset("co tv io me ai fm ly to cc ws gg im la sh ac vc nu tk ml ga cf gq st eu".split())
# Outlets of the world's press: their name is no home. Those of other countries are read by `masthead`.
_AGENCY = frozenset("wire agency international world global national radio monitor network observatory".split())
_LEAST_POPULATION = 15_000  # host names are matched with larger towns only: "palmbeach", not "news"


@dataclass(frozen=True, slots=True)
class OutletHint:
    """The outlet's town and country, as far as they can be told; null for what cannot."""

    town: GazetteerPlace | None
    admin1: tuple[str | None, str | None] | None  # country and division
    country_code: str | None
    is_american: bool
    path: str  # the address's path with the words parted by single hyphens


def read_hints(article: Article, gazetteer: Gazetteer) -> OutletHint:
    """Read the outlet's town and country from its address, name and signature."""
    host, path = _address(article.url)
    town = _town_of(host, path, article, gazetteer)
    state = None if town else _state_of(host, gazetteer)
    home = town or state
    admin1 = (home.country_code, home.admin1_code) if home else None
    country = article.country_code or (home.country_code if home else None) or _domain_country(host)
    is_american = country is None and _has_marks_of_america(article.text)
    return OutletHint(town, admin1, "US" if is_american else country, is_american, path)


def _has_witness(town: GazetteerPlace, article: Article, gazetteer: Gazetteer) -> bool:
    """Say whether the text names the outlet's town or its division, or is written as home news of the United States."""
    if article.country_code == town.country_code or (town.country_code == "US" and _has_marks_of_america(article.text)):
        return True
    text = fold(f"{article.title} {article.text}")
    names = (town.name, gazetteer.admin1_name(town.country_code, town.admin1_code) or town.name)
    return any(f" {fold(name)} " in f" {text} " for name in names)


def _has_marks_of_america(text: str) -> bool:
    found: set[str] = set()
    for match in _AMERICAN.finditer(text):
        found.add(match.group())
        if len(found) >= _MARKS_OF_AMERICA:
            return True
    return False


def _state_of(host: str, gazetteer: Gazetteer) -> GazetteerPlace | None:
    for label in host.split(".")[:-1]:
        state = gazetteer.division_in_label(label)
        if state is not None:
            return state
    return None


def _address(url: str | None) -> tuple[str, str]:
    if not url:
        return "", ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return "", ""
    return host.removeprefix("www."), "-" + re.sub(r"[^a-z0-9]+", "-", parts.path.lower()) + "-"


def _domain_country(host: str) -> str | None:
    ending = host.rpartition(".")[2]
    if len(ending) != 2 or ending in _SOLD_DOMAINS:
        return None
    return "GB" if ending == "uk" else ending.upper()


def _town_of(host: str, path: str, article: Article, gazetteer: Gazetteer) -> GazetteerPlace | None:
    """Give the outlet's town: of the reviewed table, else by its name, which needs a witness in the text."""
    labels = [label for label in host.split(".")[:-1] if label not in ("www", "m", "news", "local", "co", "archive")]
    town = _listed_town(host, path, labels, article, gazetteer)
    if town is not None:
        return town
    country = _domain_country(host) or "US"
    guessed = (gazetteer.town_in_label(_BRANDS.sub("", label, count=1), _LEAST_POPULATION, country) for label in labels)
    town = next((place for place in guessed if place is not None), None) or _named_after(article.outlet, gazetteer)
    return town if town is not None and _has_witness(town, article, gazetteer) else None


def _listed_town(
    host: str, path: str, labels: Sequence[str], article: Article, gazetteer: Gazetteer
) -> GazetteerPlace | None:
    keys = [host, *(f"{host}/{part}" for part in [path.strip("-").split("-", 1)[0]] if part)]
    if path.startswith("-new-york-"):
        keys.append(f"{host}/new-york")
    signs = [match.group(1) for label in labels if (match := _HOST_CALL_SIGN.match(label))]
    for text in (article.outlet, article.title[-40:], article.text[:_LEAD]):
        signs.extend(match.group(1).lower() for match in _CALL_SIGN.finditer(text))
    towns = (gazetteer.outlet_town(key) for key in (*keys[::-1], *labels[::-1], *signs))
    return next((town for town in towns if town is not None), None)


def _named_after(outlet: str, gazetteer: Gazetteer) -> GazetteerPlace | None:
    """Read "Baltimore Sun" and "The Fresno Bee"."""
    words = [word for word in fold(outlet).split(" ") if word != "the"]
    for length in (3, 2, 1):
        if len(words) <= length:
            continue
        found = [p for p in gazetteer.lookup(" ".join(words[:length])) if p.kind == "town" and p.country_code == "US"]
        if _AGENCY.isdisjoint(words) and found and found[0].population >= _LEAST_POPULATION:
            return found[0]
    return None
