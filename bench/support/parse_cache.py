"""A parser that keeps what it parsed in a file, so that benches and trainers parse each corpus once."""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Sequence
from pathlib import Path

from extractors.coding.parser import Mark, Parser, Words


class CachedParser(Parser):
    """`Parser` with a memory of sentences; call `save` at the end."""

    def __init__(self, path: Path, names: frozenset[str] = frozenset()) -> None:
        super().__init__(names=names)
        self._path = path
        self._known: dict[bytes, tuple[Mark, ...]] = pickle.loads(path.read_bytes()) if path.exists() else {}  # noqa: S301 - our own file
        self._n_read = len(self._known)

    def annotate(self, sentences: Sequence[Words]) -> list[tuple[Mark, ...]]:
        """Return what is known of the sentences, and parse the others."""
        keys = [hashlib.blake2b(repr(words).encode(), digest_size=12).digest() for words in sentences]
        new = [k for k, key in enumerate(keys) if key not in self._known]
        for k, marks in zip(new, super().annotate([sentences[k] for k in new]), strict=True):
            self._known[keys[k]] = tuple(_interned(mark) for mark in marks)
        return [self._known[key] for key in keys]

    def save(self) -> None:
        """Write the memory if it has grown."""
        if len(self._known) > self._n_read:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            partial = self._path.with_suffix(".partial")
            partial.write_bytes(pickle.dumps(self._known))
            partial.replace(self._path)


def _interned(mark: Mark) -> Mark:
    lemma, pos, tag, dep, head, entity, is_start = mark
    names = (sys.intern(name) for name in (lemma, pos, tag, dep))
    return (*names, head, sys.intern(entity), is_start)  # type: ignore[return-value]
