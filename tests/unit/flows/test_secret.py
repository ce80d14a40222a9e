"""The password of Prefect's server: made once, for its owner only, and refused where others could know it."""

import os
import stat

import pytest

from flows.secret import api_secret, keep_secret
from model.errors import ConfigError


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_it_is_made_once_and_for_its_owner_whatever_the_umask(tmp_path, umask) -> None:
    before = os.umask(umask)
    try:
        made = api_secret(tmp_path / "api.secret")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "api.secret").stat().st_mode) == 0o600
    assert api_secret(tmp_path / "api.secret") == made
    assert api_secret(tmp_path / "other.secret") != made
    assert len(made.partition(":")[2]) > 40


def test_one_that_others_may_read_or_that_is_a_link_or_empty_is_refused(tmp_path) -> None:
    path = tmp_path / "api.secret"
    made = api_secret(path)
    path.chmod(0o640)
    with pytest.raises(ConfigError, match="others may use it"):
        api_secret(path)
    path.rename(tmp_path / "moved")
    (tmp_path / "moved").chmod(0o600)
    path.symlink_to(tmp_path / "moved")
    with pytest.raises(ConfigError, match="remove it"):
        api_secret(path)
    path.unlink()
    path.touch(0o600)
    with pytest.raises(ConfigError, match="no password"):
        api_secret(path)
    path.unlink()
    assert keep_secret(path, made)
    assert not keep_secret(path, "deconflict:other")
    assert api_secret(path) == made


def test_a_link_to_nowhere_is_not_followed(tmp_path) -> None:
    (tmp_path / "api.secret").symlink_to(tmp_path / "planted")
    with pytest.raises(ConfigError):
        api_secret(tmp_path / "api.secret")
    assert not (tmp_path / "planted").exists()
