"""What the pages work with."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from services.capacity.settings import Settings
from shared.links import Links
from shared.messaging.service import Service

EXTENSION = "tablee.capacity"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The service, its settings, and what signs its links."""

    service: Service
    settings: Settings
    links: Links


def desk() -> Desk:
    """The desk of this application."""
    return cast(Desk, current_app.extensions[EXTENSION])
