"""Put a letter into the mailbox of the demo."""

from services.notifications.domain.sending import Outgoing
from services.notifications.store import mailbox
from shared.messaging.service import Service


def record(service: Service, outgoing: Outgoing) -> None:
    """Keep a letter; one that is there already stays alone."""
    with service.work() as work:
        mailbox.receive(work.conn, outgoing, work.now)
