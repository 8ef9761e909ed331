"""What docs/threats.md says is held by a test is held by one that exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
THREATS = (ROOT / "docs/threats.md").read_text()


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", THREATS)
    assert len(named) > 20
    for path, test in named:
        assert (ROOT / path).exists(), path
        assert not test or f"def {test}(" in (ROOT / path).read_text(), f"{path}::{test}"


def test_every_threat_names_what_holds_it() -> None:
    rows = [line.split("|")[1:-1] for line in THREATS.splitlines() if line.startswith("| ")][1:]
    assert [threat for threat, _what, held in rows if not held.strip()] == []
