"""Somebody books for a guest: a neighbour, a relative, a social worker. Whom letters go to, and what stays the guest's.

Of a proxy no more is known than a name, and their contact only where the guest has none: then letters go to them.
"""

from dataclasses import dataclass, field

from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.contact import name_complaint

PROXY_FIELDS = ("contact_is", "proxy_name")
GUESTS, PROXYS = "guest", "proxy"  # whose a contact is
WHOSE = (GUESTS, PROXYS)


@dataclass(frozen=True, kw_only=True)
class Proxy:
    """Who booked for a guest; `reached` if the contact of the booking is theirs, so that letters go to them."""

    name: str = field(repr=False)
    reached: bool = False


def proxy_of(*, name: str, contact_is: str) -> Proxy | None:
    """The proxy in what was typed: their name, and whose the contact is; None if nothing was. Raises InvalidInput."""
    name = " ".join(name.split())
    if not name and not contact_is:
        return None
    complaints: dict[str, Complaint] = {}
    if contact_is not in WHOSE:
        complaints["contact_is"] = Complaint.CONTACT_OF_WHOM
    if complaint := name_complaint(name):
        missing = complaint is Complaint.NAME_MISSING
        complaints["proxy_name"] = Complaint.PROXY_NAME_MISSING if missing else complaint
    if complaints:
        raise InvalidInput(complaints)
    return Proxy(name=name, reached=contact_is == PROXYS)


def is_read_by_guest(
    proxy: Proxy | None, *, from_letter: bool, partner: str | None = None, erased: bool = False
) -> bool:
    """Whether who opens a booking's page is its guest: if a proxy or a partner (by id) booked, only who comes by a
    letter to the guest. What only the guest may agree to, such as to tell what they do not eat, is for nobody else. The
    links to a booking that was `erased` are in the hands of who was forgotten, and may have been its proxy.
    """
    if erased:
        return False
    if proxy is None:
        return from_letter or partner is None
    return from_letter and not proxy.reached


def may_pass_on(proxy: Proxy | None, *, by_guest: bool, erased: bool = False) -> bool:
    """Whether who opens a booking's page is who booked it for its guest, and may tell with the guest's agreement what
    the guest does not eat, or needs.
    """
    return proxy is not None and not by_guest and not erased
