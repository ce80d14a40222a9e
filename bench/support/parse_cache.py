"""A parser and an embedder that keep what they made in a file, so that benches and trainers do each corpus once."""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from extractors.coding import coder, types
from extractors.coding.embedding import SIZE, Embedder
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


class CachedEmbedder(Embedder):
    """`Embedder` with a memory of texts, at half precision; call `save` at the end."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._known: dict[bytes, np.ndarray] = pickle.loads(path.read_bytes()) if path.exists() else {}  # noqa: S301 - our own file
        self._n_read = len(self._known)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return what is known of the texts, and embed the others."""
        keys = [hashlib.blake2b(text.encode(), digest_size=12).digest() for text in texts]
        for k in [k for k, key in enumerate(keys) if key not in self._known]:
            self._known[keys[k]] = super().embed([texts[k]])[0].astype(np.float16)
        return np.array([self._known[key] for key in keys], np.float32).reshape(len(texts), SIZE)

    def save(self) -> None:
        """Write the memory if it has grown."""
        if len(self._known) > self._n_read:
            partial = self._path.with_suffix(".partial")
            partial.write_bytes(pickle.dumps(self._known))
            partial.replace(self._path)


def embed_with(embedder: CachedEmbedder) -> CachedEmbedder:
    """Let the coder embed with this embedder from now on, and return it."""
    coder.load_embedder = types.load_embedder = lambda: embedder
    return embedder


def _interned(mark: Mark) -> Mark:
    lemma, pos, tag, dep, head, entity, is_start = mark
    names = (sys.intern(name) for name in (lemma, pos, tag, dep))
    return (*names, head, sys.intern(entity), is_start)  # type: ignore[return-value]
