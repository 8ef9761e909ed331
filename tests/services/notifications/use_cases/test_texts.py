"""Guests answer by text message: what each word does, to what, and what goes back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.notifications.bootstrap import assemble
from services.notifications.domain.contacts import came_back
from services.notifications.domain.letter import NO_WAY, LetterKind, LetterState
from services.notifications.store.tables import contact_state, guest_reply, text_in
from services.notifications.use_cases.reach import change_marked
from services.notifications.use_cases.receive_text import receive_text
from shared.clock import SetClock
from shared.contracts.booking import BookingStatus
from shared.contracts.reply import CONTACT, ContactState, GuestAnswer, GuestReply
from shared.contracts.seats import Why
from shared.contracts.sitting import SittingStatus
from shared.links import Links
from tests.services.notifications.conftest import LINKS, SETTINGS
from tests.services.notifications.house import BY_SMS, REMINDER_AT, NotificationsHouse

PHONE = str(BY_SMS["phone"])
OFFERED, WAITLISTED, CANCELLED = BookingStatus.OFFERED, BookingStatus.WAITLISTED, BookingStatus.CANCELLED


class Telephone:
    """A guest's telephone."""

    def __init__(self, house: NotificationsHouse, number: str = PHONE) -> None:
        self.house, self.number, self.sent = house, number, 0

    def says(self, text: str, ref: str = "") -> None:
        """A text goes to the cantine, is handled, and what goes back arrives."""
        self.sent += 1
        assert receive_text(self.house.service, "http", ref or f"{self.number} {self.sent}", self.number, text)
        self.house.ring()
        while self.house.send():
            pass

    @property
    def received(self) -> list[str]:
        """The texts on it, oldest first."""
        return [row.text for row in self.house.mail() if row.address == self.number]


def answers(house: NotificationsHouse) -> list[tuple[str | None, GuestAnswer]]:
    """What booking is told, of which booking."""
    return [(one.booking or one.person, one.answer) for one in house.said(GuestReply)]


def fates(house: NotificationsHouse) -> list[str]:
    with house.service.read() as conn:
        return list(conn.scalars(sa.select(text_in.c.fate).order_by(text_in.c.number)))


@pytest.fixture
def phone(house: NotificationsHouse) -> Telephone:
    house.announce()
    return Telephone(house)


def remind(house: NotificationsHouse) -> None:
    house.clock.at = REMINDER_AT + timedelta(minutes=1)
    house.ring()
    while house.send():
        pass


@pytest.mark.parametrize(
    ("word", "answer"),
    [("Oui !", GuestAnswer.COMING), ("NON", GuestAnswer.CANCEL), ("annuler", GuestAnswer.CANCEL)],
)
def test_a_reminder_is_answered(house: NotificationsHouse, phone: Telephone, word: str, answer: GuestAnswer) -> None:
    house.book(**BY_SMS)
    house.send()
    remind(house)
    phone.says(word)
    assert answers(house) == [("camille", answer)]
    assert fates(house) == ["answered"]
    assert len(phone.received) == 2, "the confirmation and the reminder: what became of it is told by letters alone"


@pytest.mark.parametrize(("word", "answer"), [("OUI", GuestAnswer.ACCEPT), ("non merci", GuestAnswer.DECLINE)])
def test_an_offer_is_answered(house: NotificationsHouse, phone: Telephone, word: str, answer: GuestAnswer) -> None:
    house.book(**BY_SMS, status=OFFERED, offer_until=house.clock.at + timedelta(hours=2))
    house.send()
    phone.says(word)
    assert answers(house) == [("camille", answer)]


def test_a_late_yes_to_an_offer_asks_anew(house: NotificationsHouse, phone: Telephone) -> None:
    house.book(**BY_SMS, status=BookingStatus.REFUSED, why=Why.OFFER_EXPIRED)
    house.send()
    phone.says("oui")
    assert answers(house) == [("camille", GuestAnswer.ACCEPT)]


def test_a_no_without_a_question_cancels_nothing(house: NotificationsHouse, phone: Telephone) -> None:
    house.book(**BY_SMS)
    house.send()
    phone.says("non")
    assert answers(house) == []
    assert fates(house) == ["unclear"]
    assert "votre NON n'a rien annulé" in phone.received[-1] and "ANNULER" in phone.received[-1]
    phone.says("annuler")
    assert answers(house) == [("camille", GuestAnswer.CANCEL)]


def test_a_no_to_what_is_no_more_is_passed_on(house: NotificationsHouse, phone: Telephone) -> None:
    """They may mean that they have not cancelled."""
    house.book(**BY_SMS, status=CANCELLED)
    house.send()
    phone.says("non")
    assert "transmis" in phone.received[-1]


@pytest.mark.parametrize(
    "over", [{"status": CANCELLED}, {"status": BookingStatus.CONFIRMED}], ids=["by the guest", "with the meal"]
)
def test_who_cancels_what_is_cancelled_hears_that_it_is(
    house: NotificationsHouse, phone: Telephone, over: dict[str, BookingStatus]
) -> None:
    house.book(**BY_SMS, **over)
    if over["status"] is not CANCELLED:
        house.announce(status=SittingStatus.CANCELLED)
    house.send()
    for _ in range(3):
        phone.says("annuler")
    assert fates(house) == ["answered"] * 3, "nobody has to read it"
    assert answers(house) == []
    assert len(phone.received) == 2, "and it is said once"
    assert "la réservation du ven. 27 nov. 12h30 est déjà annulée" in phone.received[-1]


def test_who_says_yes_to_what_is_cancelled_hears_how_to_book_again(house: NotificationsHouse, phone: Telephone) -> None:
    house.book(**BY_SMS, status=CANCELLED)
    house.send()
    phone.says("oui")
    assert "la place n'est plus gardée" in phone.received[-1]
    assert phone.received[-1].endswith(f"à nouveau : {house.settings.public_url}")
    assert (answers(house), fates(house)) == ([], ["unclear"])


def test_another_booking_that_stands_is_meant_instead(house: NotificationsHouse, phone: Telephone) -> None:
    house.book("over", **BY_SMS, status=CANCELLED)
    house.book("stands", **BY_SMS)
    house.send()
    phone.says("annuler")
    assert answers(house) == [("stands", GuestAnswer.CANCEL)]


@pytest.mark.parametrize("status", [BookingStatus.CONFIRMED, WAITLISTED])
def test_who_has_one_booking_cancels_it(house: NotificationsHouse, phone: Telephone, status: BookingStatus) -> None:
    house.book(**BY_SMS, status=status)
    house.send()
    phone.says("Anuler svp")
    assert answers(house) == [("camille", GuestAnswer.CANCEL)]


def test_who_has_two_is_asked_back_and_a_number_decides(house: NotificationsHouse, phone: Telephone) -> None:
    house.book("one", **BY_SMS)
    house.book("two", **BY_SMS)
    house.send()
    phone.says("annuler")
    assert answers(house) == []
    assert "1: " in phone.received[-1].replace(" :", ":") and "2: " in phone.received[-1]
    phone.says("2")
    assert answers(house) == [("two", GuestAnswer.CANCEL)]
    phone.says("1")
    assert fates(house) == ["asked_back", "answered", "unclear"]


def test_a_choice_holds_for_some_hours(house: NotificationsHouse, phone: Telephone) -> None:
    house.book("one", **BY_SMS)
    house.book("two", **BY_SMS)
    house.send()
    phone.says("annuler")
    house.clock.pass_time(hours=13)
    phone.says("1")
    assert answers(house) == []


def test_what_was_not_answered_yet_is_meant(house: NotificationsHouse, phone: Telephone) -> None:
    house.book("coming", **BY_SMS)
    house.send()
    remind(house)
    phone.says("oui")
    house.clock.pass_time(minutes=1)
    house.book("offered", **BY_SMS, status=OFFERED, offer_until=house.clock.at + timedelta(hours=2))
    house.send()
    phone.says("oui")
    assert answers(house) == [("coming", GuestAnswer.COMING), ("offered", GuestAnswer.ACCEPT)]


def test_what_is_brought_twice_is_done_once(house: NotificationsHouse, phone: Telephone) -> None:
    house.book(**BY_SMS)
    house.send()
    phone.says("annuler", ref="same")
    phone.says("annuler", ref="same")
    assert fates(house) == ["answered"]


def test_after_stop_no_text_goes_there(house: NotificationsHouse, phone: Telephone) -> None:
    house.book(**BY_SMS)
    house.send()
    phone.says("STOP")
    phone.says("stop !")
    assert "START" in phone.received[-1]
    before = len(phone.received)
    assert before == 2, "the confirmation, and one word that it is done"
    house.book(**BY_SMS, status=BookingStatus.CANCELLED)
    remind(house)
    assert len(phone.received) == before
    assert house.letters()[LetterKind.CANCELLED_BY_GUEST] is LetterState.FAILED
    (state,) = house.said(ContactState)
    assert state.thing == LINKS.mark(CONTACT, PHONE) and state.opted_out
    phone.says("Bonjour, une question")
    assert len(phone.received) == before, "not even this"


def test_after_stop_letters_go_by_e_mail_where_there_is_one(house: NotificationsHouse, phone: Telephone) -> None:
    house.book(phone=PHONE, by_sms=True)
    house.send()
    phone.says("stop")
    house.book(phone=PHONE, by_sms=True, status=BookingStatus.CANCELLED)
    house.send()
    assert house.mail()[-1].address == "camille@example.org"


def test_start_lifts_it(house: NotificationsHouse, phone: Telephone) -> None:
    house.book(**BY_SMS)
    house.send()
    phone.says("stop")
    phone.says("start")
    house.book(**BY_SMS, status=BookingStatus.CANCELLED)
    house.send()
    assert house.letters()[LetterKind.CANCELLED_BY_GUEST] is LetterState.SENT


def test_a_key_that_was_replaced_still_knows_who_said_stop(house: NotificationsHouse, phone: Telephone) -> None:
    from services.notifications.use_cases.reach import lost_among
    from shared.links import Links

    house.book(**BY_SMS)
    phone.says("stop")
    newer = Links(("a-newer-key-for-tests-of-enough-characters", *house.settings.secret_keys))
    with house.service.read() as conn:
        assert lost_among(conn, newer, [PHONE]) == {PHONE}


def test_a_machine_that_answers_everything_is_not_answered_for_ever(
    house: NotificationsHouse, phone: Telephone
) -> None:
    house.book(**BY_SMS)
    house.send()
    for _ in range(10):
        phone.says("Je suis en réunion, je vous rappelle.")
    assert len(phone.received) == 2
    house.clock.pass_time(days=1, minutes=1)
    phone.says("Je suis en vacances.")
    assert len(phone.received) == 3


def test_a_stranger_is_read_and_not_answered(house: NotificationsHouse) -> None:
    stranger = Telephone(house, "+33639980099")
    stranger.says("Vous êtes ouverts demain ?")
    stranger.says("stop")
    assert stranger.received == []
    assert fates(house) == ["unclear", "stopped"]


def test_a_short_code_is_nobody(house: NotificationsHouse) -> None:
    assert not receive_text(house.service, "http", "1", "36111", "STOP")
    assert not receive_text(house.service, "http", "2", "OVHcloud", "Bonjour")


def test_what_raises_is_left_to_be_read(
    house: NotificationsHouse, phone: Telephone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raises(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("services.notifications.use_cases.hear_texts._sender", raises)
    phone.says("oui")
    assert fates(house) == ["unclear"]


def test_texts_and_answers_are_forgotten_with_the_meal(house: NotificationsHouse, phone: Telephone) -> None:
    house.book(**BY_SMS)
    house.send()
    phone.says("annuler")
    house.clock.pass_time(days=94)
    house.ring()
    with house.service.read() as conn:
        for table in (text_in, guest_reply):
            assert conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0


def test_stop_outlives_the_key_under_which_it_was_said(database_of: Callable[[str], str], clock: SetClock) -> None:
    """A new key goes in front, `resay` is run, and the old one goes: who is known is left in peace."""
    url, old = database_of("notifications"), SETTINGS["SECRET_KEYS"]
    new = "a-newer-key-for-tests-of-enough-characters"

    def with_keys(keys: str) -> NotificationsHouse:
        env = {"NOTIFICATIONS_DATABASE_URL": url, **SETTINGS, "SECRET_KEYS": keys}
        return NotificationsHouse(assemble(env, clock=clock), clock)

    before = with_keys(old)
    before.announce()
    before.book(**BY_SMS)
    receive_text(before.service, "http", "1", PHONE, "STOP")
    before.ring()
    both = with_keys(f"{new},{old}")
    for _once in range(2):
        both.parts.resay()
        assert len(both.said(ContactState)) == 2, "under either key"
    after = with_keys(new)
    after.revisions, after.sitting, after.notices = before.revisions, before.sitting, before.notices
    after.book("again", **BY_SMS)
    while after.send():
        pass
    assert after.row(LetterKind.CONFIRMED, "again").reason == NO_WAY
    for house in (before, both, after):
        house.service.database.dispose()


def test_stop_outlives_its_key_also_where_something_else_is_known_under_the_newest(
    database_of: Callable[[str], str], clock: SetClock
) -> None:
    """The answer to STOP leaves under the new key, and comes back."""
    url, old = database_of("notifications"), SETTINGS["SECRET_KEYS"]
    env = {"NOTIFICATIONS_DATABASE_URL": url, **SETTINGS}
    before = NotificationsHouse(assemble(env, clock=clock), clock)
    before.announce()
    before.book(**BY_SMS)
    receive_text(before.service, "http", "1", PHONE, "STOP")
    before.ring()
    clock.pass_time(days=300)
    both_keys = f"a-newer-key-for-tests-of-enough-characters,{old}"
    both = NotificationsHouse(assemble({**env, "SECRET_KEYS": both_keys}, clock=clock), clock)
    newest = Links(both.settings.secret_keys).mark(CONTACT, PHONE)
    with both.service.work() as work:
        until = work.now + timedelta(days=2)
        change_marked(work, [newest], lambda one: came_back(one, work.now, until))
    both.parts.resay()
    with both.service.read() as conn:
        kept = conn.execute(sa.select(contact_state).where(contact_state.c.mark == newest)).one()
    assert (kept.opted_out, kept.silent_until) == (True, until)
    for house in (before, both):
        house.service.database.dispose()


def test_stop_is_as_old_as_it_was_when_it_is_carried_over(database_of: Callable[[str], str], clock: SetClock) -> None:
    """Or it would be kept three years more with each key."""
    env = {"NOTIFICATIONS_DATABASE_URL": database_of("notifications"), **SETTINGS}
    before = NotificationsHouse(assemble(env, clock=clock), clock)
    before.announce()
    before.book(**BY_SMS)
    receive_text(before.service, "http", "1", PHONE, "STOP")
    before.ring()
    said_at = clock.at
    clock.pass_time(days=2)
    both_keys = f"a-newer-key-for-tests-of-enough-characters,{SETTINGS['SECRET_KEYS']}"
    both = NotificationsHouse(assemble({**env, "SECRET_KEYS": both_keys}, clock=clock), clock)
    both.parts.resay()
    with both.service.read() as conn:
        assert list(conn.scalars(sa.select(contact_state.c.changed_at))) == [said_at, said_at]
    for house in (before, both):
        house.service.database.dispose()
