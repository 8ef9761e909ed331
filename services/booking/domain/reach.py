"""Whom letters reach: notifications tells which numbers they may not go to, since STOP, or as they come back."""

from collections.abc import Mapping
from datetime import UTC, datetime

from services.booking.domain.contact import Contact

Lost = Mapping[str, datetime]
"""Addresses and numbers that letters do not reach, as they are compared, and since when (UTC)."""

EVER = datetime(1970, 1, 1, tzinfo=UTC)


def unread_since(contact: Contact, lost: Lost, *, sms: bool) -> datetime | None:
    """Since when no letter reaches a guest (UTC): since they have no way left. None, if letters do reach them."""
    ways = [one.casefold() for one in (contact.email, contact.phone_to_write_to if sms else None) if one]
    if not all(way in lost for way in ways):
        return None
    return max((lost[way] for way in ways), default=EVER)
