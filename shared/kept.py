"""What is kept may be of a newer version, which works beside this one: its further fields and words are left out."""

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")


def as_known(kind: type[T], kept: Mapping[str, Any]) -> T:
    """A dataclass from what is kept of it as JSON."""
    return kind(**{one.name: kept[one.name] for one in fields(kind) if one.name in kept})  # type: ignore[arg-type]


def words_of(kind: type[Enum]) -> tuple[str, ...]:
    """The words of a kind that this version knows, as they are kept."""
    return tuple(str(one.value) for one in kind)
