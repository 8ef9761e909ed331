"""What a service counts of its business, for whoever watches over the place: questions to its own database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One number, or one for each value of its labels: the question's last column; those before it are the labels."""

    name: str
    what: str
    question: Callable[[datetime], Select[Any]]
    labels: tuple[str, ...] = ()


Measures = Sequence[Measure]
