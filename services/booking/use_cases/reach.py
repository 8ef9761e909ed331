"""Which contacts letters do not reach: heard from notifications, and looked up by whoever writes or calls."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection

from services.booking.domain.reach import EVER, Lost
from services.booking.store import lost_contacts
from shared.contracts.reply import CONTACT, ContactState
from shared.links import Links
from shared.messaging.service import UnitOfWork


def hear_contact_states(work: UnitOfWork, states: Sequence[ContactState]) -> None:
    """Keep which contacts are lost."""
    lost_contacts.keep(work.conn, states, work.now)


def lost_among(conn: Connection, links: Links, addresses: Callable[[], Iterable[str]]) -> Lost:
    """Those of these addresses and numbers that letters do not reach, as notifications last told. Mostly there are
    none, and nobody asks for the addresses.
    """
    every = lost_contacts.every(conn)
    if not every:
        return {}
    return {
        address: every[mark] or EVER
        for address in addresses()
        for mark in links.marks(CONTACT, address)
        if mark in every
    }
