"""Staff look for letters, read what became of them, and have one sent again."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.domain.sending import Refused, Unknown
from services.notifications.store.tables import letter
from services.notifications.use_cases import look_at_letters
from services.notifications.use_cases.ledger import ledger
from shared.contracts.booking import BookingStatus
from shared.contracts.staff import StaffNotice, StaffRole
from tests.services.notifications.house import BY_SMS, REMINDER_AT, NotificationsHouse, ScriptedProvider
from tests.services.notifications.pages.staff import enter

Enter = Callable[..., FlaskClient]
CONFIRMED, REMINDER, MOVED = LetterKind.CONFIRMED, LetterKind.REMINDER, LetterKind.MOVED
PAGE = "/messages/letters"


@pytest.fixture
def sign_in(house: NotificationsHouse) -> Enter:
    app = house.parts.make_web()
    app.config["WTF_CSRF_ENABLED"] = False
    return lambda role, *cantines: enter(house, app, role, *cantines)


@pytest.fixture
def host(sign_in: Enter) -> FlaskClient:
    return sign_in(StaffRole.HOST, "lyon-saone")


@pytest.fixture
def lunch(house: NotificationsHouse) -> NotificationsHouse:
    """Camille is told by e-mail, Sam by SMS, and to Zoé the letter failed."""
    house.announce()
    house.book()
    house.book("sam", **BY_SMS, name="Sam")
    house.send()
    house.book("zoe", email="zoe@example.org")
    house.send(email=ScriptedProvider(script=[Refused("SMTP 550 for the recipient")]))
    return house


def key(house: NotificationsHouse, kind: LetterKind = CONFIRMED, booking: str = "camille") -> str:
    (found,) = (row.key for row in house.rows(booking) if row.kind == kind and row.again_of is None)
    return str(found)


def press(browser: FlaskClient, key: str, **form: str) -> TestResponse:
    return browser.post(f"{PAGE}/{key}?lang=en", data={"number": "1", **form}, follow_redirects=True)


def test_the_latest_letters_come_first_and_name_nobody(lunch: NotificationsHouse, host: FlaskClient) -> None:
    page = host.get(f"{PAGE}?lang=en").text
    listed = page[page.index('<ul class="letters">') :]
    assert re.findall(r'href="/messages/letters/([^"]+)"', listed) == [
        key(lunch, booking=one) for one in ("zoe", "sam", "camille")
    ]
    assert "SMTP 550" in listed and "c…@example.org" in listed and "…43" in listed
    assert "camille@" not in page and BY_SMS["phone"] not in page


def test_who_can_only_be_called_is_to_phone_and_no_failure(lunch: NotificationsHouse, sign_in: Enter) -> None:
    lunch.book("leon", email=None, phone=None)
    administrator = sign_in(StaffRole.ADMINISTRATOR)
    page = administrator.get(f"{PAGE}?booking=leon&lang=en").text
    assert 'badge-wait">To phone<' in page and "no letter reaches them" in page and "badge-full" not in page
    figures = administrator.get("/messages/figures?lang=en").text
    (to_phone, failed, _dropped) = re.findall(
        r'class="count"[^>]*>(\d+)<', re.findall(r">All</th>.*?</tr>", figures, re.DOTALL)[0]
    )[-3:]
    assert int(to_phone) >= 1 and failed == "1", "Zoé's alone"


def test_days_to_come_have_no_figures(lunch: NotificationsHouse, sign_in: Enter) -> None:
    with lunch.parts.service.work() as work:
        given_up = {"state": LetterState.DROPPED, "sent_at": None, "due_at": work.now + timedelta(days=3)}
        later = work.conn.execute(sa.update(letter).values(**given_up).where(letter.c.booking == "sam"))
        assert later.rowcount
        today = work.now.day
    page = sign_in(StaffRole.ADMINISTRATOR).get("/messages/figures?lang=en").text
    days = re.findall(r'<th scope="row">([^<]+)<', page[page.index("By day") :])
    assert len(days) == 1 and str(today) in days[0]


def test_letters_are_filtered(lunch: NotificationsHouse, host: FlaskClient) -> None:
    def listed(**filters: str) -> list[str]:
        page = host.get(PAGE, query_string=filters).text
        return sorted(re.findall(r'href="/messages/letters/(\w+):', page))

    assert listed(state="failed") == ["zoe"]
    assert listed(state="planned") == ["camille", "sam", "zoe"]
    assert listed(kind="reminder") == []
    assert listed(booking="sam") == ["sam", "sam"]
    assert listed(cantine="lyon-saone") == ["camille", "sam", "zoe"]
    assert listed(cantine="metz-sablon") == listed(cantine="\0") == listed(booking="\0") == []
    assert listed(state="lost", kind="pigeon", before="soon") == ["camille", "sam", "zoe"]


def test_there_is_a_page_for_earlier_ones(
    lunch: NotificationsHouse, host: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look_at_letters, "A_PAGE", 2)
    seen, at = [], f"{PAGE}?state=sent"
    for _ in range(3):
        page = host.get(at).text
        seen += re.findall(r'href="/messages/letters/(\w+):', page)
        following = re.search(r'href="(/messages/letters\?[^"]*before=[^"]*)"', page)
        if not following:
            break
        at = following[1].replace("&amp;", "&")
    assert sorted(seen) == ["camille", "sam"]
    monkeypatch.setattr(look_at_letters, "A_PAGE", 1)
    first = host.get(f"{PAGE}?state=sent").text
    following = re.search(r'href="(/messages/letters\?[^"]*before=[^"]*)"', first)
    assert following
    second = host.get(following[1].replace("&amp;", "&")).text
    assert re.findall(r"letters/(\w+):", first) != re.findall(r"letters/(\w+):", second)


def test_and_one_for_later_ones(lunch: NotificationsHouse, host: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def opens(address: str) -> tuple[list[str], dict[str, str]]:
        """Whom the letters of a page are to, and where it leads."""
        page = host.get(address).text
        found = re.findall(r'href="(/messages/letters\?(before|after)=[^"]*)">', page)
        leads = {way: to.replace("&amp;", "&") for to, way in found}
        return re.findall(r'href="/messages/letters/(\w+):', page), leads

    monkeypatch.setattr(look_at_letters, "A_PAGE", 2)
    to, leads = opens(PAGE)
    assert (to, set(leads)) == (["zoe", "sam"], {"before"})
    to, leads = opens(leads["before"])
    assert (to, set(leads)) == (["camille"], {"after"})
    to, leads = opens(leads["after"])
    assert (to, set(leads)) == (["zoe", "sam"], {"before"})

    monkeypatch.setattr(look_at_letters, "A_PAGE", 1)
    to, leads = opens(opens(opens(PAGE)[1]["before"])[1]["before"])
    assert (to, set(leads)) == (["camille"], {"after"})
    to, leads = opens(leads["after"])
    assert (to, set(leads)) == (["sam"], {"before", "after"})


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Camille@example.org", ["camille", "camille"]),
        ("06 39 98 00 43", ["sam", "sam"]),
        ("+33639980043", ["sam", "sam"]),
        ("sam", ["sam", "sam"]),
        ("nobody@example.org", []),
        ("%", []),
        ("\0", []),
        ("99999999999999999999", []),
    ],
)
def test_a_search_goes_by_contact_or_booking_and_stands_in_no_address(
    lunch: NotificationsHouse, host: FlaskClient, words: str, found: list[str]
) -> None:
    answer = host.post(f"{PAGE}/search?lang=en", data={"words": words})
    assert answer.status_code == 200
    assert sorted(re.findall(r'href="/messages/letters/(\w+):', answer.text)) == found


def test_a_search_goes_by_the_link_of_an_sms(lunch: NotificationsHouse, host: FlaskClient) -> None:
    (sms,) = (message.text for message in lunch.mail() if message.channel == "sms")
    answer = host.post(f"{PAGE}/search", data={"words": sms})
    assert sorted(re.findall(r'href="/messages/letters/(\w+):', answer.text)) == ["sam", "sam"]


def test_an_empty_search_says_what_is_missing(host: FlaskClient) -> None:
    answer = host.post(f"{PAGE}/search?lang=en", data={"words": " "})
    assert (answer.status_code, "Please write an address" in answer.text) == (422, True)


def test_a_letter_tells_its_history(lunch: NotificationsHouse, host: FlaskClient) -> None:
    page = host.get(f"{PAGE}/{key(lunch)}?lang=en").text
    for said in ("Sent", "recorder", "Tue 24 Nov 10:00", "a-test", "Other letters about this booking", "Reminder"):
        assert said in page
    assert "camille@" not in page


def test_a_sent_letter_is_sent_again_once_for_one_press(lunch: NotificationsHouse, host: FlaskClient) -> None:
    assert "It is sent again" in press(host, key(lunch)).text
    assert press(host, key(lunch)).status_code == 409
    lunch.send()
    again = [row for row in lunch.rows() if row.again_of]
    assert [(row.key, row.state, row.asked_by) for row in again] == [
        (f"{key(lunch)}:again:1", LetterState.SENT, "host")
    ]
    assert [message.address for message in lunch.mail()].count("camille@example.org") == 2
    assert "Nora" in host.get(f"{PAGE}/{again[0].key}?lang=en").text
    press(host, key(lunch), number="2")
    lunch.send()
    assert [message.address for message in lunch.mail()].count("camille@example.org") == 3


def test_a_failed_letter_goes_where_the_guest_is_reached_now(lunch: NotificationsHouse, host: FlaskClient) -> None:
    lunch.book("zoe", news=lunch.notices["zoe"].news, email="zoe.neuve@example.org")
    press(host, key(lunch, booking="zoe"))
    lunch.send()
    assert lunch.mail()[-1].address == "zoe.neuve@example.org"


def test_of_unknown_fate_it_is_sent_again_only_by_who_says_that_they_know(
    lunch: NotificationsHouse, host: FlaskClient
) -> None:
    lunch.clock.at = REMINDER_AT
    lunch.ring()
    lunch.send(email=ScriptedProvider(script=[Unknown("time-out")] * 2), sms=ScriptedProvider())
    lost = key(lunch, REMINDER)
    assert "Nobody knows whether it arrived" in host.get(f"{PAGE}/{lost}?lang=en").text
    assert "Nothing was sent" in press(host, lost).text
    assert not [row for row in lunch.rows() if row.again_of]
    assert "It is sent again" in press(host, lost, known="1").text
    lunch.send()
    assert [row.state for row in lunch.rows() if row.again_of] == [LetterState.SENT]


def test_what_is_no_longer_so_is_not_sent_again(lunch: NotificationsHouse, host: FlaskClient) -> None:
    told = key(lunch)
    press(host, told)
    lunch.book(status=BookingStatus.CANCELLED)  # before it leaves
    while lunch.send():
        pass
    assert [row.state for row in lunch.rows() if row.again_of] == [LetterState.DROPPED]
    assert "no longer so" in press(host, told, number="2").text
    assert len([row for row in lunch.rows() if row.again_of]) == 1


def test_a_moved_meal_makes_an_old_reminder_untrue(lunch: NotificationsHouse, host: FlaskClient) -> None:
    lunch.clock.at = REMINDER_AT
    lunch.ring()
    while lunch.send():
        pass
    lunch.announce(starts_at=lunch.sitting.starts_at + timedelta(hours=1))
    lunch.settle()
    while lunch.send():
        pass
    assert "no longer so" in press(host, key(lunch, REMINDER)).text
    assert "It is sent again" in press(host, key(lunch, MOVED)).text


@pytest.mark.parametrize(("kind", "said"), [(REMINDER, "It is on its way"), (CONFIRMED, "It is too late")])
def test_why_it_is_not_sent_again_is_said(
    lunch: NotificationsHouse, host: FlaskClient, kind: LetterKind, said: str
) -> None:
    if kind is CONFIRMED:
        lunch.clock.pass_time(days=4)
    assert said in press(host, key(lunch, kind)).text


def test_a_link_to_sign_in_is_sent_once(house: NotificationsHouse, sign_in: Enter) -> None:
    house.ask_to_sign_in()
    house.send()
    browser = sign_in(StaffRole.ADMINISTRATOR)
    assert "once only" in press(browser, "sign-in:request").text
    assert "d…@example.org" not in browser.get(f"{PAGE}/sign-in:request").text  # forgotten with the link


def test_each_role_sees_and_does_its_own(lunch: NotificationsHouse, sign_in: Enter) -> None:
    lunch.ask_to_sign_in()
    lunch.send()
    told = key(lunch)
    for role, cantine, list_, letter_, pressed in (
        (StaffRole.ADMINISTRATOR, "", 200, 200, 200),
        (StaffRole.COORDINATOR, "lyon-saone", 200, 200, 403),
        (StaffRole.COORDINATOR, "metz-sablon", 200, 404, 404),
        (StaffRole.HELPER, "lyon-saone", 403, 403, 403),
    ):
        browser = sign_in(role, cantine) if cantine else sign_in(role)
        with lunch.service.work() as work:  # the role was heard before, of another cantine
            from services.notifications.store.tables import known_staff

            work.conn.execute(sa.update(known_staff).where(known_staff.c.id == role).values(cantines=[cantine]))
        assert browser.get(PAGE).status_code == list_
        assert browser.get(f"{PAGE}/{told}").status_code == letter_
        assert press(browser, told).status_code == pressed
        if list_ == 200:
            assert ("sign-in:request" in browser.get(PAGE).text) is (role is StaffRole.ADMINISTRATOR)
            assert ("camille" in browser.get(PAGE).text) is (letter_ == 200)
            found = browser.post(f"{PAGE}/search", data={"words": "camille@example.org"}).text
            assert ("camille:" in found) is (letter_ == 200)


@pytest.mark.parametrize("path", ["nothing", "camille:confirmed:9", "%00", "a/b"])
def test_what_is_not_there_is_not_found(lunch: NotificationsHouse, host: FlaskClient, path: str) -> None:
    assert host.get(f"{PAGE}/{path}").status_code == 404
    assert press(host, path).status_code == 404


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "999999999999", "²"])
def test_a_form_that_is_not_ours_changes_nothing(lunch: NotificationsHouse, host: FlaskClient, number: str) -> None:
    assert press(host, key(lunch), number=number).status_code == 409
    assert not [row for row in lunch.rows() if row.again_of]


def test_the_ledger_does_not_tell_of_what_was_sent_again(lunch: NotificationsHouse, host: FlaskClient) -> None:
    def told() -> list[Any]:
        with lunch.service.read() as conn:
            streams = ledger(conn, lambda *_: "x", lunch.clock.at - timedelta(days=89))  # type: ignore[arg-type]
            return [line for stream in streams for line in stream]

    before = told()
    press(host, key(lunch))
    lunch.send()
    assert told() == before
    with lunch.service.read() as conn:
        assert conn.scalar(sa.select(sa.func.count()).where(letter.c.again_of.is_not(None))) == 1


def test_who_was_removed_signs_in_anew_and_who_is_new_waits(house: NotificationsHouse, host: FlaskClient) -> None:
    assert host.get(PAGE).status_code == 200
    house.hear(StaffNotice(thing="host", revision=2, name="", role=StaffRole.HOST, cantines=(), revoked=True))
    assert host.get(PAGE).status_code == 303
    with host.session_transaction() as session:
        session["staff"] = "not heard of yet"
    assert host.get(PAGE).status_code == 503
