"""A provider that wants few letters in a second gets few, however many senders there are; the others wait unharmed."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.notifications.bootstrap import make_writer
from services.notifications.domain.letter import Channel, LetterKind, LetterState
from services.notifications.domain.rate import Rate
from services.notifications.domain.sending import Outcome, Outgoing
from services.notifications.providers.in_turn import InTurn
from services.notifications.use_cases.send_due import SendDue
from tests.services.notifications.conftest import LINKS
from tests.services.notifications.house import BY_SMS, NotificationsHouse, ScriptedProvider

A_SECOND = timedelta(seconds=1)
TEN = {"brevo": Rate(many=10, span=A_SECOND)}
GUESTS = 60


@dataclass
class Noting(ScriptedProvider):
    """Notes when it was handed each letter."""

    house: NotificationsHouse | None = None
    at: list[datetime] = field(default_factory=list)

    def send(self, outgoing: Outgoing) -> Outcome:
        assert self.house
        self.at.append(self.house.clock.at)
        return super().send(outgoing)


def sender(house: NotificationsHouse, limits: dict[str, Rate], **by: ScriptedProvider | InTurn) -> SendDue:
    return SendDue(
        house.service, LINKS, make_writer(house.settings), {Channel(name): one for name, one in by.items()}, limits
    )


def book_many(house: NotificationsHouse) -> None:
    house.announce()
    for number in range(GUESTS):
        house.book(f"guest-{number:02d}", **BY_SMS)


def busiest(at: list[datetime], span: timedelta) -> int:
    return max(sum(begin <= one < begin + span for one in at) for begin in at)


def test_three_senders_together_keep_to_the_rate_and_lose_nothing(house: NotificationsHouse) -> None:
    book_many(house)
    brevo = Noting(name="brevo", house=house)
    senders = [sender(house, TEN, sms=brevo) for _ in range(3)]
    begun = house.clock.at
    while len(brevo.received) < GUESTS:
        house.clock.pass_time(milliseconds=20)
        for one in senders:
            one.step()
        assert house.clock.at - begun < timedelta(seconds=9), "it is too slow"
    assert busiest(brevo.at, A_SECOND) <= 10
    rows = [row for number in range(GUESTS) for row in house.rows(f"guest-{number:02d}")]
    confirmations = [row for row in rows if row.kind == LetterKind.CONFIRMED]
    assert {(row.state, row.attempts, row.reason) for row in confirmations} == {(LetterState.SENT, 1, None)}
    assert [outgoing.key for outgoing in brevo.received] == sorted(outgoing.key for outgoing in brevo.received)


def test_many_senders_at_the_same_moment_share_the_permits(house: NotificationsHouse) -> None:
    book_many(house)
    brevo = Noting(name="brevo", house=house)
    senders = [threading.Thread(target=sender(house, TEN, sms=brevo).step) for _ in range(4)]
    for one in senders:
        one.start()
    for one in senders:
        one.join(timeout=60)
    assert 1 <= len(brevo.received) <= TEN["brevo"].at_once


def test_e_mails_do_not_wait_for_text_messages(house: NotificationsHouse) -> None:
    book_many(house)
    house.clock.pass_time(seconds=1)
    house.book("camille")
    brevo, smtp = Noting(name="brevo", house=house), ScriptedProvider(name="smtp")
    one = sender(house, TEN, sms=brevo, email=smtp)
    while one.step():
        pass
    assert len(smtp.received) == 1
    assert len(brevo.received) == TEN["brevo"].at_once
    assert one.pause and one.pause < 0.2
    assert house.letters("guest-59")[LetterKind.CONFIRMED] is LetterState.DUE


def test_of_several_in_turn_the_slowest_sets_the_pace(house: NotificationsHouse) -> None:
    book_many(house)
    brevo, ovh = Noting(name="brevo", house=house), Noting(name="ovh", house=house)
    limits = {**TEN, "ovh": Rate(many=1, span=A_SECOND)}
    one = sender(house, limits, sms=InTurn([brevo, ovh]))
    while one.step():
        pass
    assert (len(brevo.received), len(ovh.received)) == (1, 0)


def test_without_a_rate_nothing_is_asked_and_nothing_waits(house: NotificationsHouse) -> None:
    book_many(house)
    brevo = Noting(name="brevo", house=house)
    one = sender(house, {"smtp": Rate(many=1, span=A_SECOND)}, sms=brevo)
    while one.step():
        pass
    assert len(brevo.received) == GUESTS
    assert one.pause is None


def test_a_letter_that_is_late_when_its_turn_comes_is_dropped_as_ever(house: NotificationsHouse) -> None:
    book_many(house)
    brevo = Noting(name="brevo", house=house)
    one = sender(house, {"brevo": Rate(many=1, span=timedelta(hours=1))}, sms=brevo)
    one.step()
    house.clock.pass_time(days=4)
    for _ in range(GUESTS):
        one.step()
    assert len(brevo.received) == 1
    assert house.row(LetterKind.CONFIRMED, "guest-59").reason == "too late to be useful"
