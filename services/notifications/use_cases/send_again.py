"""A host has a letter sent again: as a new letter with a key of its own, and who asked for it is noted."""

from services.notifications.domain.again import MOST, Refusal, again, key_of, may_have_arrived, refusal
from services.notifications.domain.plan import channel_of
from services.notifications.domain.staff import Staff
from services.notifications.store import facts, letters, looking
from services.notifications.use_cases.look_at_letters import NoSuchLetter, is_theirs
from services.notifications.use_cases.reach import load_bookings
from shared.links import Links
from shared.logs import get_logger
from shared.messaging.service import Service

log = get_logger(__name__)


class NotSentAgain(Exception):
    """It is not sent again, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class ChangedMeanwhile(Exception):
    """Somebody else had it sent again just now."""


class NotConfirmed(Exception):
    """It may have arrived, and who asks has not said that they know."""


class NotAllowed(Exception):
    """They may see it, but not have it sent again."""


def send_again(service: Service, links: Links, staff: Staff, key: str, *, number: int, confirmed: bool) -> str:
    """Send it as the `number`th again, which counts a press of the button once. Returns the key of the new letter.

    Raises NoSuchLetter, NotAllowed, ChangedMeanwhile, NotConfirmed, NotSentAgain.
    """
    with service.work() as work:
        looking.lock(work.conn, key)
        seen = looking.find(work.conn, [key]).get(key)
        if seen is None or not is_theirs(staff, seen):
            raise NoSuchLetter
        if not staff.may_send_again(seen.cantine.slug if seen.cantine else None):
            raise NotAllowed
        one = seen.letter
        found = looking.find(work.conn, [key_of(one, each) for each in range(1, MOST + 1)])
        earlier = [each.letter for each in found.values()]
        booking = load_bookings(work.conn, links, [one.booking or ""]).get(one.booking or "")
        sitting = facts.load_sittings(work.conn, [one.sitting or ""]).get(one.sitting or "")
        why_not = refusal(one, earlier, booking, sitting, work.now)
        if number != len(earlier) + 1:
            raise ChangedMeanwhile
        if why_not:
            raise NotSentAgain(why_not)
        if any(map(may_have_arrived, (one, *earlier))) and not confirmed:
            raise NotConfirmed
        new = again(one, number, staff.id, work.now, (booking and channel_of(booking)) or one.channel)
        letters.write_once(work.conn, [new])
    service.bell.ring()
    log.info("A letter is sent again.", kind=one.kind, by=staff.id, correlation=one.correlation)
    return new.key
