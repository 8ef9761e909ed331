"""Who books for somebody else: whose contact it is, who is reached, and who speaks for the guest."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.booking import new_booking
from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.host_messages import addressed
from services.booking.domain.proxy import Proxy, is_read_by_guest
from services.booking.domain.wish import Wish, wish_of
from shared.contracts.host_message import Audience

LANDLINE, MOBILE, EMAIL = "04 72 00 12 34", "06 39 98 00 42", "jeanne@example.org"


def asked(**changes: Any) -> Wish:
    typed: dict[str, Any] = {"people": 1, "cooks": 0, "children": 0, "name": "Jeanne Exemple", "email": "", "phone": ""}
    return wish_of(**typed | changes, language="fr", languages=["fr"], sms=changes.pop("sms", True))


def wrong(**changes: Any) -> dict[str, Complaint]:
    with pytest.raises(InvalidInput) as raised:
        asked(**changes)
    return raised.value.complaints


def test_who_says_nothing_of_it_books_for_themself() -> None:
    assert asked(email=EMAIL).proxy is None


def test_a_guest_with_an_address_or_a_mobile_is_written_to() -> None:
    for reached in ({"email": EMAIL}, {"phone": MOBILE}):
        wish = asked(**reached, proxy_name="Camille Voisine", contact_is="guest")
        assert wish.proxy == Proxy(name="Camille Voisine", reached=False)
        assert wish.contact.email or wish.contact.phone_to_write_to


def test_a_guest_with_a_landline_is_called() -> None:
    contact = asked(phone=LANDLINE, proxy_name="Camille Voisine", contact_is="guest").contact
    assert contact.calls_only and contact.phone and contact.phone_to_write_to is None


def test_where_the_guest_has_nothing_the_proxy_is_reached_and_has_to_be() -> None:
    by_me = {"proxy_name": "Camille Voisine", "contact_is": "proxy"}
    assert asked(email=EMAIL, **by_me).proxy == Proxy(name="Camille Voisine", reached=True)
    assert wrong(**by_me) == {"email": Complaint.UNREACHABLE}
    assert wrong(phone=LANDLINE, **by_me) == {"phone": Complaint.PROXY_PHONE_NOT_MOBILE}
    assert wrong(proxy_name="Camille", contact_is="guest") == {"email": Complaint.GUEST_UNREACHABLE}


def test_both_names_are_asked_for_and_whose_the_contact_is() -> None:
    assert wrong(email=EMAIL, contact_is="guest") == {"proxy_name": Complaint.PROXY_NAME_MISSING}
    assert wrong(email=EMAIL, proxy_name="Camille") == {"contact_is": Complaint.CONTACT_OF_WHOM}
    assert wrong(email=EMAIL, proxy_name="Camille", contact_is="the cat") == {"contact_is": Complaint.CONTACT_OF_WHOM}
    assert wrong(email=EMAIL, name=" ", proxy_name="Camille", contact_is="guest") == {
        "name": Complaint.GUEST_NAME_MISSING
    }


def test_nobody_agrees_to_a_word_after_the_meal_for_somebody_else() -> None:
    assert not asked(email=EMAIL, proxy_name="Camille", contact_is="guest", thanks=True).thanks


def test_what_was_asked_without_a_proxy_is_compared_as_it_always_was() -> None:
    alone = asked(email=EMAIL).details
    assert asked(email=EMAIL, proxy_name="Camille", contact_is="guest").details[: len(alone)] == alone != ()


def test_a_hosts_words_go_to_each_guest_of_a_proxy() -> None:
    by_me = {"email": "camille@example.org", "proxy_name": "Camille Voisine", "contact_is": "proxy"}
    bookings = [
        new_booking(name, "lunch", asked(name=name, **by_me), datetime(2026, 11, 24, tzinfo=UTC), 1)
        for name in ("Jeanne", "Paul")
    ]
    assert addressed(bookings, Audience.EVERYBODY, sms=True).by_email == (("Jeanne",), ("Paul",))


@given(reached=st.booleans(), from_letter=st.booleans())
def test_only_a_letter_to_the_guest_is_in_the_hands_of_the_guest(*, reached: bool, from_letter: bool) -> None:
    proxy = Proxy(name="Camille", reached=reached)
    assert is_read_by_guest(proxy, from_letter=from_letter) is (from_letter and not reached)
    assert is_read_by_guest(None, from_letter=from_letter)


def test_a_partner_does_not_speak_for_its_guest() -> None:
    assert not is_read_by_guest(None, from_letter=False, partner="the-association")
    assert is_read_by_guest(None, from_letter=True, partner="the-association")
