"""What every endpoint has at hand, and how it says what is wrong."""

from typing import Any, cast

from flask import current_app

from services.booking.domain.complaints import InvalidInput
from services.booking.domain.parties import PARTY_FIELDS
from services.booking.use_cases.desk import EXTENSION, Desk
from shared.web.errors import Problem
from shared.web.language import gettext as _

_PLACES = {
    **{field: ("party", field) for field in PARTY_FIELDS},
    "proxy_name": ("proxy", "name"),
    "contact_is": ("proxy", "contact"),
}
"""The fields that lie within another one."""


def desk() -> Desk:
    """The desk of the application that answers."""
    return cast(Desk, current_app.extensions[EXTENSION])


def as_problem(error: InvalidInput) -> Problem:
    """The complaints of the domain, at the fields of a JSON body."""
    errors: dict[str, Any] = {}
    for field, complaint in error.complaints.items():
        inside, name = _PLACES.get(field, (None, field))
        place = errors.setdefault(inside, {}) if inside else errors
        place[name] = [_(complaint.value)]
    return Problem(422, errors=errors)
