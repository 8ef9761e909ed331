"""How notifications tells booking what guests answered."""

from collections.abc import Mapping

from services.notifications.store import replies
from shared.contracts.reply import GuestReply
from shared.messaging.service import Service, UnitOfWork


def say_reply(work: UnitOfWork, reply: GuestReply, *, sitting: str | None) -> None:
    """Keep an answer that is about a sitting, or none, and say it."""
    replies.keep(work.conn, reply, sitting)
    work.say(reply)


def say_all_replies(service: Service) -> int:
    """Say again what was answered about meals to come. Returns how many answers."""
    with service.work() as work:
        said = replies.of_meals_to_come(work.conn, work.now)
        for reply in said:
            work.say(reply)
    return len(said)


def leave_replies(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Booking has heard these answers: nothing is answered twice."""
