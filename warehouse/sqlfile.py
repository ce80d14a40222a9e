"""SQL texts that ship with the package: named statements under `sql/`, migrations, and the objects of `pub`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered migration and the checksum by which a changed one is found out."""

    version: int
    name: str
    text: str
    sha256: str


@cache
def sql(name: str) -> str:
    """Return the statement of `sql/<name>.sql`."""
    return files("warehouse").joinpath("sql", f"{name}.sql").read_text("utf-8")


@cache
def migrations() -> tuple[Migration, ...]:
    """Return all migrations in order of their numbers."""
    found = [item for item in files("warehouse").joinpath("migrations").iterdir() if item.name.endswith(".sql")]
    texts = {item.name: item.read_text("utf-8") for item in found}
    return tuple(
        Migration(int(name[:4]), name.removesuffix(".sql"), text, _checksum(text))
        for name, text in sorted(texts.items())
    )


@cache
def public_schema() -> tuple[str, str]:
    """Return the SQL of all of `pub` in order, and its checksum."""
    found = [item for item in files("warehouse").joinpath("sql", "pub").iterdir() if item.name.endswith(".sql")]
    text = "\n".join(item.read_text("utf-8") for item in sorted(found, key=lambda item: item.name))
    return text, _checksum(text)


@cache
def data_tests() -> dict[str, str]:
    """Return the data tests by name: each selects the rows that break the contract."""
    found = [item for item in files("warehouse").joinpath("sql", "check").iterdir() if item.name.endswith(".sql")]
    return {
        item.name.removesuffix(".sql"): item.read_text("utf-8") for item in sorted(found, key=lambda item: item.name)
    }


def _checksum(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()
