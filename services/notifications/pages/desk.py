"""What the pages work with."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from services.notifications.letters.write import Writer
from shared.links import Links
from shared.messaging.inbox import Inbox
from shared.messaging.service import Service

EXTENSION = "tablee.notifications"


@dataclass(frozen=True)
class Desk:
    """The service, what writes its letters, what handles its messages, and what makes its links and marks."""

    service: Service
    writer: Writer
    inbox: Inbox
    links: Links


def desk() -> Desk:
    """The desk of the application that answers."""
    return cast(Desk, current_app.extensions[EXTENSION])


def service() -> Service:
    """This application's service."""
    return desk().service
