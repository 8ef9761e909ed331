"""A host writes once to everybody of a meal."""

import re
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from services.booking.domain.contact import Contact
from services.booking.domain.host_messages import cost
from services.booking.store.tables import host_message
from services.booking.use_cases.resay import resay
from shared.contracts.host_message import Audience, HostMessage
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CAMILLE, STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser, hidden
from tests.services.booking.pages.team import browser_of

PATH = "/table/lunch/message"
WORDS = "La porte de la cour est fermée : entrez par la rue.\r\nÀ demain !"
JEANNE = replace(CAMILLE, name="Jeanne", email="jeanne@example.org")
SMS_ONLY = Contact(name="Paul", email=None, phone="+33639980043", language="fr")
AT_HOME = Contact(name="Lucienne", email=None, phone="+33472000000", language="fr", calls_only=True)


@pytest.fixture
def samira(house: BookingHouse) -> Browser:
    house.announce()
    return browser_of(house, "samira", StaffRole.COORDINATOR)


def confirmed(house: BookingHouse, who: Contact, party: Party | None = None) -> str:
    booking = house.book(party or Party(eaters=1), who=who)
    house.confirm(booking)
    return booking


def previewed(samira: Browser, words: str = WORDS, **typed: str) -> str:
    return samira.send(PATH, f"{PATH}/preview", **{"words": words, "audience": "everybody", **typed}).text


def sent(samira: Browser, words: str = WORDS, **typed: str) -> None:
    data = hidden(previewed(samira, words, **typed)) | {"words": words}
    assert samira.client.post(PATH, data=data).location == PATH


def said(house: BookingHouse) -> list[HostMessage]:
    """What notifications is to hear."""
    with house.service.read() as conn:
        ids = [row.id for row in conn.execute(host_message.select().order_by(host_message.c.written_at))]
    return [one for one in (house.said(HostMessage, id) for id in ids) if one]


def test_before_it_is_sent_one_sees_how_many_it_reaches_and_what_it_costs(house: BookingHouse, samira: Browser) -> None:
    confirmed(house, CAMILLE)
    confirmed(house, SMS_ONLY)
    confirmed(house, AT_HOME)
    page = previewed(samira)
    assert "It reaches 3 people, each once." in page
    for words in ("1 by e-mail", "1 by text message", "1 part each", "about €0.05 in all", "1 by telephone"):
        assert words in page
    assert "La Tablée de Saone - La porte" in page  # as its text message
    assert not said(house)


def test_each_person_once_though_they_booked_twice(house: BookingHouse, samira: Browser) -> None:
    waiting = house.book(who=replace(CAMILLE, email="Camille@Example.org"))
    house.put_on_waiting_list(waiting)
    coming = confirmed(house, CAMILLE)
    jeanne = confirmed(house, JEANNE)
    sent(samira)
    (message,) = said(house)
    assert {coming, waiting} in [set(person) for person in message.people]
    assert (jeanne,) in message.people and len(message.people) == 2
    assert next(person for person in message.people if len(person) == 2)[0] == coming
    assert message.words == "La porte de la cour est fermée : entrez par la rue.\nÀ demain !"
    assert message.useful_until == STARTS_AT


def test_a_double_tap_sends_it_once_and_so_does_a_form_sent_again_with_other_words(
    house: BookingHouse, samira: Browser
) -> None:
    confirmed(house, CAMILLE)
    form = hidden(previewed(samira))
    for words in (WORDS, WORDS, "Other words"):
        samira.client.post(PATH, data=form | {"words": words})
    assert [one.words for one in said(house)] == [WORDS.replace("\r", "")]
    page = samira.open(PATH).text
    assert "to 1 person by letter" in page
    assert "This form was already sent" in page


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        ("everybody", {"cook", "guest", "waiting", "asked"}),
        ("coming", {"cook", "guest"}),
        ("cooks", {"cook"}),
        ("waiting", {"waiting"}),
    ],
)
def test_to_whom(house: BookingHouse, samira: Browser, audience: str, who: set[str]) -> None:
    bookings = {name: house.book(who=replace(CAMILLE, email=f"{name}@example.org")) for name in ("waiting", "asked")}
    house.put_on_waiting_list(bookings["waiting"])
    bookings["cook"] = confirmed(house, replace(CAMILLE, email="cook@example.org"), Party(cooks=1))
    bookings["guest"] = confirmed(house, replace(CAMILLE, email="guest@example.org"))
    gone = confirmed(house, replace(CAMILLE, email="gone@example.org"))
    house.cancel(gone)
    sent(samira, audience=audience)
    (message,) = said(house)
    assert {booking for person in message.people for booking in person} == {bookings[name] for name in who}
    assert message.audience is Audience(audience)


def test_whom_no_letter_reaches_stands_on_the_list_for_the_telephone(house: BookingHouse, samira: Browser) -> None:
    lucienne = confirmed(house, AT_HOME)
    also = confirmed(house, AT_HOME)
    samira.client.post(
        "/table/calls",
        data=hidden(samira.open("/table/calls").text) | {"booking": lucienne, "about": "standing", "news": "0"},
    )
    sent(samira, words="Bring <b>a bowl</b>.")
    assert not said(house)
    page = samira.open("/table/calls").text
    assert page.count("Tell them, from the canteen:") == 1
    assert "Bring &lt;b&gt;a bowl&lt;/b&gt;." in page
    (token,) = set(re.findall(r'name="message" value="(\w+)"', page))
    done = {"booking": min(lucienne, also), "about": "words", "news": "0", "message": token}
    samira.client.post("/table/calls", data=hidden(page) | done)
    assert "Tell them, from the canteen:" not in samira.open("/table/calls").text
    assert "to 1 person by telephone, of whom 1 was told" in samira.open(PATH).text


def test_whoever_cancels_need_not_be_called(house: BookingHouse, samira: Browser) -> None:
    lucienne = confirmed(house, AT_HOME)
    sent(samira)
    assert "Tell them, from the canteen:" in samira.open("/table/calls").text
    house.cancel(lucienne)
    assert "Tell them, from the canteen:" not in samira.open("/table/calls").text


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("", "Please write what you wish to say."),
        (" \r\n … ", "Please write what you wish to say."),
        ("a" * 1501, "Please shorten this to 1,500 characters."),
        ("a" + "€" * 470, "6 parts"),
        ("a" * 905, "6 parts"),
    ],
)
def test_what_cannot_be_sent_is_said_at_the_field_and_kept(
    house: BookingHouse, samira: Browser, words: str, complaint: str
) -> None:
    confirmed(house, SMS_ONLY)
    answer = samira.send(PATH, f"{PATH}/preview", words=words, audience="coming")
    assert answer.status_code == 422
    assert complaint in answer.text
    assert 'href="#words"' in answer.text
    if words.strip():
        assert words.strip() in answer.text
    answer = samira.send(PATH, words=words, audience="coming")
    assert answer.status_code == 422


def test_long_words_can_be_written_to_those_who_read_letters(house: BookingHouse, samira: Browser) -> None:
    confirmed(house, CAMILLE)
    sent(samira, words="a" * 1500)
    assert len(said(house)) == 1


def test_there_must_be_somebody_to_write_to_and_something_to_come(house: BookingHouse, samira: Browser) -> None:
    assert "There is nobody to write to." in previewed(samira)
    confirmed(house, CAMILLE)
    house.announce(revision=2, status=SittingStatus.CANCELLED)
    assert "This meal is cancelled" in samira.open(PATH).text
    house.announce(revision=3, status=SittingStatus.OPEN)
    house.clock.at = STARTS_AT
    assert "nobody can be written to any more" in samira.open(PATH).text
    assert samira.client.post(PATH, data=hidden(samira.open("/table/").text) | {"words": "a"}).status_code == 422


def test_a_helper_and_another_cantine_write_to_nobody(house: BookingHouse, samira: Browser) -> None:
    confirmed(house, CAMILLE)
    helper = browser_of(house, "yanis", StaffRole.HELPER)
    stranger = browser_of(house, "dominique", StaffRole.HOST, "metz-sablon")
    for browser, status in ((helper, 403), (stranger, 404)):
        assert browser.open(PATH).status_code == status
        token = hidden(browser.open("/table/").text)
        for path in (PATH, f"{PATH}/preview", f"{PATH}/back"):
            assert browser.client.post(path, data=token | {"words": "a"}).status_code == status
    assert not said(house)


def test_one_can_go_back_and_change_it(house: BookingHouse, samira: Browser) -> None:
    confirmed(house, CAMILLE)
    form = hidden(previewed(samira, urgent="1"))
    page = samira.client.post(f"{PATH}/back", data=form | {"words": WORDS}).text
    assert "fermée" in page
    assert form["form_token"] in page
    assert 'value="1" checked' in page


def test_a_notifications_that_was_put_back_hears_it_again_as_it_was(house: BookingHouse, samira: Browser) -> None:
    confirmed(house, CAMILLE)
    sent(samira)
    (message,) = said(house)
    house.receipt_all(HostMessage)
    assert not said(house)
    resay(house.service, house.voice)
    assert said(house) == [message]
    house.clock.at = STARTS_AT
    house.receipt_all(HostMessage)
    resay(house.service, house.voice)
    assert not said(house)


def test_the_words_are_in_no_log(house: BookingHouse, samira: Browser) -> None:
    confirmed(house, CAMILLE)
    with capture_logs() as logs:
        sent(samira, words="Secret de famille")
    assert "Secret" not in repr(logs)
    assert "Secret" not in repr(said(house))


def test_what_sms_cost() -> None:
    from decimal import Decimal

    assert cost(2, 7, Decimal("0.045")) == 63
    assert cost(1, 1, Decimal("0.0401")) == 5
    assert cost(3, 0, Decimal(1)) == 0
