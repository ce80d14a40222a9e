"""Find labelled corpora by name, code them in worker processes, and keep the codings."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from extractors.coding.coder import Coder
from extractors.reference.load import load_reference
from model.article import Article
from model.incident import ArticleReport
from model.report import Coding
from pipeline.corpus import CorpusRow, read_corpus
from resolution.weights import Weights, load_weights, read_weights
from seeds import WEIGHTS_VARIABLE

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = "newsroom"
VALIDATION = ("wire-frontlines", "wire-mixed")  # whoever tunes sees their figures, never their texts or errors
TRAINING = (
    "wire-africa",
    "wire-mena",
    "wire-europe-americas",
    "wire-asia",
    "wire-everyday",
    "wire-desk",
    "wire-latin",
    "wire-sahel",
    "wire-wardays",
    "wire-eurasia",
    "wire-horn",
    "wire-crossings",
    "realconflict",
    "realmix",
    "newsroom",
    "stream",
    "gva",
    "airwars",
)  # fmt: skip - what weights are fitted on, each with equal voice
DEV_PATTERNS = ("wire-*", "realconflict", "realmix")  # dev corpora whose key has report-level labels
SEEN_AT = datetime(2030, 1, 1, tzinfo=UTC)  # fixed, so that codings repeat
CHUNK = 8  # articles a message to a worker
WEIGHT_PATTERNS = ("*_weights.json", "*_ranker.json")  # the fitted files of seeds/reference
RESOLVER_WEIGHTS = "resolution_weights.json"  # the one fitted file that no coding depends on
_CODER: list[Coder] = []


@dataclass(frozen=True, slots=True)
class Corpus:
    """A labelled corpus: its name and file."""

    name: str
    path: Path

    @property
    def is_validation(self) -> bool:
        """Whether its texts and errors must not be shown."""
        return self.name in VALIDATION


def corpora(only: Sequence[str] = ()) -> list[Corpus]:
    """List the labelled corpora there are: the bundled newsroom, `bench/corpora`, then the dev corpora.

    Raises:
        SystemExit: a name of `only` is none of them, nor a corpus of `$DECONFLICT_EVAL/dev`.
    """
    files = [(BUNDLED, ROOT / "seeds" / "newsroom" / "corpus.jsonl")]
    files += [(path.name.removesuffix(".jsonl"), path) for path in sorted((ROOT / "bench" / "corpora").glob("*.jsonl"))]
    folder = dev_folder()
    files += [(name_of(path), path) for pattern in DEV_PATTERNS for path in sorted(folder.glob(f"{pattern}.jsonl*"))]
    known: dict[str, Path] = {}
    for name, path in files:
        known.setdefault(name, path)
    if not only:
        return [Corpus(name, path) for name, path in known.items()]
    known = {name_of(path): path for path in sorted(folder.glob("*.jsonl*"))} | known
    if missing := [name for name in only if name not in known]:
        raise SystemExit(f"no corpus {', '.join(missing)}; there are: {', '.join(sorted(known))}")
    return [Corpus(name, known[name]) for name in only]


def present(names: Sequence[str] = TRAINING) -> list[str]:
    """Leave out the names of corpora that are not there, and say so."""
    kept = []
    for name in names:
        try:
            corpora([name])
        except SystemExit:
            print(f"without {name}: there is no such corpus here")
        else:
            kept.append(name)
    return kept


def dev_folder() -> Path:
    """The folder of the dev corpora, which are not part of the project and may be missing."""
    return Path(os.environ.get("DECONFLICT_EVAL", ROOT.parent / "shared" / "eval")) / "dev"


def name_of(path: Path) -> str:
    """The name of a corpus file without its endings."""
    return path.name.removesuffix(".gz").removesuffix(".jsonl")


def articles_of(path: Path) -> list[Article]:
    """Read the articles of a corpus, without anything of the key; broken lines are left out."""
    return [row.as_article(SEEN_AT) for row in read_corpus(path) if isinstance(row, CorpusRow)]


def code_corpus(
    corpus: Corpus, n_jobs: int, cache: Path | None = None, weights: Path | None = None
) -> list[tuple[Article, Coding]]:
    """Code every article of a corpus in `n_jobs` processes.

    Args:
        corpus: What to code; nothing of its key reaches the coder.
        n_jobs: Worker processes.
        cache: Folder where codings are kept by the hash of the coder, its tables and the corpus, and read back from.
        weights: Folder of weight files that stand in for the reviewed ones.
    """
    articles = articles_of(corpus.path)
    kept = cache / f"{corpus.name}-{_version(corpus.path, weights)}.pickle" if cache else None
    if kept and kept.exists():
        codings: list[Coding] = pickle.loads(kept.read_bytes())  # noqa: S301 - a file of our own making
    else:
        load_reference(_reference_folder())  # builds the place tables once, before workers would race for it
        context = get_context("forkserver")
        with ProcessPoolExecutor(n_jobs, mp_context=context, initializer=_start, initargs=(weights,)) as pool:
            codings = list(pool.map(_code, articles, chunksize=CHUNK))
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(pickle.dumps(codings))
    return list(zip(articles, codings, strict=True))


def told_of(coded: Sequence[tuple[Article, Coding]]) -> list[ArticleReport]:
    """All reports with their articles, in the order of the corpus."""
    return [ArticleReport(article, report) for article, coding in coded for report in coding.reports]


def weights_of(corpus: Corpus, folder: Path | None) -> Path | None:
    """The sub-folder of weights that were fitted without a corpus; null where there is none."""
    own = folder / corpus.name if folder else None
    return own if own and own.is_dir() else None


def resolver_weights(weights: Path | None) -> Weights:
    """The resolver's weights of a folder, or the reviewed ones where it has none."""
    own = weights / RESOLVER_WEIGHTS if weights else None
    return read_weights(own) if own and own.is_file() else load_weights()


def fit_of(corpus: Corpus, weights: Path | None) -> str:
    """Say by the records in the weight files whether any of those in use was fitted on a corpus."""
    reviewed = [path for pattern in WEIGHT_PATTERNS for path in sorted((ROOT / "seeds" / "reference").glob(pattern))]
    fitted_on: dict[str, list[str] | None] = {}
    for path in reviewed:
        own = weights / path.name if weights else path
        read = json.loads((own if own.is_file() else path).read_text("utf-8"))
        fitted_on[path.name] = read.get("fitted_on")
    seen = [name.removesuffix(".json") for name, names in fitted_on.items() if names and corpus.name in names]
    unknown = [name.removesuffix(".json") for name, names in fitted_on.items() if names is None]
    if seen:
        return f"in sample ({', '.join(seen)})"
    return f"not recorded ({', '.join(unknown)})" if unknown else "held out"


def _start(weights: Path | None) -> None:
    """Choose the weights of a worker process before it loads any."""
    if weights:
        os.environ[WEIGHTS_VARIABLE] = str(weights)


def _code(article: Article) -> Coding:
    if not _CODER:
        _CODER.append(Coder(load_reference(_reference_folder())))
    return _CODER[0].code(article)


def _reference_folder() -> Path:
    return Path(os.environ.get("DECONFLICT_REFERENCE", ROOT / "var" / "reference"))


def _version(corpus: Path, weights: Path | None) -> str:
    """Hash everything that codings depend on: the coder, its tables, the dataclasses, the corpus."""
    digest = hashlib.sha256()
    for path in [*_coder_files(), *(sorted(weights.iterdir()) if weights else ()), corpus]:
        if path.name != RESOLVER_WEIGHTS:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _coder_files() -> Iterator[Path]:
    for folder, pattern in (("extractors", "*.py"), ("model", "*.py"), ("seeds/reference", "*")):
        yield from sorted(path for path in (ROOT / folder).rglob(pattern) if path.is_file())
    yield ROOT / "pipeline" / "corpus.py"
    yield ROOT / "requirements.lock"  # another version of a library may code otherwise
