"""Where no SMS are sent, every guest can be reached by e-mail."""

from services.booking.store.tables import booking
from tests.services.booking.api.conftest import WISH
from tests.services.booking.house import BookingHouse
from tests.services.booking.pages.conftest import Browser


def test_the_form_asks_for_an_e_mail(house_without_sms: BookingHouse) -> None:
    house = house_without_sms
    house.announce()
    client = house.web.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = Browser(client).book(email="", phone="06 39 98 00 42")
    assert answer.status_code == 422 and house.count(booking) == 0
    assert "Please give an e-mail address" in answer.text.split('id="email-error">')[1]
    assert "in case the canteen needs to call you" in answer.text.split('id="phone-hint">')[1]
    assert "One of the two" not in answer.text

    assert Browser(client).book(phone="06 39 98 00 42").status_code == 303
    kept = house.find(house.only_booking()).contact
    assert (kept.email, kept.phone) == ("camille@example.org", "+33639980042")


def test_the_api_asks_for_an_e_mail(house_without_sms: BookingHouse) -> None:
    house_without_sms.announce()
    client = house_without_sms.parts.make_web().test_client()
    wish = WISH | {"email": None, "phone": "06 39 98 00 42"}
    answer = client.post("/api/v1/bookings", json=wish, headers={"Accept-Language": "en"})
    assert answer.status_code == 422 and answer.json is not None
    assert answer.json["errors"].keys() == {"email"}
    assert house_without_sms.count(booking) == 0
