"""Which text can be kept, and how it is sorted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis.strategies import text

from shared.text import is_storable, plain


@pytest.mark.parametrize(
    ("typed", "storable"),
    [("", True), ("Zoé d’Aubigné 🍲", True), ("a\x00b", False), ("a\nb", False), ("\ud800", False)],
)
def test_controls_and_half_characters_cannot_be_kept(typed: str, storable: bool) -> None:
    assert is_storable(typed) is storable


def test_accents_and_capitals_sort_as_the_letters_that_they_are_on() -> None:
    assert sorted(["Yvonne", "zoé", "Élise", "Metz", "Mâcon"], key=plain) == ["Élise", "Mâcon", "Metz", "Yvonne", "zoé"]


@given(text())
def test_what_cannot_be_kept_is_controls_and_half_characters(typed: str) -> None:
    unkept = {"Cc", "Cs"} & {unicodedata.category(character) for character in typed}
    assert is_storable(typed) is not bool(unkept)
