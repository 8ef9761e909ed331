"""What the pages work with."""

from typing import cast

from flask import current_app

from shared.messaging.service import Service

EXTENSION = "tablee.notifications"


def service() -> Service:
    """This application's service."""
    return cast(Service, current_app.extensions[EXTENSION])
