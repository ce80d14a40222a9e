"""Look up the pinned packages of `requirements.lock` in a list of known vulnerabilities, with pip-audit.

    python tools/audit.py [LOCK]

It fails where a package has a known vulnerability. Where pip-audit is not installed, or the service of its data cannot
be reached or knows none of the packages, it says that nothing was looked up and why, and does not fail: a release
without a network is still checked for hashes and licences.
pip-audit is no dependency: install it for the check (`pip install pip-audit`).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TIMEOUT_S = 300  # a service that answers takes about a second for a package at the worst
SERVICE_WAIT_S = 15


def main(arguments: list[str]) -> int:
    """Print what was found; returns 1 where a package has a known vulnerability."""
    program = shutil.which("pip-audit") or shutil.which("pip-audit", path=str(Path(sys.executable).parent))
    lock = arguments[0] if arguments else str(ROOT / "requirements.lock")
    if program is None:
        return skipped("pip-audit is not installed")
    command = [program, "--disable-pip", "--no-deps", "--require-hashes", "-r", lock, "--format", "json"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command of the maintainer's
            [*command, "--timeout", str(SERVICE_WAIT_S)],
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return skipped(f"pip-audit gave no answer: {type(error).__name__}")
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        return skipped(f"pip-audit ended with {done.returncode}: {last[0][:300]}")
    return report_packages(packages)


def report_packages(packages: list[dict[str, Any]]) -> int:
    """Name the vulnerable packages and those that could not be looked up; returns 1 where one is vulnerable."""
    n_faults = 0
    for one in packages:
        for fault in one.get("vulns") or ():
            n_faults += 1
            fixed = ", ".join(fault.get("fix_versions") or ()) or "no version"
            sys.stderr.write(f"{one['name']} {one.get('version')}: {fault['id']}, fixed in {fixed}\n")
    passed_over = [one for one in packages if "skip_reason" in one]
    if len(passed_over) == len(packages):
        reason = passed_over[0]["skip_reason"] if passed_over else "the lock names no package"
        return skipped(f"the service knew none of {len(packages)} packages, such as: {reason}")
    for one in passed_over:
        sys.stderr.write(f"{one['name']}: not looked up: {one['skip_reason']}\n")
    n_known = len(packages) - len(passed_over)
    sys.stderr.write(f"{n_known} of {len(packages)} packages looked up, {n_faults} known vulnerabilities\n")
    return 1 if n_faults else 0


def skipped(reason: str) -> int:
    """Say that nothing was looked up."""
    sys.stderr.write(f"SKIPPED, no vulnerability was looked up: {reason}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
