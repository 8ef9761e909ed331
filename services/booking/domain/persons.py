"""A person: somebody who agreed to be written to between two meals, and by which way that was verified.

A person exists for that alone. They end on request, or after two years without a visit, and then nothing stays of them
but an id, by which their ending can be told again.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.booking.domain.contact import Contact

FORGOTTEN_AFTER = timedelta(days=730)  # without a visit
LOOK_EVERY = timedelta(days=30)  # for visits


@dataclass(frozen=True, kw_only=True)
class Person:
    """A name, one verified way to be reached, and when we last saw them (UTC); `asked_at` is when they were last asked
    to cook. `look_at` is when it is to be looked again whether they came meanwhile.
    """

    id: str
    contact: Contact
    revision: int
    since: datetime
    seen_at: datetime
    look_at: datetime
    asked_at: datetime | None = None

    @property
    def address(self) -> str:
        """The way to be reached, as it is compared."""
        return address_of(self.contact)

    def seen(self, at: datetime) -> "Person":
        """When they were there, or wrote to us."""
        return replace(self, seen_at=max(self.seen_at, at))

    def looked_at(self, now: datetime) -> "Person":
        """When somebody has looked whether they came."""
        return replace(self, look_at=now + LOOK_EVERY)

    def is_to_be_forgotten(self, now: datetime) -> bool:
        """Whether they have not been seen for so long that they end."""
        return self.seen_at <= now - FORGOTTEN_AFTER


def verified(contact: Contact, *, sms: bool) -> Contact | None:
    """The contact with the one way by which letters reach it, which a link that came with one has verified; None if
    nothing is written to it.
    """
    if contact.email:
        return replace(contact, phone=None, calls_only=False)
    return contact if sms and contact.phone_to_write_to else None


def is_verified(contact: Contact, *, by_email: bool) -> bool:
    """Whether the link of a letter to this contact proves it. Where there are two, a letter may have gone by
    the other: who types an address beside their own number is not its owner. Then only the link of an e-mail has.
    """
    return by_email or not (contact.email and contact.phone_to_write_to)


def address_of(contact: Contact) -> str:
    """The way by which a contact is written to, as it is compared."""
    return (contact.email or contact.phone or "").lower()


def new_person(person_id: str, contact: Contact, now: datetime, revision: int) -> Person:
    """Somebody who has just agreed, by a verified way."""
    return Person(id=person_id, contact=contact, revision=revision, since=now, seen_at=now, look_at=now + LOOK_EVERY)
