"""Which letters should exist for a booking: a pure rule, run when anything is heard and again before sending.

A standing letter is wanted once for each (booking, kind, news). A reminder is wanted once for each time of the meal,
and not at all if the booking is confirmed after its moment: the confirmation has just said it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import (
    AFTER_THE_MEAL,
    NO_WAY,
    NOT_WANTED,
    TOLD,
    TOO_LATE,
    Channel,
    Letter,
    LetterKind,
    LetterState,
    time_told,
)
from services.notifications.domain.persons import may_leave_at
from shared.contracts.booking import Attended, BookingStatus
from shared.contracts.seats import Why
from shared.quiet_hours import awake

MORNING_AT = time(8, 0)  # local, when nights are over
SETTLES_IN = timedelta(minutes=2)  # a meal that was moved by mistake is moved again in this time
HURRIES = timedelta(hours=3)  # before a meal, or before its cooks begin: then what is new is told at any hour
THANKS_AT = time(10, 0)  # local, on the day after the meal
THANKS_UNTIL = timedelta(days=3)  # since then: a Sunday and a holiday may lie between
LEAST_NOTICE = timedelta(hours=2)  # a reminder closer to the meal than this only disturbs

_STANDING = {
    BookingStatus.REQUESTED: LetterKind.REQUESTED,
    BookingStatus.CONFIRMED: LetterKind.CONFIRMED,
    BookingStatus.WAITLISTED: LetterKind.WAITLISTED,
    BookingStatus.OFFERED: LetterKind.OFFER,
    BookingStatus.REFUSED: LetterKind.FULL,
    BookingStatus.CANCELLED: LetterKind.CANCELLED_BY_GUEST,
}
_WORDS = {Attended.CAME: LetterKind.THANKS, Attended.ABSENT: LetterKind.MISSED}
_REMINDS = {LetterKind.REMINDER, LetterKind.MORNING}


def plan(booking: Booking, sitting: Sitting, letters: Sequence[Letter], now: datetime) -> list[Letter]:
    """The letters of a booking that must be written down: new ones, changed ones, dropped ones (with the reason)."""
    known = {letter.key: letter for letter in letters}
    wanted = {letter.key: letter for letter in _wanted(booking, sitting, letters, now) if now <= letter.latest_at}
    dropped = [
        replace(letter, state=LetterState.DROPPED, reason=TOO_LATE if now > letter.latest_at else NOT_WANTED)
        for letter in letters
        if letter.waits and letter.key not in wanted and not _is_sent_again(letter, booking, sitting, now)
    ]
    return [*dropped, *_differing(known, wanted.values())]


def still_true(letter: Letter, booking: Booking, sitting: Sitting) -> bool:
    """Whether what a letter about a booking told, or would have, is still so."""
    if letter.kind is LetterKind.CANCELLED_BY_CANTINE or _cancelled_by_cantine(booking, sitting):
        return letter.kind is LetterKind.CANCELLED_BY_CANTINE and _cancelled_by_cantine(booking, sitting)
    if letter.kind in AFTER_THE_MEAL:
        return any(one.kind is letter.kind for one in _after_the_meal(booking, sitting, (), letter.due_at))
    if letter.kind in {LetterKind.MOVED} | _REMINDS:
        return booking.status is BookingStatus.CONFIRMED and letter.starts_at == sitting.starts_at
    if booking.status is BookingStatus.REQUESTED and not booking.unanswered:
        return False
    return (letter.again_of or letter.key) == f"{booking.id}:{_standing_kind(booking)}:{booking.news}"


def channel_of(booking: Booking) -> Channel | None:
    """How a guest is written to: by e-mail where that reaches them, unless they prefer SMS; None if there is no way."""
    email = booking.email and Channel.EMAIL not in booking.lost
    sms = booking.phone and Channel.SMS not in booking.lost
    if email and not (booking.by_sms and sms):
        return Channel.EMAIL
    return Channel.SMS if sms else None


def reminder_at(sitting: Sitting) -> datetime:
    """When the cantine reminds its guests, on its clock: 16:00 on the day before, if it has not chosen (UTC)."""
    cantine = sitting.cantine
    return _local(sitting, sitting.date - timedelta(days=cantine.reminder_days), cantine.reminder_at)


def reminder_until(booking: Booking, sitting: Sitting) -> datetime:
    """Until when a reminder is useful (UTC): cooks until cooking starts, others until two hours before the meal."""
    if booking.party.cooks:
        return _local(sitting, sitting.date, sitting.cooking_starts)
    return sitting.starts_at - LEAST_NOTICE


def held_back(letter: Letter, booking: Booking, sitting: Sitting, now: datetime) -> Letter | None:
    """A letter as it waits for a better hour, if it may not leave now; None if it may. A reminder makes no telephone
    ring in quiet hours, and a word after the meal keeps the hours of solicitations.
    """
    channel = Channel.SMS if letter.kind is LetterKind.MORNING else channel_of(booking)
    if letter.kind in AFTER_THE_MEAL:
        leaves_at = may_leave_at(channel or Channel.EMAIL, sitting.cantine.zone, now)
    elif letter.kind in _REMINDS and channel is Channel.SMS:
        leaves_at = awake(now, sitting.cantine.zone)
    else:
        return None
    return replace(letter, state=LetterState.PLANNED, due_at=leaves_at) if leaves_at > now else None


def in_decent_hours(booking: Booking, sitting: Sitting, now: datetime) -> datetime:
    """When to write what may wait for the morning (UTC): at once, but nobody's telephone rings in quiet hours."""
    return now if channel_of(booking) is Channel.EMAIL else awake(now, sitting.cantine.zone)


def offer_at(booking: Booking, sitting: Sitting, until: datetime, now: datetime) -> datetime:
    """When a guest is asked whether they still want to come (UTC): at once, but nobody's telephone rings in quiet
    hours, unless the offer ends with them.
    """
    begin = in_decent_hours(booking, sitting, now)
    return begin if begin < until else now


def in_time(booking: Booking, sitting: Sitting, now: datetime) -> datetime:
    """When to tell what its reader does not wait for (UTC): in decent hours, but at once if those are near the meal."""
    tell_at = in_decent_hours(booking, sitting, now)
    begins_at = _local(sitting, sitting.date, sitting.cooking_starts) if booking.party.cooks else sitting.starts_at
    return tell_at if begins_at - tell_at >= HURRIES else now


def _wanted(booking: Booking, sitting: Sitting, letters: Sequence[Letter], now: datetime) -> Iterator[Letter]:
    write = partial(_letter, booking, sitting, now)
    if _cancelled_by_cantine(booking, sitting):
        yield write(LetterKind.CANCELLED_BY_CANTINE, "once")
        return
    if booking.status is BookingStatus.REQUESTED:
        if booking.unanswered and not booking.quiet:
            due_at = in_decent_hours(booking, sitting, now)
            yield write(LetterKind.REQUESTED, str(booking.news), due_at=due_at)
        return
    if booking.why is Why.OFFER_DECLINED:  # who says no knows it
        return
    if booking.status is BookingStatus.OFFERED and booking.offer_until and not booking.quiet:
        ask_at = offer_at(booking, sitting, booking.offer_until, now)
        yield write(LetterKind.OFFER, str(booking.news), due_at=ask_at, latest_at=booking.offer_until)
        return
    told_at = in_time(booking, sitting, now) if _is_a_surprise(booking, letters) else now
    standing = write(_standing_kind(booking), str(booking.news), due_at=told_at)
    if not booking.quiet:
        yield standing
    if booking.status is not BookingStatus.CONFIRMED:
        return
    yield from _after_the_meal(booking, sitting, letters, now)
    yield from _moved(booking, sitting, letters, now)
    reminder = write(
        LetterKind.REMINDER,
        _stamp(sitting.starts_at),
        due_at=reminder_at(sitting),
        latest_at=reminder_until(booking, sitting),
    )
    if not booking.reminders or booking.quiet:
        return
    for one in (reminder, *_on_the_morning(booking, sitting, write)):
        if one.due_at > now or any(letter.key == one.key and (letter.waits or letter.no_way) for letter in letters):
            yield one


def _is_a_surprise(booking: Booking, letters: Sequence[Letter]) -> bool:
    """Whether what is new comes from others, and not of what the guest has just done: their turn came, or passed."""
    if booking.why is Why.OFFER_EXPIRED:
        return True
    told = [one for one in letters if one.state in TOLD and one.kind in _STANDING.values()]
    return bool(told) and max(told, key=lambda one: one.told_at).kind is LetterKind.WAITLISTED


def _moved(booking: Booking, sitting: Sitting, letters: Sequence[Letter], now: datetime) -> Iterator[Letter]:
    """That the meal is at another time than its guest was last told. It waits a moment, for a host who moves a meal by
    mistake moves it again; but not near the meal.
    """
    last = time_told(letters)
    if last is None or last == sitting.starts_at:
        return
    told = [one for one in letters if one.state in TOLD]
    standing = f"{booking.id}:{_standing_kind(booking)}:{booking.news}"
    if not (booking.quiet or any((one.again_of or one.key) == standing for one in told)):
        return
    moves = sum(one.kind is LetterKind.MOVED for one in told)
    hurries = min(last, sitting.starts_at) - now < HURRIES
    due_at = now if hurries else max(now + SETTLES_IN, in_time(booking, sitting, now))
    moved = _letter(booking, sitting, now, LetterKind.MOVED, f"{_stamp(sitting.starts_at)}:{moves}", due_at=due_at)
    waits = [one.due_at for one in letters if one.key == moved.key and one.state is LetterState.PLANNED]
    yield replace(moved, due_at=min([due_at, *waits]))


def _after_the_meal(booking: Booking, sitting: Sitting, letters: Sequence[Letter], now: datetime) -> Iterator[Letter]:
    """A word on the day after, to who wished for one and still has a way to get it: one of the two kinds, once."""
    channel = channel_of(booking)
    kind = _WORDS.get(booking.attended) if booking.attended else None
    if kind is None or channel is None or booking.quiet or not sitting.cantine.thanks:
        return
    if any(one.kind in AFTER_THE_MEAL - {kind} and one.state in TOLD for one in letters):
        return
    at = _local(sitting, sitting.date + timedelta(days=1), THANKS_AT)
    due_at = may_leave_at(channel, sitting.cantine.zone, max(at, now))
    yield _letter(booking, sitting, now, kind, "once", due_at=due_at, latest_at=at + THANKS_UNTIL)


def _on_the_morning(booking: Booking, sitting: Sitting, write: Callable[..., Letter]) -> tuple[Letter, ...]:
    """One more reminder, by SMS, where the cantine offers it and the guest wishes it."""
    reached = booking.phone and Channel.SMS not in booking.lost
    if not (booking.morning_sms and reached and sitting.cantine.morning_sms):
        return ()
    due_at, latest_at = _local(sitting, sitting.date, MORNING_AT), reminder_until(booking, sitting)
    letter = write(LetterKind.MORNING, _stamp(sitting.starts_at), due_at=due_at, latest_at=latest_at)
    return (replace(letter, channel=Channel.SMS),)


def _is_sent_again(letter: Letter, booking: Booking, sitting: Sitting, now: datetime) -> bool:
    """Whether a letter that staff asked to be sent again should still leave."""
    return letter.again_of is not None and now <= letter.latest_at and still_true(letter, booking, sitting)


def _letter(
    booking: Booking,
    sitting: Sitting,
    now: datetime,
    kind: LetterKind,
    once_for: str,
    *,
    due_at: datetime | None = None,
    latest_at: datetime | None = None,
) -> Letter:
    channel = channel_of(booking)
    waiting = LetterState.PLANNED if due_at and due_at > now else LetterState.DUE
    return Letter(
        key=f"{booking.id}:{kind}:{once_for}",
        kind=kind,
        booking=booking.id,
        sitting=sitting.id,
        channel=channel or Channel.EMAIL,
        state=waiting if channel else LetterState.FAILED,
        reason=None if channel else NO_WAY,
        due_at=due_at or now,
        latest_at=latest_at or sitting.starts_at,
    )


def _standing_kind(booking: Booking) -> LetterKind:
    kind = _STANDING[booking.status]
    if booking.why is Why.OFFER_EXPIRED:
        return LetterKind.OFFER_PASSED
    return LetterKind.CHANGE_REFUSED if kind is LetterKind.CONFIRMED and booking.why else kind


def _cancelled_by_cantine(booking: Booking, sitting: Sitting) -> bool:
    """Whether the cantine owes this guest word that the meal is off: not those who had cancelled or had no place."""
    if booking.status is BookingStatus.REFUSED:
        return booking.why is Why.SITTING_CANCELLED
    return sitting.cancelled and booking.status is not BookingStatus.CANCELLED


def _differing(known: Mapping[str, Letter], wanted: Iterable[Letter]) -> Iterator[Letter]:
    for letter in wanted:
        old = known.get(letter.key)
        if old is None:
            yield letter
        elif old.may_return and (old.state, old.reason) != (letter.state, letter.reason):
            yield replace(letter, attempts=old.attempts)
        elif old.waits and (fresh := _refreshed(old, letter)) != old:
            yield fresh


def _refreshed(old: Letter, wanted: Letter) -> Letter:
    """A waiting letter with the present facts; one that waits for another attempt keeps its time."""
    if wanted.reason == NO_WAY:
        return wanted
    due_at = wanted.due_at if old.state is LetterState.PLANNED else old.due_at
    return replace(old, channel=wanted.channel, due_at=due_at, latest_at=wanted.latest_at)


def _local(sitting: Sitting, day: date, at: time) -> datetime:
    return datetime.combine(day, at, sitting.zone).astimezone(UTC)


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%MZ}"
