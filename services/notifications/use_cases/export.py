"""All that notifications keeps of somebody, for themselves: to read, and as JSON to take along."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from services.notifications.store import contacts, exporting, guest_links
from services.notifications.store.exporting import KeptLetter, KeptText
from shared.contracts.reply import CONTACT
from shared.links import Links
from shared.messaging.service import Service


class LinkOver(Exception):
    """This link is not good (any more)."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Letters to an address or a number, texts from it, and whether it said STOP."""

    address: str = field(repr=False)
    letters: Sequence[KeptLetter]
    texts: Sequence[KeptText]
    stopped: bool


def export_by_link(service: Service, links: Links, link: str) -> Kept:
    """All that is kept of who came by a link (by id). Raises LinkOver."""
    with service.read() as conn:
        address = guest_links.address_behind(conn, link, service.clock.now(conn))
        if address is None:
            raise LinkOver
        return _kept(conn, links, address)


def export(service: Service, links: Links, address: str) -> Kept:
    """All that is kept of whoever is reached at an address or a number (E.164)."""
    with service.read() as conn:
        return _kept(conn, links, address.lower())


def as_json(kept: Kept) -> dict[str, Any]:
    """The same for programs. Instants are UTC."""
    return {
        "contact": kept.address,
        "letters": [
            {
                "about": one.kind,
                "by": one.channel,
                "state": one.state,
                "at": one.at.isoformat(),
                "to": one.about or None,
                "booked_by": one.proxy,
            }
            for one in kept.letters
        ],
        "texts_from_you": [
            {"text": one.text, "at": one.at.isoformat(), "what_became_of_it": one.fate, "name": one.name}
            for one in kept.texts
        ],
        "said_stop": kept.stopped,
    }


def _kept(conn: Connection, links: Links, address: str) -> Kept:
    return Kept(
        address=address,
        letters=exporting.letters_to(conn, address),
        texts=exporting.texts_from(conn, address),
        stopped=contacts.stopped(conn, links.marks(CONTACT, address.casefold())),
    )
