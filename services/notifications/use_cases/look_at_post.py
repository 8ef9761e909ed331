"""How providers are and how many letters wait, for the page that shows how the post is."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from services.notifications.store import health, looking
from shared.contracts.service_state import LETTERS, Wait
from shared.messaging.service import Service
from shared.messaging.telling import age


def look_at_post(service: Service) -> Mapping[str, object]:
    """`providers` as the senders noted them, their `credits`, and the letters that are `waiting`."""
    with service.read() as conn:
        return {
            "providers": health.all_noted(conn),
            "credits": health.credits(conn),
            "waiting": health.waiting(conn, service.clock.now(conn)),
        }


def zones_of_cantines(service: Service) -> list[str]:
    """The time zone of each cantine that letters are about."""
    with service.read() as conn:
        return [one.zone for one in looking.cantines(conn)]


def letters_that_wait(conn: Connection, now: datetime) -> Sequence[Wait]:
    """The letters that should have left by now, for who looks at all services."""
    found = health.waiting(conn, now)
    return [Wait(what=LETTERS, count=found.count, seconds=age(found.since, now))] if found.since else []
