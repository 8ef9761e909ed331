"""Sentences that live in the rules are translated too."""

from pathlib import Path

import pytest

from services.booking.domain import errors
from services.booking.domain.complaints import Complaint
from shared.languages import Languages

SENTENCES = [complaint.value for complaint in Complaint] + [
    (error.__doc__ or "").strip()
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, errors.BookingError) and error is not errors.BookingError
]
TRANSLATIONS = Path(__file__).parents[3] / "services/booking/translations"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_it_has_its_french(sentence: str) -> None:
    assert Languages([TRANSLATIONS])["fr"].gettext(sentence) != sentence
