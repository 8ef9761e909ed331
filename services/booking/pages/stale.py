"""Which forms come back as they were typed, from a page that was open for too long."""

from flask import Flask

from services.booking.domain.errors import BookingError
from services.booking.pages.access import NotSignedIn, sign_in_first
from shared.links import ForgedLink
from shared.web.stale import FormsAgain

forms = FormsAgain()
comes_back = forms.comes_back


def install(app: Flask) -> None:
    """Have them come back."""
    forms.install(app, BookingError, ForgedLink, not_signed_in=NotSignedIn, sign_in_first=sign_in_first)
