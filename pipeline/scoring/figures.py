"""Figures of an evaluation with the number of cases they rest on, and the cases that were wrong."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WrongCase:
    """One article whose `measure` came out wrong: what was wanted and what was given."""

    measure: str
    external_id: str
    wanted: str
    given: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the number of cases it rests on."""

    name: str
    value: float
    n: int


@dataclass(slots=True)
class Scores:
    """All figures of one evaluation, and the cases that were wrong."""

    figures: list[Figure] = field(default_factory=list)
    wrong: list[WrongCase] = field(default_factory=list)

    def add(self, name: str, value: float, n: int) -> None:
        """Add one figure."""
        self.figures.append(Figure(name, value, n))

    def value(self, name: str) -> float:
        """The value of the figure `name`.

        Raises:
            KeyError: there is no such figure.
        """
        for figure in self.figures:
            if figure.name == name:
                return figure.value
        raise KeyError(name)
