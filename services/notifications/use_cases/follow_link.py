"""A guest follows the short link of an SMS."""

from services.notifications.store import facts
from shared.messaging.service import Service


def follow(service: Service, short_code: str) -> str | None:
    """The address of the booking's own page, if this short link was made by us."""
    with service.read() as conn:
        return facts.link_behind(conn, short_code)
