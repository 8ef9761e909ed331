"""Where coordinators find a page; `public_url` has no final slash."""

AT_THE_DOOR = "/table/"
"""Booking's pages for staff: the guests of a day, and their check-in."""


def sitting_page(public_url: str, sitting: str) -> str:
    """The coordinators' page of a sitting."""
    return f"{public_url}/coordination/sittings/{sitting}"


def sign_in_page(public_url: str, token: str) -> str:
    """The secret address by which a member of staff signs in."""
    return f"{public_url}/coordination/sign-in/{token}"
