"""A host's words go to each person once, if they still are for them when they leave."""

import time
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.domain.sending import Refused
from services.notifications.providers.smtp import compose
from services.notifications.store.tables import letter
from shared.contracts.booking import BookingStatus
from shared.contracts.host_message import Audience, HostMessage
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus
from shared.contracts.staff import StaffNotice, StaffRole
from tests.services.notifications.house import BY_SMS, STARTS_AT, TUESDAY, NotificationsHouse, ScriptedProvider

SENT, DROPPED, PLANNED, DUE = LetterState.SENT, LetterState.DROPPED, LetterState.PLANNED, LetterState.DUE
TONIGHT = datetime.fromisoformat("2026-11-24T21:30:00+00:00")  # 22:30 in Lyon
MORNING = datetime.fromisoformat("2026-11-25T07:00:00+00:00")  # 8:00


def words(*people: tuple[str, ...], thing: str = "word", **changes: object) -> HostMessage:
    values: dict[str, object] = {
        "thing": thing,
        "revision": 1,
        "sitting": "lunch",
        "audience": Audience.EVERYBODY,
        "words": "La porte est fermée :\nentrez par la rue.",
        "urgent": False,
        "written_at": TUESDAY,
        "useful_until": STARTS_AT,
        "people": people,
    }
    return HostMessage(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def lunch(house: NotificationsHouse) -> NotificationsHouse:
    """Camille comes and is written to by e-mail, Paul by SMS; both know it already."""
    house.announce()
    house.book("camille")
    house.book("paul", name="Paul", language="en", **BY_SMS)
    house.send()
    return house


def states(house: NotificationsHouse) -> list[LetterState]:
    return [LetterState(row.state) for row in rows(house)]


def rows(house: NotificationsHouse) -> list[sa.Row[tuple[object, ...]]]:
    with house.service.read() as conn:
        query = sa.select(letter).where(letter.c.kind == LetterKind.HOST_MESSAGE).order_by(letter.c.key)
        return list(conn.execute(query))


def test_each_person_reads_the_words_as_they_are_in_a_letter_in_their_language(lunch: NotificationsHouse) -> None:
    lunch.hear(words(("camille",), ("paul",)))
    lunch.send()
    assert states(lunch) == [SENT, SENT]
    mail, sms = (next(one for one in lunch.mail()[-2:] if one.channel == way) for way in ("email", "sms"))
    assert mail.subject.startswith("Un mot de La Tablée de Saône")
    assert "La porte est fermée :\n\nentrez par la rue." in mail.text
    assert "La porte est fermée :</p>" in mail.html
    assert sms.text == "La Tablée de Saone - La porte est fermée :\nentrez par la rue."


def test_heard_twice_or_put_back_it_is_sent_once(lunch: NotificationsHouse) -> None:
    lunch.hear(words(("camille",)))
    lunch.send()
    lunch.hear(words(("camille",), revision=2))
    lunch.send()
    assert states(lunch) == [SENT]
    assert len([one for one in lunch.mail() if "fermée" in one.text]) == 1


def test_whoever_cancels_before_it_leaves_gets_nothing(lunch: NotificationsHouse) -> None:
    lunch.hear(words(("camille",), ("paul",)))
    lunch.book("camille", status=BookingStatus.CANCELLED)
    lunch.send()
    assert states(lunch) == [DROPPED, SENT]


def test_whoever_cancels_one_of_two_bookings_reads_it_by_the_other(lunch: NotificationsHouse) -> None:
    lunch.book("again", name="Camille")
    lunch.hear(words(("camille", "again")))
    lunch.book("camille", status=BookingStatus.CANCELLED)
    lunch.send()
    assert states(lunch) == [SENT]


def test_who_got_a_place_is_no_longer_told_what_those_who_wait_are_told(lunch: NotificationsHouse) -> None:
    lunch.book("camille", status=BookingStatus.WAITLISTED)
    lunch.hear(words(("camille",), audience=Audience.WAITING))
    lunch.book("camille", status=BookingStatus.CONFIRMED)
    lunch.send()
    assert states(lunch) == [DROPPED]


def test_cooks_are_those_who_still_cook(lunch: NotificationsHouse) -> None:
    lunch.book("camille", party=Party(cooks=1))
    lunch.hear(words(("camille",), ("paul",), audience=Audience.COOKS))
    lunch.send()
    assert states(lunch) == [SENT, DROPPED]


def test_a_cancelled_meal_and_one_that_has_begun_end_it(lunch: NotificationsHouse) -> None:
    lunch.hear(words(("camille",)))
    lunch.clock.at = STARTS_AT + timedelta(seconds=1)
    lunch.send()
    assert states(lunch) == [DROPPED]


def test_nobody_s_telephone_rings_at_night_unless_it_is_urgent(lunch: NotificationsHouse) -> None:
    lunch.clock.at = TONIGHT
    lunch.hear(words(("camille",), ("paul",)))
    lunch.hear(words(("paul",), thing="xurgent", urgent=True))
    while lunch.send():
        pass
    assert states(lunch) == [SENT, PLANNED, SENT]
    assert rows(lunch)[1].due_at == MORNING
    lunch.clock.at = MORNING
    lunch.ring()
    lunch.send()
    assert states(lunch) == [SENT, SENT, SENT]


def test_whoever_cancels_in_the_night_is_not_woken(lunch: NotificationsHouse) -> None:
    lunch.clock.at = TONIGHT
    lunch.hear(words(("paul",)))
    lunch.send()
    lunch.book("paul", status=BookingStatus.CANCELLED)
    lunch.clock.at = MORNING
    lunch.ring()
    while lunch.send():
        pass
    assert states(lunch) == [DROPPED]


def test_a_booking_that_is_not_heard_of_yet_is_waited_for(lunch: NotificationsHouse) -> None:
    lunch.hear(words(("late",)))
    lunch.send()
    assert states(lunch) == [DUE]
    lunch.book("late", email="late@example.org")
    lunch.clock.pass_time(seconds=3)
    while lunch.send():
        pass
    assert states(lunch) == [SENT]


def test_a_failure_is_seen(lunch: NotificationsHouse) -> None:
    lunch.hear(words(("camille",)))
    lunch.send(email=ScriptedProvider(script=[Refused("SMTP 550 for the recipient")]))
    assert states(lunch) == [LetterState.FAILED]


def test_words_cannot_break_out_of_their_letter(lunch: NotificationsHouse) -> None:
    lunch.hear(
        words(("camille",), words="Bonjour\nBcc: all@example.org\n\n<script>alert(1)</script> {{ 7 * 7 }} %(day)s")
    )
    provider = ScriptedProvider()
    lunch.send(email=provider)
    (outgoing,) = provider.received
    assert "<script>" not in outgoing.html and "&lt;script&gt;" in outgoing.html
    assert "{{ 7 * 7 }} %(day)s" in outgoing.text
    parsed = message_from_bytes(compose(outgoing, "bonjour@tablee.example", outgoing.to), policy=policy.default)
    assert parsed["Bcc"] is None
    assert parsed["To"] == "camille@example.org"


def test_the_words_are_in_no_log(lunch: NotificationsHouse) -> None:
    with capture_logs() as logs:
        lunch.hear(words(("camille",), words="Secret de famille"))
        lunch.send(email=ScriptedProvider(script=[RuntimeError("the provider broke")]))
    assert "Secret" not in repr(logs)


def test_staff_see_what_became_of_it_and_others_do_not(lunch: NotificationsHouse) -> None:
    lunch.clock.at = TONIGHT
    lunch.hear(words(("camille",), ("paul",)))
    while lunch.send():
        pass
    for name, role, cantine in (
        ("samira", StaffRole.COORDINATOR, "lyon-saone"),
        ("yanis", StaffRole.HELPER, "lyon-saone"),
        ("dominique", StaffRole.HOST, "metz-sablon"),
    ):
        lunch.hear(StaffNotice(thing=name, revision=1, name=name, role=role, cantines=(cantine,)))
    app = lunch.parts.make_web()
    for name, status in (("samira", 200), ("yanis", 404), ("dominique", 404), ("nobody", 503)):
        client = app.test_client()
        with client.session_transaction() as session:
            session.update(since=time.time(), staff=name, name=name, cantines=[])
        answer = client.get("/messages/to-guests/lunch?lang=en")
        assert answer.status_code == status
        if status == 200:
            assert "1 letter was sent" in answer.text
            assert "1 text message waits until 08:00" in answer.text
            assert "camille" not in answer.text.casefold()


def test_after_ninety_days_the_words_are_forgotten(lunch: NotificationsHouse) -> None:
    from services.notifications.store.tables import host_message

    lunch.hear(words(("camille",)))
    lunch.send()
    lunch.clock.pass_time(days=100)
    lunch.ring()
    lunch.ring()
    with lunch.service.read() as conn:
        assert conn.execute(sa.select(host_message)).all() == []
    assert rows(lunch) == []
    lunch.hear(words(("camille",), thing="late"))
    assert rows(lunch) == []


def test_a_cancelled_lunch_needs_no_words(lunch: NotificationsHouse) -> None:
    lunch.hear(words(("camille",)))
    lunch.announce(status=SittingStatus.CANCELLED)
    lunch.book("camille", status=BookingStatus.REFUSED)
    while lunch.send():
        pass
    assert states(lunch) == [DROPPED]
