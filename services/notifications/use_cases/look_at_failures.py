"""The operator looks at the letters that could not be sent."""

from services.notifications.domain.letter import Letter
from services.notifications.store import letters
from shared.messaging.service import Service


def latest_failures(service: Service, limit: int) -> list[Letter]:
    """Letters that failed, latest first."""
    with service.read() as conn:
        return letters.failures(conn, limit)
