"""A person has one verified way to be reached, and ends after two years without a visit."""

from datetime import UTC, datetime, timedelta

from services.booking.domain.contact import Contact
from services.booking.domain.persons import FORGOTTEN_AFTER, address_of, new_person, verified

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BOTH = Contact(name="Ada", email="Ada@Example.org", phone="+33639980042", language="fr")
PHONE = Contact(name="Bo", email=None, phone="+33639980042", language="fr")


def test_only_the_way_by_which_letters_go_is_verified() -> None:
    kept = verified(BOTH, sms=True)
    assert kept is not None
    assert (kept.email, kept.phone, address_of(kept)) == ("Ada@Example.org", None, "ada@example.org")
    assert verified(PHONE, sms=True) == PHONE
    assert verified(PHONE, sms=False) is None
    landline = Contact(name="Cy", email=None, phone="+33155000000", language="fr", calls_only=True)
    assert verified(landline, sms=True) is None


def test_two_years_without_a_visit() -> None:
    ada = new_person("a", BOTH, NOW, 1)
    assert not ada.is_to_be_forgotten(NOW + FORGOTTEN_AFTER - timedelta(seconds=1))
    assert ada.is_to_be_forgotten(NOW + FORGOTTEN_AFTER)
    seen = ada.seen(NOW + timedelta(days=10))
    assert not seen.is_to_be_forgotten(NOW + FORGOTTEN_AFTER)
    assert seen.seen(NOW) == seen  # an older visit changes nothing
