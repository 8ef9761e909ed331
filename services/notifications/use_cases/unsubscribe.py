"""Somebody wants no more of what they are written unasked: booking, where they agreed to it, is told."""

from services.notifications.domain.solicitations import Solicitation, Unsubscription
from services.notifications.store import persons
from services.notifications.use_cases.say_replies import say_reply
from shared.contracts.reply import GuestAnswer, GuestReply
from shared.messaging.service import Service, UnitOfWork

_ANSWERS = {Solicitation.COOK_CALLS: GuestAnswer.NO_MORE_CALLS}


def unsubscribe(service: Service, wish: Unsubscription) -> None:
    """Say so, as often as somebody asks. Of a person who has ended nothing is left to be said."""
    with service.work() as work:
        unsubscribe_in(work, wish)


def unsubscribe_in(work: UnitOfWork, wish: Unsubscription) -> None:
    """The same, in a unit of work."""
    if wish.person not in persons.some(work.conn, [wish.person]):
        return
    reply = GuestReply(
        thing=f"unsubscribe:{wish}",
        revision=work.next_revision(),
        answer=_ANSWERS[wish.what],
        said_at=work.now,
        person=wish.person,
    )
    say_reply(work, reply, sitting=None)
