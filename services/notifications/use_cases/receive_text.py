"""A text message comes in: it is kept before anybody is told that it was received, and handled a moment later."""

from hashlib import sha256

from services.notifications.domain.numbers import number_in
from services.notifications.domain.texts import tidy
from services.notifications.store import texts
from shared.messaging.service import Service


def receive_text(service: Service, provider: str, ref: str, sender: str, text: str) -> bool:
    """Keep a text that a provider calls `ref`, once. False if its sender is no telephone number: nobody is there."""
    phone = number_in(sender)
    if phone is None:
        return False
    with service.work() as work:
        texts.add(work.conn, sha256(f"{provider} {ref}".encode()).hexdigest(), phone, tidy(text), work.now)
    service.bell.ring()
    return True
