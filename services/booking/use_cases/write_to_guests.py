"""A host writes once to everybody of a meal; who cannot be written to stands on the list for the telephone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.booking.domain.errors import AlreadySent, MealCancelled, NobodyToWriteTo, UnknownMeal
from services.booking.domain.host_messages import Addressed, HostMessage, addressed, sms_parts, tidy_words
from services.booking.domain.once import Once
from services.booking.domain.sittings import check_not_begun
from services.booking.domain.staff import Staff
from services.booking.store import bookings, host_messages, sittings
from services.booking.store import staff as staff_store
from services.booking.use_cases.reach import lost_among
from shared.contracts.host_message import Audience
from shared.contracts.host_message import HostMessage as HostMessageSaid
from shared.contracts.sitting import SittingNotice, SittingStatus
from shared.links import Links
from shared.messaging.service import Service, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What would be sent now: the words, to whom, and as how many SMS to each who gets one."""

    words: str
    to: Addressed
    parts: int


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written before: by whom (a name; None: they have left), and to how many it is said, of how many."""

    message: HostMessage
    by: str | None
    to_say: int
    said: int


def look_at_messages(service: Service, staff: Staff, sitting_id: str) -> tuple[SittingNotice, list[Written], datetime]:
    """A meal of theirs, what was written to its guests, latest first, and the present instant. Raises UnknownMeal."""
    with service.read() as conn:
        sitting = _theirs(sittings.find(conn, sitting_id), staff)
        written = [_written(conn, one) for one in host_messages.of_sitting(conn, sitting_id)]
        return sitting, written, service.clock.now(conn)


def preview(
    service: Service, staff: Staff, sitting_id: str, audience: Audience, text: str, *, links: Links, sms: bool
) -> Draft:
    """What would be sent.

    Raises UnknownMeal, MealCancelled, MealBegun, NobodyToWriteTo; InvalidInput for words that cannot be sent.
    """
    with service.read() as conn:
        sitting = _open(sittings.find(conn, sitting_id), staff, service.clock.now(conn))
        to = _addressed(conn, links, sitting_id, audience, sms=sms)
    return _draft(sitting, to, text)


def write_to_guests(
    work: UnitOfWork,
    staff: Staff,
    sitting_id: str,
    text: str,
    once: Once,
    *,
    audience: Audience,
    urgent: bool,
    links: Links,
    sms: bool,
) -> Draft:
    """Send it: to those who are in the audience now, once for each key. Raises as `preview`, and AlreadySent."""
    sitting = _open(sittings.find(work.conn, sitting_id), staff, work.now)
    draft = _draft(sitting, _addressed(work.conn, links, sitting_id, audience, sms=sms), text)
    message = HostMessage(
        id=once.key,
        sitting=sitting_id,
        audience=audience,
        words=draft.words,
        urgent=urgent,
        by=staff.id,
        written_at=work.now,
        revision=work.next_revision(),
        people=draft.to.by_letter,
    )
    if not host_messages.add(work.conn, message):
        raise AlreadySent(message.id)
    host_messages.add_calls(work.conn, message.id, draft.to.by_voice)
    _say(work, message, sitting)
    return draft


def say_all_messages(work: UnitOfWork) -> int:
    """Say again what was written to the guests of meals to come. Returns how many messages."""
    messages = host_messages.of_meals_to_come(work.conn, work.now)
    meals = sittings.some(work.conn, {one.sitting for one in messages})
    for one in messages:
        _say(work, one, meals[one.sitting])
    return len(messages)


def leave_messages(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Notifications keeps what was written: nobody is written to again."""


def _addressed(conn: Connection, links: Links, sitting_id: str, audience: Audience, *, sms: bool) -> Addressed:
    booked = bookings.of_sittings(conn, [sitting_id]).get(sitting_id, [])
    lost = lost_among(conn, links, lambda: bookings.addresses_at(conn, [sitting_id]))
    return addressed(booked, audience, sms=sms, lost=lost)


def _written(conn: Connection, one: HostMessage) -> Written:
    writer = staff_store.find(conn, one.by)
    to_say, said = host_messages.to_say(conn, one.id)
    return Written(message=one, by=writer.name if writer else None, to_say=to_say, said=said)


def _say(work: UnitOfWork, one: HostMessage, sitting: SittingNotice) -> None:
    if one.people:
        work.say(
            HostMessageSaid(
                thing=one.id,
                revision=one.revision,
                sitting=one.sitting,
                audience=one.audience,
                words=one.words,
                urgent=one.urgent,
                written_at=one.written_at,
                useful_until=sitting.starts_at,
                people=one.people,
            )
        )


def _draft(sitting: SittingNotice, to: Addressed, text: str) -> Draft:
    words = tidy_words(text)
    if not to.total:
        raise NobodyToWriteTo
    return Draft(words=words, to=to, parts=sms_parts(sitting.cantine.name, words) if to.by_sms else 0)


def _theirs(sitting: SittingNotice | None, staff: Staff) -> SittingNotice:
    if sitting is None or not staff.looks_after(sitting.cantine.slug):
        raise UnknownMeal
    return sitting


def _open(sitting: SittingNotice | None, staff: Staff, now: datetime) -> SittingNotice:
    """A meal of theirs whose guests can be written to."""
    meal = _theirs(sitting, staff)
    if meal.status is SittingStatus.CANCELLED:
        raise MealCancelled
    check_not_begun(meal, now)
    return meal
