"""The desk of the application that answers."""

from typing import cast

from flask import current_app

from services.capacity.use_cases.desk import EXTENSION, Desk


def desk() -> Desk:
    """The desk at hand."""
    return cast(Desk, current_app.extensions[EXTENSION])
