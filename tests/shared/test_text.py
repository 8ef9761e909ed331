"""Which text can be kept."""

import pytest

from shared.text import is_storable


@pytest.mark.parametrize(
    ("text", "storable"),
    [("", True), ("Zoé d’Aubigné 🍲", True), ("a\x00b", False), ("a\nb", False), ("\ud800", False)],
)
def test_controls_and_half_characters_cannot_be_kept(text: str, storable: bool) -> None:
    assert is_storable(text) is storable
