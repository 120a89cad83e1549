"""A plugin for pytest: skips what ../scope.txt names, and counts at the end what is in scope."""

import re
from pathlib import Path

import pytest

LINES = (Path(__file__).resolve().parent.parent / "scope.txt").read_text().splitlines()
OUTSIDE = [tuple(part.strip() for part in line.rsplit("|", 1)) for line in LINES if line and not line.startswith("#")]
outside = set()


def pytest_collection_modifyitems(items):
    for item in items:
        reason = next((reason for pattern, reason in OUTSIDE if re.search(pattern, item.nodeid)), None)
        if reason:
            outside.add(item.nodeid)
            item.add_marker(pytest.mark.skip(reason=f"out of scope: {reason}"))


def pytest_terminal_summary(terminalreporter):
    stats = terminalreporter.stats
    passed, failed = (len(stats.get(key, [])) for key in ("passed", "failed"))
    skipped = [report.nodeid for report in stats.get("skipped", [])]
    left = [nodeid for nodeid in skipped if nodeid not in outside]
    terminalreporter.section("scope")
    terminalreporter.line(f"out of scope {len(outside)}, in scope {passed + failed + len(left)}:")
    terminalreporter.line(f"passed {passed}, failed {failed}, skipped by the suite {len(left)}")
    if passed + failed:
        terminalreporter.line(f"{100 * passed / (passed + failed + len(left)):.2f} of 100 in scope pass")
    for nodeid in left:
        terminalreporter.line(f"skipped by the suite: {nodeid}")
