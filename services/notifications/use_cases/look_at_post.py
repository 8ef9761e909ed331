"""How providers are and how many letters wait, for the page that shows how the post is."""

from collections.abc import Mapping

from services.notifications.store import health
from shared.messaging.service import Service


def look_at_post(service: Service) -> Mapping[str, object]:
    """`providers` as the senders noted them, their `credits`, and the letters that are `waiting`."""
    with service.read() as conn:
        return {
            "providers": health.all_noted(conn),
            "credits": health.credits(conn),
            "waiting": health.waiting(conn, service.clock.now(conn)),
        }
