"""Capacity has answered: this decides what became of the bookings."""

from collections.abc import Sequence

from services.booking.domain.booking import Booking, is_refused
from services.booking.domain.standing import adopt, hear, tell
from services.booking.store import bookings, forgetting, needs
from services.booking.use_cases.check_in import count_anew
from services.booking.use_cases.say_replies import say_replies
from services.booking.use_cases.voice import Voice
from shared.contracts.booking import Origin
from shared.contracts.seats import SeatsAnswer
from shared.messaging.service import UnitOfWork


def hear_answers(work: UnitOfWork, voice: Voice, answers: Sequence[SeatsAnswer]) -> None:
    """Keep the answers, and tell notifications about the bookings whose present wish is answered.

    An answer about a booking that we do not have (our database was put back to an older copy) brings it back, but not
    when its guest was forgotten.
    """
    known = bookings.lock(work.conn, [answer.thing for answer in answers])
    lost = {answer.sitting for answer in answers if answer.thing not in known}
    forgotten = forgetting.of_long_ago(work.conn, lost, work.now) if lost else set()
    changed: list[Booking] = []
    added: list[Booking] = []
    for answer in sorted(answers, key=lambda answer: answer.thing):
        before = known.get(answer.thing)
        if before is None and answer.sitting in forgotten:
            continue
        after = adopt(answer, work.now) if before is None else hear(before, answer, work.now)
        if after is before:
            continue
        after = tell(after, work.next_revision(after.notice_revision))
        (added if before is None else changed).append(after)
        if before is None or after.notice_revision != before.notice_revision:
            voice.say_notice(work, after)
    bookings.keep(work.conn, changed)
    for one in changed:
        if is_refused(one):  # nobody cooks for them: what they told of their health has no more use
            needs.forget(work.conn, one.id)
        elif one.party != known[one.id].party:
            needs.lower(work.conn, one.id, one.party)
    smaller = [one.id for one in changed if _held(one) < _held(known[one.id])]
    if smaller:
        count_anew(work, smaller)
    bookings.add(work.conn, added)
    cooks = {one.sitting for one in changed if one.origin is Origin.COOK_CALL}
    if cooks:
        say_replies(work, cooks)


def _held(booking: Booking) -> int:
    return booking.answer.held.seats if booking.answer else 0
