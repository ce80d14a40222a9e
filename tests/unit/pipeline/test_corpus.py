import gzip
import json

import pytest

from model.article import TimePrecision
from model.errors import ConfigError, SourceError
from pipeline.corpus import CorpusRow, read_corpus
from pipeline.replay import UNDATED_START


def write(path, *lines: str, packed: bool = False):
    body = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(body) if packed else body)
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_a_broken_line_is_named_and_the_others_are_read(tmp_path, packed) -> None:
    good = json.dumps({"id": "a", "title": "T", "text": "X", "published": "2018-02-08"})
    read = list(read_corpus(write(tmp_path / "c.jsonl", good, "{not json", good.replace('"a"', '"b"'), packed=packed)))
    assert [row.external_id for row in read if isinstance(row, CorpusRow)] == ["a", "b"]
    (error,) = [row for row in read if isinstance(row, SourceError)]
    assert "c.jsonl line 2" in str(error)


@pytest.mark.parametrize(
    "line", ['{"title": "no id"}', '{"id": 1, "published": "soon"}', "[1]", '{"id":1,"timezone":"X"}']
)
def test_a_line_with_wrong_values_is_an_error_not_a_crash(tmp_path, line) -> None:
    (error,) = read_corpus(write(tmp_path / "c.jsonl", line))
    assert isinstance(error, SourceError)


def test_a_missing_corpus_says_so(tmp_path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.jsonl"):
        list(read_corpus(tmp_path / "nowhere.jsonl"))


def test_a_truncated_gzip_says_so(tmp_path) -> None:
    whole = gzip.compress(json.dumps({"id": "a"}).encode() * 100)
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ConfigError, match=r"c\.jsonl\.gz"):
        list(read_corpus(path))


def test_a_day_is_midnight_in_the_outlets_zone(tmp_path) -> None:
    line = json.dumps({"id": "a", "published": "2018-02-08", "timezone": "Asia/Damascus"})
    (row,) = read_corpus(write(tmp_path / "c.jsonl", line))
    article = row.as_article(UNDATED_START)
    assert article.published_at.isoformat() == "2018-02-08T00:00:00+02:00"
    assert article.published_precision is TimePrecision.DAY
    assert str(article.published_on) == "2018-02-08"


def test_nothing_of_the_gold_reaches_the_article(tmp_path) -> None:
    gold = {"incident_ids": ["G1"], "incidents": [{"incident_id": "G1", "killed": 77}], "has_key": True}
    plain = {"id": "a", "title": "T", "text": "X", "published": None}
    (with_gold,) = read_corpus(write(tmp_path / "a.jsonl", json.dumps(plain | gold)))
    (without,) = read_corpus(write(tmp_path / "b.jsonl", json.dumps(plain)))
    assert with_gold.incidents[0].killed == (77, 77)
    assert with_gold.as_article(UNDATED_START) == without.as_article(UNDATED_START)
