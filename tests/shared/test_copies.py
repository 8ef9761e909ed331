"""Copies of frozen records."""

from dataclasses import dataclass, field, replace

import pytest

from shared.copies import changed


@dataclass(frozen=True, kw_only=True)
class Bowl:
    soup: str
    spoons: int = 1
    herbs: tuple[str, ...] = field(default=(), compare=False)


SOUP = Bowl(soup="potimarron", herbs=("persil",))


def test_a_copy_is_what_replace_would_make() -> None:
    copy = changed(SOUP, spoons=2)
    assert copy == replace(SOUP, spoons=2) and copy.herbs == ("persil",)
    assert hash(copy) == hash(replace(SOUP, spoons=2))


def test_the_record_itself_stays_as_it_is() -> None:
    changed(SOUP, soup="lentilles")
    assert SOUP.soup == "potimarron"


def test_a_field_that_there_is_not_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="Bowl has no salt"):
        changed(SOUP, salt=1)
