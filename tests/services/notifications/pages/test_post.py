"""Administrators see how the post is, and look after what could not be handled."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from services.notifications.domain.letter import Channel
from services.notifications.domain.sending import Accepted, NotNow, Outcome, Refused
from services.notifications.providers.in_turn import FAILURES, InTurn
from services.notifications.providers.watched import Watch, Watched
from services.notifications.use_cases.look_at_credit import look_at_credit
from services.notifications.use_cases.note_health import note_health
from shared.contracts.routes import schema_of
from shared.contracts.staff import StaffRole
from shared.messaging import parked
from shared.messaging.ailing import TimerHealth
from shared.messaging.parked import Item
from tests.services.notifications.house import CAMILLE, NotificationsHouse, ScriptedProvider
from tests.services.notifications.pages.staff import enter

PAGE = "/messages/post"
Parks = Callable[..., None]


@pytest.fixture
def nora(house: NotificationsHouse) -> FlaskClient:
    app = house.parts.make_web()
    app.config["WTF_CSRF_ENABLED"] = False
    return enter(house, app, StaffRole.ADMINISTRATOR)


@pytest.fixture
def park(house: NotificationsHouse) -> Parks:
    """An item of booking's is parked, whole or with a body that cannot be read."""

    def park(*, whole: bool = True) -> None:
        body = dict(schema_of(CAMILLE.kind).dump(CAMILLE))  # type: ignore[arg-type]
        if not whole:
            del body["party"]
        item = Item(CAMILLE.kind, "booking", "camille", 1, "a-test", 1, body)
        with house.service.work() as work:
            parked.mark(work.conn, house.service.tables.attempt, item)
            parked.note_error(work.conn, house.service.tables.attempt, item, "ZeroDivisionError")
            parked.park(work.conn, house.service.tables.attempt, item, work.now)

    return park


NAMED = {"kind": CAMILLE.kind, "thing": "camille", "revision": "1"}


def test_when_all_is_well_it_says_so(nora: FlaskClient) -> None:
    page = nora.get(f"{PAGE}?lang=en").text
    for said in ("No letter waits", "All timers of this service work", "There is none", "No letter was handed"):
        assert said in page


def test_what_waits_and_what_fails_is_told(house: NotificationsHouse, nora: FlaskClient) -> None:
    house.announce()
    house.book()
    TimerHealth(house.service).failed("forget_guests", ZeroDivisionError("camille@example.org"))
    page = nora.get(f"{PAGE}?lang=en").text
    assert "1 letter is due, since Tue 24 Nov 10:00." in page and "UTC" not in page
    assert "Times are those of Europe/Paris." in page
    assert "forget_guests" in page and "ZeroDivisionError" in page
    assert "camille@" not in page


def test_providers_are_as_the_senders_noted(house: NotificationsHouse, nora: FlaskClient) -> None:
    now = [100.0]
    watch = Watch(lambda: now[0])
    answers: list[Outcome | Exception] = [NotNow("HTTP 503")] * FAILURES
    brevo, ovh = ScriptedProvider("brevo", script=answers), ScriptedProvider("ovh")
    both = InTurn([Watched(brevo, watch), Watched(ovh, watch)], lambda: now[0])
    house.announce()
    for number in range(FAILURES):
        house.book(f"guest-{number}", email=None, phone="+33639980042")
    house.sender(**{Channel.SMS: both}).step()
    now[0] += 5
    note_health(house.service, watch, [both])
    page = nora.get(f"{PAGE}?lang=en").text
    assert "left alone" in page and "HTTP 503" in page and "Left alone until" in page
    assert "takes letters" in page
    house.clock.pass_time(minutes=2)
    assert "Left alone until" not in nora.get(f"{PAGE}?lang=en").text


def test_nothing_is_written_while_nothing_is_sent_and_what_is_known_stays(house: NotificationsHouse) -> None:
    watch = Watch(lambda: 0.0)
    note_health(house.service, watch, [])
    watch.note("smtp", NotNow("no connection"))
    note_health(house.service, watch, [])
    watch.note("smtp", Refused("SMTP 550"))
    watch.note("smtp", Accepted())
    note_health(house.service, watch, [])
    from services.notifications.store.health import all_noted

    with house.service.read() as conn:
        (noted,) = all_noted(conn)
    assert noted.accepted_at == noted.failed_at == house.clock.at
    assert noted.failure == "no connection"


def test_the_credit_stands_beside_its_provider(house: NotificationsHouse, nora: FlaskClient) -> None:
    class Telling(ScriptedProvider):
        def credit(self) -> int:
            return 7

    watch = Watch(lambda: 0.0)
    watch.note("brevo", Accepted())
    note_health(house.service, watch, [])
    look_at_credit(house.service, Telling("brevo"), low_below=10, email="bureau@example.org")
    page = nora.get(f"{PAGE}?lang=en").text
    assert "7 SMS" in page and ">low<" in page and "bureau" not in page


def test_a_parked_item_is_tried_again(house: NotificationsHouse, nora: FlaskClient, park: Parks) -> None:
    house.announce()
    park()
    page = nora.get(f"{PAGE}?lang=en").text
    assert "booking_notice" in page and "ZeroDivisionError" in page and "Camille" not in page
    answer = nora.post(f"{PAGE}/replay?lang=en", data=NAMED, follow_redirects=True)
    assert "It was handled" in answer.text and "There is none" in answer.text
    assert house.letters()
    assert nora.post(f"{PAGE}/replay", data=NAMED).status_code == 409


def test_what_fails_again_stays(nora: FlaskClient, park: Parks) -> None:
    park(whole=False)
    answer = nora.post(f"{PAGE}/replay?lang=en", data=NAMED, follow_redirects=True)
    assert "It failed again: CannotBeRead" in answer.text and "booking_notice" in answer.text


def test_a_parked_item_is_given_up(house: NotificationsHouse, nora: FlaskClient, park: Parks) -> None:
    park(whole=False)
    answer = nora.post(f"{PAGE}/give-up?lang=en", data=NAMED, follow_redirects=True)
    assert "It was given up" in answer.text and "There is none" in answer.text
    assert not house.letters()


@pytest.mark.parametrize(("revision", "status"), [("", 422), ("x", 422), ("9" * 30, 422), ("2", 409)])
def test_an_item_that_is_not_there_is_left_alone(nora: FlaskClient, park: Parks, revision: str, status: int) -> None:
    park()
    for deed in ("replay", "give-up"):
        assert nora.post(f"{PAGE}/{deed}", data={**NAMED, "revision": revision}).status_code == status
    assert nora.post(f"{PAGE}/replay", data={**NAMED, "thing": "\0"}).status_code == 422


def test_stuck_items_are_sent_again(nora: FlaskClient) -> None:
    assert "0 items are sent again" in nora.post(f"{PAGE}/unstick?lang=en", follow_redirects=True).text


def test_it_is_for_administrators(house: NotificationsHouse) -> None:
    app = house.parts.make_web()
    app.config["WTF_CSRF_ENABLED"] = False
    host = enter(house, app, StaffRole.HOST, "lyon-saone")
    assert host.get(PAGE).status_code == 403
    for deed in ("replay", "give-up", "unstick"):
        assert host.post(f"{PAGE}/{deed}", data=NAMED).status_code == 403
