"""Which text can be kept, and how it is sorted."""

import pytest

from shared.text import is_storable, plain


@pytest.mark.parametrize(
    ("text", "storable"),
    [("", True), ("Zoé d’Aubigné 🍲", True), ("a\x00b", False), ("a\nb", False), ("\ud800", False)],
)
def test_controls_and_half_characters_cannot_be_kept(text: str, storable: bool) -> None:
    assert is_storable(text) is storable


def test_accents_and_capitals_sort_as_the_letters_that_they_are_on() -> None:
    assert sorted(["Yvonne", "zoé", "Élise", "Metz", "Mâcon"], key=plain) == ["Élise", "Mâcon", "Metz", "Yvonne", "zoé"]
