"""The decisions can be read in order: each is listed once."""

import re
from pathlib import Path

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"


def test_each_decision_is_listed_once_and_in_order() -> None:
    listed = re.findall(r"^\| \[(\d{4})\]\((.+)\) \|", (DECISIONS / "README.md").read_text("utf-8"), re.MULTILINE)
    assert listed == [(one.name[:4], one.name) for one in sorted(DECISIONS.glob("[0-9]*.md"))]
