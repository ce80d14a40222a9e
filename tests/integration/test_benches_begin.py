"""Every bench can be started as its own docstring says: its folder's module names hide none of the rooms."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_bench_tells_its_options() -> None:
    scripts = [s for s in sorted((ROOT / "bench").glob("*.py")) if "__main__" in s.read_text("utf-8")]
    assert scripts

    def output(script: Path) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, str(script.relative_to(ROOT)), "--help"]
        return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    with ThreadPoolExecutor(2) as pool:
        done = dict(zip(scripts, pool.map(output, scripts), strict=True))
    failed = {script.name: ran.stderr[-300:] for script, ran in done.items() if ran.returncode}
    assert failed == {}
    assert all("usage:" in ran.stdout for ran in done.values())
