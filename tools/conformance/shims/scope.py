"""A plugin for pytest: skips what ../scope.txt names, and counts at the end what is in scope."""

import re
from collections import Counter
from pathlib import Path

import pytest

LINES = (Path(__file__).resolve().parent.parent / "scope.txt").read_text().splitlines()
OUTSIDE = [tuple(part.strip() for part in line.rsplit("|", 1)) for line in LINES if line and not line.startswith("#")]
reasons = {}


def pytest_collection_modifyitems(items):
    for item in items:
        reason = next((reason for pattern, reason in OUTSIDE if re.search(pattern, item.nodeid)), None)
        if reason:
            reasons[item.nodeid] = reason
            item.add_marker(pytest.mark.skip(reason=f"out of scope: {reason}"))


def pytest_terminal_summary(terminalreporter):
    def count(outcome):
        return [report.nodeid for report in terminalreporter.stats.get(outcome, []) if report.nodeid not in reasons]

    passed, failed, skipped = count("passed"), count("failed"), count("skipped")
    say = terminalreporter.line
    terminalreporter.section("scope")
    say(f"out of scope: {len(reasons)}")
    for reason, number in Counter(reasons.values()).most_common():
        say(f"    {number} {reason}")
    say(f"in scope: {len(passed) + len(failed) + len(skipped)}")
    say(f"    {len(passed)} passed, {len(failed)} failed, {len(skipped)} skipped by the suite")
    for nodeid in skipped:
        say(f"    skipped by the suite: {nodeid}")
