"""The mailbox of the demo: what the recorder puts there, and people read."""

from services.notifications.domain.numbers import as_kept
from services.notifications.domain.sending import Outgoing
from services.notifications.store import mailbox
from services.notifications.store.mailbox import Received
from shared.messaging.service import Service


def record(service: Service, outgoing: Outgoing) -> None:
    """Keep a letter; one that is there already stays alone."""
    with service.work() as work:
        mailbox.receive(work.conn, outgoing, work.now)


def latest(service: Service, address: str = "") -> list[Received]:
    """The newest messages first: all, or those to an address that contains these characters, or to a number that does,
    however that is written.
    """
    with service.read() as conn:
        return mailbox.latest(conn, parts=as_kept(address))


def message(service: Service, message_id: int) -> Received | None:
    """One message, if it is there."""
    with service.read() as conn:
        return mailbox.find(conn, message_id)
