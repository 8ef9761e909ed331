"""What every page and every endpoint has at hand."""

from dataclasses import dataclass

from services.capacity.settings import Settings
from shared.links import Links
from shared.messaging.service import Service

EXTENSION = "tablee.capacity"  # where the web application keeps the desk


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The service, its settings, and what signs its links."""

    service: Service
    settings: Settings
    links: Links
