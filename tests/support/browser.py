"""Headless Chromium as the tests use it: the distribution's own, which `make browser` installs."""

from __future__ import annotations

import shutil

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
WITHOUT = "no Chromium on PATH; `make browser` installs it where apt-get may be used"


def find_chromium() -> str | None:
    """Return the program of a Chromium on PATH; null without one."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
