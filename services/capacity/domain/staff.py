"""The people who look after cantines, and the links by which they sign in."""

from dataclasses import dataclass, field
from datetime import timedelta

LINK_VALID = timedelta(minutes=30)
LINKS_PER_HOUR = 5


class UnknownCantine(Exception):
    """There is no such cantine."""


class LinkUsed(Exception):
    """This link was used already."""


class LinkExpired(Exception):
    """This link is too old."""


@dataclass(frozen=True, kw_only=True)
class Staff:
    """A member of staff and the cantines (by slug) that they look after."""

    id: str
    name: str = field(repr=False)
    email: str = field(repr=False)
    language: str
    role: str
    cantines: tuple[str, ...]


def tidy_email(email: str) -> str:
    """One way to write an address, so that it is found again."""
    return email.strip().lower()
