"""What we carry along is exactly what its maker published."""

import re
from hashlib import sha256

import pytest

from shared.web.assets import FOLDER

ROWS = re.findall(
    r"^\| `(?P<file>[^`]+)` \|.*\| `(?P<sum>\w{64})` \|$", (FOLDER / "VENDORED.md").read_text(), re.MULTILINE
)
OURS = {"api-docs.js", "folds.js", "offline.js", "theme.css", "parts.css"}


@pytest.mark.parametrize(("file", "expected"), ROWS)
def test_its_sum_is_the_one_written_down(file: str, expected: str) -> None:
    assert sha256((FOLDER / file).read_bytes()).hexdigest() == expected


def test_every_script_and_style_is_ours_or_written_down() -> None:
    found = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in {".js", ".css"}}
    assert found == OURS | {file for file, _sum in ROWS}
