"""The rules file: channels and rules, read strictly, all faults told at once.

Addresses and secrets are in no file: a channel `desk` has its address in `DECONFLICT_ALERT_DESK` and, for a webhook,
its signing secret in `DECONFLICT_ALERT_DESK_SECRET`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from interfaces.exports.crosswalk import type_words
from model.errors import ConfigError
from model.incident import IncidentStatus

DEFAULT_PLACE = ("seeds", "alerts.toml")  # a file missing here means no rules; one missing elsewhere is an error
_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")  # becomes a part of a variable's name
_QUIET = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
Name = Annotated[str, Field(pattern=f"^{_NAME.pattern}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Near(_Strict):
    """A circle: degrees (WGS 84) and kilometres."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    km: float = Field(gt=0, le=20_100)  # half the Earth's girth holds everything


class Rule(_Strict):
    """Which incidents are told to which channels. Conditions that are given must all hold; one of a list is enough.

    A toll is met by its greatest figure known: of an open one ("at least 100") that is the lower bound.
    """

    name: Name
    channels: tuple[str, ...] = Field(min_length=1)
    types: tuple[str, ...] = ()
    countries: tuple[Annotated[str, Field(pattern="^[A-Z]{2}$")], ...] = ()
    near: Near | None = None
    killed_high_at_least: int | None = Field(None, ge=0)
    killed_low_at_least: int | None = Field(None, ge=0)
    statuses: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    immediate: bool = False
    wakes: bool = False  # sends in quiet hours, too
    revisions: Literal["material", "none"] = "material"
    max_age_days: float = Field(7.0, ge=0)  # since the newest article of it; 0: however old

    @field_validator("types")
    @classmethod
    def _known_types(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _known(value, {event_type for event_type, _ in type_words()} | {"other"})

    @field_validator("statuses")
    @classmethod
    def _known_statuses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _known(value, {status.value for status in IncidentStatus} - {IncidentStatus.MERGED.value})


class Channel(_Strict):
    """A receiver: people through Apprise (`push`), or a program (`webhook`)."""

    kind: Literal["push", "webhook"]
    digest_every_minutes: float = Field(60.0, ge=0)  # of a push: between two messages of the unhurried kind
    max_messages: int = Field(
        20, ge=1, le=1000
    )  # a run; what is above goes into one message, or waits for the next run
    max_in_message: int = Field(20, ge=1, le=200)  # incidents told in one message, before "+37 more"
    quiet: str = ""
    timezone: str = "UTC"

    @field_validator("quiet")
    @classmethod
    def _hours(cls, value: str) -> str:
        if value and not _QUIET.fullmatch(value):
            raise ValueError("write quiet hours like 22:00-07:00")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"no time zone {value!r}") from error
        return value

    @property
    def quiet_hours(self) -> tuple[time, time] | None:
        """From when to when, in its zone; null for none."""
        found = _QUIET.fullmatch(self.quiet)
        if not found:
            return None
        hours = [int(part) for part in found.groups()]
        return time(hours[0], hours[1]), time(hours[2], hours[3])


class _File(_Strict):
    channel: dict[Name, Channel] = Field(default_factory=dict)
    rule: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> _File:
        names = [rule.name for rule in self.rule]
        faults = [f"two rules are called {name}" for name in sorted({n for n in names if names.count(n) > 1})]
        for rule in self.rule:
            faults += [f"rule {rule.name}: no channel {c}" for c in rule.channels if c not in self.channel]
        faults += [f"channel {c}: a name ends in no _secret" for c in self.channel if c.endswith("_secret")]
        if faults:
            raise ValueError("; ".join(faults))
        return self


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, and all channels by name."""

    rules: tuple[Rule, ...]
    channels: Mapping[str, Channel]

    @property
    def is_on(self) -> bool:
        """Whether anything is to be told to anybody."""
        return bool(self.rules)


def load_rules(path: Path) -> Rules:
    """Read the rules file; a missing one at the default place means no rules.

    Raises:
        ConfigError: the file is missing or wrong; all faults are named.
    """
    try:
        found = _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError as error:
        if path.parts[-2:] == DEFAULT_PLACE:
            return Rules((), {})
        raise ConfigError(f"there is no rules file {path}", next_step="see docs/how-to/alerts.md") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}", unchanged="nothing was sent", next_step="mend the file") from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}".lstrip(": ") for e in error.errors())
        raise ConfigError(
            f"{path}: {faults}", unchanged="nothing was sent", next_step="see docs/reference/alerts.md"
        ) from error
    return Rules(found.rule, found.channel)


def address_variable(channel: str) -> str:
    """Name the variable that holds a channel's address."""
    return f"DECONFLICT_ALERT_{channel.upper()}"


def secret_variable(channel: str) -> str:
    """Name the variable that holds a webhook's signing secret."""
    return f"{address_variable(channel)}_SECRET"


def _known(value: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
    unknown = [one for one in value if one not in known]
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}; known: {', '.join(sorted(known))}")
    return value
