"""Somebody wants no more of what they are written unasked: booking, where they agreed to it, is told."""

from dataclasses import replace

from services.notifications.domain.solicitations import Solicitation, Unsubscription
from services.notifications.store import facts, persons
from services.notifications.use_cases.say_replies import say_reply
from shared.contracts.reply import GuestAnswer, GuestReply
from shared.messaging.service import Service, UnitOfWork


def unsubscribe(service: Service, wish: Unsubscription) -> None:
    """Say so, as often as somebody asks. Of who is forgotten nothing is left to be said."""
    with service.work() as work:
        unsubscribe_in(work, wish)


def unsubscribe_in(work: UnitOfWork, wish: Unsubscription) -> None:
    """The same, in a unit of work."""
    said = GuestReply(
        thing=f"unsubscribe:{wish}", revision=work.next_revision(), answer=GuestAnswer.NO_MORE_CALLS, said_at=work.now
    )
    if wish.what is Solicitation.THANKS:
        booking = facts.load_bookings(work.conn, [wish.who]).get(wish.who)
        if booking:
            reply = replace(said, answer=GuestAnswer.NO_MORE_THANKS, booking=booking.id)
            say_reply(work, reply, sitting=booking.sitting)
    elif wish.who in persons.some(work.conn, [wish.who]):
        say_reply(work, replace(said, person=wish.who), sitting=None)
