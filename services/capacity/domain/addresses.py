"""Where coordinators find a page; `public_url` has no final slash."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

AT_THE_DOOR = "/table/"
"""Booking's pages for staff: the guests of a day, and their check-in."""


def sitting_page(public_url: str, sitting: str) -> str:
    """The coordinators' page of a sitting."""
    return f"{public_url}/coordination/sittings/{sitting}"


def short_sitting_page(public_url: str, sitting: str) -> str:
    """An address that leads there too, short enough for an SMS."""
    return f"{public_url}/coordination/m/{short_code(sitting)}"


def short_code(sitting: str) -> str:
    """The id of a sitting in 22 characters; as it is, if it is no UUID."""
    try:
        return urlsafe_b64encode(UUID(sitting).bytes).decode().rstrip("=")
    except ValueError:
        return sitting


def sitting_of(code: str) -> str:
    """The id of the sitting that a short code stands for; the code itself, if it stands for none."""
    try:
        return str(UUID(bytes=urlsafe_b64decode(code + "==")))
    except ValueError:
        return code


def alerts_page(public_url: str) -> str:
    """The coordinators' page of alerts."""
    return f"{public_url}/coordination/alerts"


def sign_in_page(public_url: str, token: str) -> str:
    """The secret address by which a member of staff signs in."""
    return f"{public_url}/coordination/sign-in/{token}"
