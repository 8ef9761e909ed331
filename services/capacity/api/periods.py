"""Finding meals, a page at a time."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import request

from services.capacity.api.entrance import desk
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store.sittings import Period
from services.capacity.use_cases.look import page_of_sittings


def page(
    asked: dict[str, Any], cantines: Sequence[str] | None, shown: Callable[[PlannedSitting, datetime], dict[str, Any]]
) -> dict[str, Any]:
    """The meals asked for, of these cantines (None: of all), as the answer shows them."""
    number, size = asked["page"], asked["page_size"]
    period = Period(cantines=cantines, first=asked["first"], last=asked["last"])
    found = page_of_sittings(desk().service, period, skip=(number - 1) * size, limit=size)
    return {
        "items": [shown(one, found.now) for one in found.items],
        "page": number,
        "page_size": size,
        "total": found.total,
        "next": _address_of(number + 1) if number * size < found.total else None,
    }


def _address_of(number: int) -> str:
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return f"{request.path}?{urlencode([*asked, ('page', number)])}"
