"""Which forms come back as they were typed, from a page that was open for too long."""

from flask import Flask

from services.capacity.domain.closures import NoSuchClosure
from services.capacity.domain.sittings import NoSuchSitting
from services.capacity.domain.staff import NoSuchStaff, NotYours
from services.capacity.domain.templates import NoSuchTemplate
from services.capacity.pages.access import NotSignedIn, OnlyAtTheDoor, sign_in_first
from shared.web.stale import FormsAgain

forms = FormsAgain()
comes_back = forms.comes_back


def install(app: Flask) -> None:
    """Have them come back."""
    missing = NoSuchSitting, NoSuchTemplate, NoSuchClosure, NoSuchStaff
    unless = OnlyAtTheDoor, NotYours, *missing
    forms.install(app, *unless, not_signed_in=NotSignedIn, sign_in_first=sign_in_first)
