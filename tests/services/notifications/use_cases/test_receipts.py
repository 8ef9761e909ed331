"""Receipts come in: what becomes of letters, of their readers' ways, and who is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.notifications.bootstrap import assemble
from services.notifications.domain.letter import NO_WAY, Channel, LetterKind, LetterState, name_of
from services.notifications.domain.receipts import Delivery
from services.notifications.domain.retry import MAX_ATTEMPTS
from services.notifications.domain.sending import Accepted, NotNow, Outgoing, Refused, Unknown
from services.notifications.providers.in_turn import InTurn
from services.notifications.store.tables import contact_state, delivery_receipt, letter
from services.notifications.use_cases.hear_receipts import hear_receipts, receive_receipt
from services.notifications.use_cases.look_at_texts import write_again
from services.notifications.use_cases.receive_text import receive_text
from services.notifications.use_cases.send_due import take
from shared.clock import SetClock
from shared.contracts.booking import BookingStatus
from shared.contracts.person import AskedToCook, PersonNotice
from shared.contracts.reply import CONTACT, ContactState, GuestAnswer, GuestReply
from shared.contracts.sitting import SittingStatus
from shared.links import Links
from tests.services.notifications.conftest import LINKS, SETTINGS
from tests.services.notifications.house import BY_SMS, CAMILLE, REMINDER_AT, STARTS_AT, NotificationsHouse
from tests.services.notifications.house import ScriptedProvider as Post
from tests.services.notifications.use_cases.test_host_messages import words

CONFIRMED, REMINDER = LetterKind.CONFIRMED, LetterKind.REMINDER
SENT, DELIVERED, RETURNED = LetterState.SENT, LetterState.DELIVERED, LetterState.RETURNED
EMAIL, PHONE = str(CAMILLE.email), str(CAMILLE.phone)
BY_EMAIL_ONLY: dict[str, Any] = {"phone": None}


class Posts:
    """Both providers of a house; an e-mail goes by our own name, an SMS by the provider's."""

    def __init__(self, house: NotificationsHouse) -> None:
        self.house = house
        self.all: list[Outgoing] = []
        self.email = Post(name="smtp", script=[Accepted() for _ in range(50)], received=self.all)
        sms = [Accepted(f"sms-{number}") for number in range(50)]
        self.sms = Post(name="http", script=[*sms], received=self.all)

    def send(self) -> None:
        """All that is due leaves."""
        while self.house.send(email=self.email, sms=self.sms):
            pass

    @property
    def left(self) -> list[tuple[str, str]]:
        """(way, to whom) of all that has left."""
        return [(one.channel.value, one.to) for one in self.all]


@pytest.fixture
def posts(house: NotificationsHouse) -> Posts:
    """Camille's confirmation was sent."""
    house.announce()
    house.book()
    posts = Posts(house)
    posts.send()
    return posts


def tell(house: NotificationsHouse, delivery: Delivery, row: Any, *, hear: bool = True) -> None:
    """Somebody tells what became of a letter, by our name for it or by the provider's."""
    by_name = row.provider_ref == name_of(row.key)
    ref, name = ("", row.provider_ref) if by_name else (row.provider_ref, "")
    receive_receipt(house.service, row.provider, ref=ref, name=name, delivery=delivery, detail="5.1.1")
    if hear:
        hear_receipts(house.service, LINKS)


def contacts(house: NotificationsHouse) -> dict[str, ContactState]:
    """What booking is told of Camille's two ways."""
    by_mark = {LINKS.mark(CONTACT, EMAIL): "email", LINKS.mark(CONTACT, PHONE): "phone"}
    return {by_mark[one.thing]: one for one in house.said(ContactState)}


def rows(house: NotificationsHouse, kind: LetterKind = CONFIRMED, booking: str | None = "camille") -> list[Any]:
    return [row for row in house.rows(booking) if row.kind == kind]


def kept(house: NotificationsHouse) -> int:
    with house.service.read() as conn:
        return conn.scalar(sa.select(sa.func.count()).select_from(delivery_receipt)) or 0


def test_a_letter_is_delivered(house: NotificationsHouse, posts: Posts) -> None:
    tell(house, Delivery.DELIVERED, house.row(CONFIRMED))
    assert house.row(CONFIRMED).state == DELIVERED
    assert kept(house) == 0 and house.said(ContactState) == []


def test_a_letter_that_comes_back_goes_by_the_other_way_once(house: NotificationsHouse, posts: Posts) -> None:
    for _time in range(3):
        tell(house, Delivery.DEAD, rows(house)[0])
        posts.send()
    assert posts.left == [("email", EMAIL), ("sms", PHONE)]
    first, other = rows(house)
    assert (first.state, first.reason, other.state, other.again_of) == (RETURNED, "dead: 5.1.1", SENT, first.key)


def test_when_both_ways_are_dead_the_host_is_asked_to_call(house: NotificationsHouse, posts: Posts) -> None:
    tell(house, Delivery.DEAD, rows(house)[0])
    assert (contacts(house)["email"].lost, "phone" in contacts(house)) == (True, False)
    posts.send()
    tell(house, Delivery.DEAD, rows(house)[1])
    posts.send()
    assert len(posts.left) == 2
    told = contacts(house)
    assert all(one.lost and not one.opted_out for one in told.values())
    assert all(one.unread_since and one.unread_since.timestamp() * 1_000_000 < CAMILLE.news for one in told.values())


def test_later_letters_take_the_way_that_is_left(house: NotificationsHouse, posts: Posts) -> None:
    tell(house, Delivery.DEAD, rows(house)[0])
    house.book(status=BookingStatus.CANCELLED)
    posts.send()
    assert posts.left[-1] == ("sms", PHONE)
    assert rows(house)[1].state == LetterState.DROPPED, "the confirmation by another way was no longer true"


def test_who_gives_another_address_is_written_to_there(house: NotificationsHouse, posts: Posts) -> None:
    tell(house, Delivery.DEAD, rows(house)[0])
    posts.send()
    house.book(email="camille.exemple@example.org")
    posts.send()
    assert posts.left.count(("email", "camille.exemple@example.org")) == 1


def test_a_letter_that_came_back_after_the_address_was_changed_goes_to_the_new_one(
    house: NotificationsHouse, posts: Posts
) -> None:
    house.book(email="camille.exemple@example.org", news=1)
    tell(house, Delivery.DEAD, rows(house)[0])
    posts.send()
    assert posts.left == [("email", EMAIL), ("email", "camille.exemple@example.org")]


def test_what_came_back_for_another_reason_is_tried_again_after_two_days(
    house: NotificationsHouse, posts: Posts
) -> None:
    tell(house, Delivery.RETURNED, rows(house)[0])
    posts.send()
    assert posts.left[-1] == ("sms", PHONE)
    house.clock.pass_time(days=2, seconds=1)
    house.ring()
    assert not contacts(house)["email"].lost
    house.clock.at = REMINDER_AT
    house.ring()
    posts.send()
    assert posts.left[-1][0] == "email"


def fill_up(house: NotificationsHouse, posts: Posts, **changes: Any) -> None:
    """Of a guest with an address only, the mailbox was full: the confirmation came back, and two days have passed."""
    house.announce()
    house.book(**BY_EMAIL_ONLY, **changes)
    posts.send()
    tell(house, Delivery.RETURNED, rows(house)[0])
    posts.send()
    assert posts.left == [("email", EMAIL)] and contacts(house)["email"].lost
    house.clock.pass_time(days=2, seconds=1)
    house.ring()
    posts.send()


def test_what_no_other_way_took_leaves_once_more_when_the_address_is_tried_again(house: NotificationsHouse) -> None:
    posts = Posts(house)
    fill_up(house, posts)
    assert posts.left == 2 * [("email", EMAIL)] and not contacts(house)["email"].lost
    first, second = rows(house)
    assert (first.state, second.state, second.again_of, second.asked_by) == (RETURNED, SENT, first.key, None)
    house.announce(starts_at=STARTS_AT + timedelta(hours=1))
    house.settle()
    posts.send()
    assert house.row(LetterKind.MOVED).state == SENT, "who has heard of the meal hears that it moves"


def test_what_comes_back_once_more_is_for_the_host_to_say_until_the_meal_is_over(house: NotificationsHouse) -> None:
    posts = Posts(house)
    fill_up(house, posts)
    tell(house, Delivery.RETURNED, rows(house)[1])
    told = contacts(house)["email"]
    assert told.lost and told.unread_since and told.unread_since < rows(house)[0].due_at
    house.clock.at = STARTS_AT
    house.ring()
    posts.send()
    assert contacts(house)["email"].lost and len(posts.left) == 2
    house.clock.pass_time(days=2)
    house.ring()
    posts.send()
    assert not contacts(house)["email"].lost and len(posts.left) == 2


def test_what_changed_while_an_address_was_silent_is_told_when_it_is_tried_again(house: NotificationsHouse) -> None:
    posts = Posts(house)
    house.announce()
    house.book(**BY_EMAIL_ONLY)
    posts.send()
    tell(house, Delivery.RETURNED, rows(house)[0])
    house.announce(status=SittingStatus.CANCELLED)
    posts.send()
    assert (house.row(LetterKind.CANCELLED_BY_CANTINE).reason, len(posts.left)) == (NO_WAY, 1)
    house.clock.pass_time(days=2, seconds=1)
    house.ring()
    posts.send()
    assert house.row(LetterKind.CANCELLED_BY_CANTINE).state == SENT
    assert len(posts.left) == 2, "and the confirmation, which is true no more, stays where it is"


def test_a_reminder_that_had_no_way_leaves_when_there_is_one_again(house: NotificationsHouse) -> None:
    posts = Posts(house)
    house.announce()
    house.book(**BY_EMAIL_ONLY)
    posts.send()
    house.clock.at = REMINDER_AT - timedelta(days=1, hours=20)
    tell(house, Delivery.RETURNED, rows(house)[0])
    house.clock.at = REMINDER_AT
    house.ring()
    posts.send()
    assert house.row(REMINDER).reason == NO_WAY
    house.clock.pass_time(hours=4, seconds=1)
    house.ring()
    posts.send()
    assert house.row(REMINDER).state == SENT


def test_a_host_s_words_that_had_no_way_leave_when_there_is_one_again(house: NotificationsHouse) -> None:
    posts = Posts(house)
    house.announce()
    house.book(**BY_EMAIL_ONLY)
    posts.send()
    tell(house, Delivery.RETURNED, rows(house)[0])
    for thing, until in (("word", STARTS_AT), ("old", house.clock.at + timedelta(days=1))):
        house.hear(words(("camille",), thing=thing, useful_until=until))
    posts.send()
    assert [row.reason for row in rows(house, LetterKind.HOST_MESSAGE, None)] == 2 * [NO_WAY]
    for _again in range(2):
        house.clock.pass_time(days=2, seconds=1)
        house.ring()
        posts.send()
        states = [(row.key, row.state) for row in rows(house, LetterKind.HOST_MESSAGE, None)]
        assert states == [("host:old:0", LetterState.FAILED), ("host:word:0", SENT)]


def test_who_was_told_by_another_way_is_not_told_once_more(house: NotificationsHouse, posts: Posts) -> None:
    tell(house, Delivery.RETURNED, rows(house)[0])
    posts.send()
    house.clock.pass_time(days=2, seconds=1)
    house.ring()
    posts.send()
    assert posts.left == [("email", EMAIL), ("sms", PHONE)]


def test_who_wishes_for_letters_again_is_told_what_had_no_way(house: NotificationsHouse) -> None:
    posts = Posts(house)
    house.announce()
    receive_text(house.service, "http", "1", PHONE, "STOP")
    house.ring()
    house.book(email=None)
    posts.send()
    assert (house.row(CONFIRMED).reason, posts.left) == (NO_WAY, [])
    receive_text(house.service, "http", "2", PHONE, "START")
    house.ring()
    posts.send()
    assert house.row(CONFIRMED).state == SENT


@pytest.mark.parametrize("told", [Delivery.DEAD, Delivery.RETURNED])
def test_what_a_provider_refuses_for_good_has_come_back(house: NotificationsHouse, told: Delivery) -> None:
    house.announce()
    house.book()
    posts = Posts(house)
    posts.email.script = [Refused("SMTP 550 5.1.1 for the recipient", told)]
    posts.sms.script = [Refused("the number is not valid", Delivery.DEAD)]
    for _once in range(3):
        posts.send()
        house.ring()
    assert posts.left == [("email", EMAIL), ("sms", PHONE)]
    first, other = rows(house)
    assert (first.state, first.reason) == (RETURNED, f"{told}: SMTP 550 5.1.1 for the recipient")
    assert (other.state, other.reason) == (RETURNED, "dead: the number is not valid")
    assert all(one.lost for one in contacts(house).values()) and len(contacts(house)) == 2


def test_what_is_refused_by_our_own_fault_says_nothing_of_the_address(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send(email=Post(script=[Refused("it cannot be written as an e-mail")]))
    house.ring()
    assert house.row(CONFIRMED).state == LetterState.FAILED and contacts(house) == {}


def test_a_mailbox_that_stays_full_is_given_up_in_the_end(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    posts = Posts(house)
    posts.email.script = [NotNow("SMTP 452 4.2.2 for the recipient", Delivery.RETURNED) for _ in range(MAX_ATTEMPTS)]
    for _attempt in range(MAX_ATTEMPTS):
        posts.send()
        assert contacts(house) == {}
        house.clock.pass_time(minutes=30)
    for _now_and_in_the_morning in range(2):
        house.ring()
        posts.send()
        house.clock.pass_time(hours=10)
    assert [way for way, _to in posts.left] == MAX_ATTEMPTS * ["email"] + ["sms"]


def test_a_mailbox_that_stays_full_close_to_the_meal_is_given_up_while_another_way_is_useful(
    house: NotificationsHouse,
) -> None:
    house.announce(starts_at=house.clock.at + timedelta(hours=2))
    house.book()
    posts = Posts(house)
    posts.email.script = [NotNow("SMTP 452 4.2.2 for the recipient", Delivery.RETURNED) for _ in range(MAX_ATTEMPTS)]
    for _five_minutes in range(20):
        posts.send()
        house.clock.pass_time(minutes=5)
        house.ring()
    assert posts.left[-1] == ("sms", PHONE) and contacts(house)["email"].lost


def test_a_dead_address_is_forgotten_with_its_guests(house: NotificationsHouse, posts: Posts) -> None:
    tell(house, Delivery.DEAD, rows(house)[0])
    for days in (90, 91):
        house.clock.pass_time(days=days)
        house.ring()
    assert not contacts(house)["email"].lost
    with house.service.read() as conn:
        assert conn.execute(sa.select(contact_state)).all() == []


def test_staff_write_again_to_an_address_that_is_well(house: NotificationsHouse, posts: Posts) -> None:
    tell(house, Delivery.DEAD, rows(house)[0])
    assert write_again(house.service, LINKS, f" {EMAIL} ") is True
    assert write_again(house.service, LINKS, EMAIL) is False
    assert not contacts(house)["email"].lost


def test_who_waits_for_another_way_is_not_told_once_more(house: NotificationsHouse, posts: Posts) -> None:
    """An SMS waits for the morning; meanwhile the address is well."""
    house.clock.pass_time(hours=12)
    tell(house, Delivery.RETURNED, rows(house)[0])
    assert write_again(house.service, LINKS, EMAIL)
    for _now_and_in_the_morning in range(2):
        house.ring()
        posts.send()
        house.clock.pass_time(hours=11)
    assert posts.left == 2 * [("email", EMAIL)]


def test_nothing_goes_to_a_number_that_said_stop(house: NotificationsHouse, posts: Posts) -> None:
    receive_text(house.service, "http", "1", PHONE, "STOP")
    house.ring()
    tell(house, Delivery.DEAD, rows(house)[0])
    posts.send()
    assert [row.state for row in rows(house)] == [RETURNED]
    assert all(one.lost for one in contacts(house).values()) and len(contacts(house)) == 2


def test_a_letter_without_use_goes_nowhere(house: NotificationsHouse, posts: Posts) -> None:
    house.clock.at = STARTS_AT + timedelta(minutes=1)
    tell(house, Delivery.DEAD, rows(house)[0])
    posts.send()
    assert posts.left == [("email", EMAIL)]


def test_that_a_letter_is_late_is_shown_and_changes_nothing(house: NotificationsHouse, posts: Posts) -> None:
    tell(house, Delivery.DELAYED, rows(house)[0])
    row = house.row(CONFIRMED)
    assert (row.state, row.reason) == (SENT, "delayed: 5.1.1")
    assert house.said(ContactState) == []


def test_an_sms_that_a_dead_number_did_not_take_becomes_an_e_mail(house: NotificationsHouse) -> None:
    house.announce()
    house.book(by_sms=True)
    posts = Posts(house)
    posts.send()
    tell(house, Delivery.DEAD, rows(house)[0])
    posts.send()
    assert posts.left == [("sms", PHONE), ("email", EMAIL)]


def test_a_receipt_may_overtake_what_the_provider_said(house: NotificationsHouse) -> None:
    house.announce()
    house.book(**BY_SMS)
    with house.service.work() as work:
        (taken,), _dropped = take(work, LINKS, 5, {Channel.SMS: Post(name="http")})
    assert house.row(CONFIRMED).state == LetterState.ATTEMPTING
    receive_receipt(house.service, "http", ref="sms-7", name="", delivery=Delivery.DELIVERED, detail="")
    hear_receipts(house.service, LINKS)
    assert (house.row(CONFIRMED).state, kept(house)) == (LetterState.ATTEMPTING, 1)
    house.sender(sms=Post(name="http"))._keep([(taken.letter, Accepted("sms-7"))])
    house.clock.pass_time(seconds=2)
    house.ring()
    assert (house.row(CONFIRMED).state, kept(house)) == (DELIVERED, 0)


def test_our_own_name_waits_for_the_sender_too(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    with house.service.work() as work:
        (taken,), _dropped = take(work, LINKS, 5, {Channel.EMAIL: Post(name="smtp")})
    tell(house, Delivery.DEAD, house.row(CONFIRMED))
    assert house.row(CONFIRMED).state == LetterState.ATTEMPTING
    house.sender(email=Post(name="smtp"))._keep([(taken.letter, Accepted())])
    house.clock.pass_time(seconds=2)
    house.ring()
    assert rows(house)[0].state == RETURNED and len(rows(house)) == 2


def test_the_refusal_of_a_sender_that_hung_says_nothing_of_what_another_sent(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    hung = house.sender(email=Post(name="smtp"))
    with house.service.work() as work:
        (taken,), _dropped = take(work, LINKS, 5, {Channel.EMAIL: Post(name="smtp")})
    house.clock.pass_time(minutes=30)
    house.ring()
    house.clock.pass_time(minutes=1)
    Posts(house).send()
    assert house.row(CONFIRMED).state == SENT
    hung._keep([(taken.letter, Refused("SMTP 452", Delivery.RETURNED))])
    house.ring()
    assert [row.state for row in rows(house)] == [SENT] and contacts(house) == {}


def test_a_receipt_of_no_letter_of_ours_is_forgotten_after_an_hour(house: NotificationsHouse, posts: Posts) -> None:
    receive_receipt(house.service, "http", ref="another's", name="", delivery=Delivery.DEAD, detail="")
    for _look in range(70):
        house.ring()
        assert kept(house) <= 1
        house.clock.pass_time(minutes=1)
    assert kept(house) == 0 and house.row(CONFIRMED).state == SENT


def test_of_several_providers_the_one_that_took_it_tells(house: NotificationsHouse) -> None:
    house.announce()
    house.book(**BY_SMS)
    busy, free = Post(name="brevo", script=[NotNow("HTTP 429")]), Post(name="ovh", script=[Accepted("4242")])
    house.send(sms=InTurn([busy, free]))
    assert house.row(CONFIRMED).provider == "ovh"
    tell(house, Delivery.DELIVERED, house.row(CONFIRMED))
    assert house.row(CONFIRMED).state == DELIVERED


def test_a_receipt_of_another_provider_with_the_same_name_tells_nothing(house: NotificationsHouse) -> None:
    house.announce()
    house.book(**BY_SMS)
    Posts(house).send()
    receive_receipt(house.service, "ovh", ref="sms-0", name="", delivery=Delivery.DELIVERED, detail="")
    hear_receipts(house.service, LINKS)
    assert house.row(CONFIRMED).state == SENT


@pytest.mark.parametrize("delivery", [Delivery.DELIVERED, Delivery.DEAD])
def test_a_receipt_settles_a_reminder_of_unknown_fate(house: NotificationsHouse, delivery: Delivery) -> None:
    house.announce()
    house.book(**BY_EMAIL_ONLY)
    posts = Posts(house)
    posts.send()
    house.clock.at = REMINDER_AT
    house.ring()
    posts.email.script = [Unknown("time-out")]
    posts.send()
    assert house.row(REMINDER).state == LetterState.FAILED
    tell(house, delivery, house.row(REMINDER))
    row = house.row(REMINDER)
    assert row.state == (DELIVERED if delivery is Delivery.DELIVERED else RETURNED) and row.sent_at == REMINDER_AT


def test_a_letter_that_has_arrived_is_not_repeated(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    posts = Posts(house)
    posts.email.script = [Unknown("time-out")]
    posts.send()
    assert house.row(CONFIRMED).state == LetterState.DUE
    tell(house, Delivery.DELIVERED, house.row(CONFIRMED))
    house.clock.pass_time(minutes=5)
    posts.send()
    assert (house.row(CONFIRMED).state, len(posts.left)) == (DELIVERED, 1)


def test_after_a_sender_died_its_letters_receipt_settles_it(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    with house.service.work() as work:
        take(work, LINKS, 5, {Channel.EMAIL: Post(name="smtp")})
    tell(house, Delivery.DELIVERED, house.row(CONFIRMED))
    for _second in range(70):
        house.clock.pass_time(seconds=1)
        house.ring()
    assert house.row(CONFIRMED).state == DELIVERED


ADA = PersonNotice(
    thing="ada",
    revision=1,
    name="Ada",
    email=EMAIL,
    phone=None,
    language="fr",
    asked=(AskedToCook(sitting="lunch", call="1", until=STARTS_AT - timedelta(hours=4), link="http://x/cook/secret"),),
)


@pytest.mark.parametrize("of_the_call", [True, False])
def test_who_calls_a_letter_spam_is_called_to_cook_no_more(
    house: NotificationsHouse, posts: Posts, of_the_call: bool
) -> None:
    house.hear(ADA)
    posts.send()
    row = house.row(LetterKind.COOK_CALL, None) if of_the_call else house.row(CONFIRMED)
    tell(house, Delivery.COMPLAINED, row)
    said = {(one.person or one.booking, one.answer) for one in house.said(GuestReply)}
    thanks = set() if of_the_call else {("camille", GuestAnswer.NO_MORE_THANKS)}
    assert said == {("ada", GuestAnswer.NO_MORE_CALLS), *thanks}
    assert house.said(ContactState) == [], "news of bookings still goes there"
    with house.service.read() as conn:
        state = conn.scalar(sa.select(letter.c.state).where(letter.c.key == row.key))
    assert state == LetterState.COMPLAINED


def test_what_was_kept_is_applied_by_whoever_is_up_again(database_of: Callable[[str], str], clock: SetClock) -> None:
    env = {"NOTIFICATIONS_DATABASE_URL": database_of("notifications"), **SETTINGS}
    before = NotificationsHouse(assemble(env, clock=clock), clock)
    before.announce()
    before.book()
    Posts(before).send()
    tell(before, Delivery.DEAD, before.row(CONFIRMED), hear=False)
    before.service.database.dispose()
    after = NotificationsHouse(assemble(env, clock=clock), clock)
    after.ring()
    assert [row.state for row in rows(after)] == [RETURNED, LetterState.DUE]
    after.service.database.dispose()


def test_what_comes_back_after_the_key_was_replaced_is_known_under_both(
    database_of: Callable[[str], str], clock: SetClock
) -> None:
    env = {"NOTIFICATIONS_DATABASE_URL": database_of("notifications"), **SETTINGS}
    before = NotificationsHouse(assemble(env, clock=clock), clock)
    before.announce()
    before.book()
    Posts(before).send()
    tell(before, Delivery.DEAD, before.row(CONFIRMED), hear=False)
    both_keys = f"a-newer-key-for-tests-of-enough-characters,{SETTINGS['SECRET_KEYS']}"
    both = NotificationsHouse(assemble({**env, "SECRET_KEYS": both_keys}, clock=clock), clock)
    both.ring()
    marks = Links(both.settings.secret_keys).marks(CONTACT, EMAIL)
    assert {one.thing for one in both.said(ContactState) if one.lost} == set(marks)
    for house in (before, both):
        house.service.database.dispose()


def _is_last(key: str) -> bool:
    """Whether contacts under this key are looked at after those under the old one."""
    return Links((key,)).mark(CONTACT, EMAIL) > LINKS.mark(CONTACT, EMAIL)


def test_an_address_known_under_two_keys_is_tried_again_at_once(
    database_of: Callable[[str], str], clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few contacts are looked at in one go: else what came back never leaves once more."""
    monkeypatch.setattr("services.notifications.use_cases.reach_again.AT_ONCE", 1)
    env = {"NOTIFICATIONS_DATABASE_URL": database_of("notifications"), **SETTINGS}
    before = NotificationsHouse(assemble(env, clock=clock), clock)
    before.announce()
    before.book(**BY_EMAIL_ONLY)
    Posts(before).send()
    tell(before, Delivery.RETURNED, before.row(CONFIRMED), hear=False)
    old = SETTINGS["SECRET_KEYS"]
    newer = next(
        key for key in map("{}-newer-key-for-tests-of-enough-characters".format, "abcdefghij") if _is_last(key)
    )
    both = NotificationsHouse(assemble({**env, "SECRET_KEYS": f"{newer},{old}"}, clock=clock), clock)
    both.ring()
    assert len(both.said(ContactState)) == 2
    clock.pass_time(days=2, seconds=1)
    for _contact in range(2):
        both.ring()
    assert [row.again_of for row in rows(both)] == [None, rows(both)[0].key]
    for house in (before, both):
        house.service.database.dispose()


def test_a_receipt_that_breaks_something_holds_up_no_other(house: NotificationsHouse, posts: Posts) -> None:
    house.book("sam", **BY_SMS)
    posts.send()
    with house.service.database.begin() as conn:
        conn.execute(sa.update(letter).where(letter.c.booking == "sam").values(channel="a pigeon"))
    tell(house, Delivery.DEAD, house.row(CONFIRMED, "sam"), hear=False)
    tell(house, Delivery.DELIVERED, house.row(CONFIRMED))
    assert (house.row(CONFIRMED).state, kept(house)) == (DELIVERED, 0)


TOLD = st.lists(st.tuples(st.sampled_from(Delivery), st.integers(0, 1)), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TOLD, st.randoms(use_true_random=False))
def test_any_order_of_receipts_ends_in_the_same_fate_with_one_other_letter_at_most(
    house: NotificationsHouse, told: list[tuple[Delivery, int]], chance: Any
) -> None:
    """`told`: what is told of the confirmation, and of what left instead of it."""
    house.announce()
    fates = []
    for number, order in enumerate((told, [*told, *told])):
        if number:
            chance.shuffle(order)
        booking = f"guest-{house._next('guest', '')}"
        house.book(booking, email=f"{booking}@example.org", phone=f"+3363998{house._next('phone', ''):04}")
        posts = Posts(house)
        posts.send()
        house.clock.pass_time(seconds=1)
        for delivery, which in order:
            mine = rows(house, booking=booking)
            if which < len(mine):
                tell(house, delivery, mine[which])
            posts.send()
        mine = rows(house, booking=booking)
        assert len(mine) <= 2 and len(posts.left) == len(mine)
        fates.append(mine[0].state)
    assert fates[0] == fates[1]


def test_a_letter_of_which_nobody_knows_whither_it_went_goes_no_other_way(
    house: NotificationsHouse, posts: Posts
) -> None:
    with house.service.work() as work:
        work.conn.execute(sa.update(letter).values(addressee=None))
    tell(house, Delivery.DEAD, rows(house)[0])
    posts.send()
    assert posts.left == [("email", EMAIL)]
