"""A coordinator calls for cooks, or ends the call; booking asks people, and tells how many replied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection

from services.capacity.domain.cook_calls import Call, cooks_missing, ended, new_call
from services.capacity.domain.history import THE_CLOCK, by_hand
from services.capacity.domain.sittings import NoSuchSitting, PlannedSitting, SittingIsOver
from services.capacity.domain.staff import Staff
from services.capacity.store import alerts as alert_store
from services.capacity.store import cook_calls as call_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import conclude, cook_call, say_sittings
from shared.contracts.cook_call import CookReplies
from shared.messaging.service import Service, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Cooks:
    """How many cooks a sitting misses, the call for them, if there was any, and what became of it."""

    missing: int
    call: Call | None
    replies: CookReplies | None


def look_at_cooks(service: Service, one: PlannedSitting) -> Cooks:
    """What a coordinator sees of the cooks of a sitting."""
    with service.read() as conn:
        least = alert_store.places(conn, [one.cantine])[one.cantine].settings.cooks
        replies = call_store.find_replies(conn, one.id, one.call.id) if one.call else None
    return Cooks(missing=cooks_missing(one.seating, least), call=one.call, replies=replies)


def missing_at(conn: Connection, sittings: Sequence[PlannedSitting]) -> dict[str, int]:
    """How many cooks are missing at each of these, by the one rule."""
    places = alert_store.places(conn, {one.cantine for one in sittings})
    return {one.id: cooks_missing(one.seating, places[one.cantine].settings.cooks) for one in sittings}


def find_missing(service: Service, sittings: Sequence[PlannedSitting]) -> dict[str, int]:
    """The same, for a page."""
    with service.read() as conn:
        return missing_at(conn, sittings)


def call_cooks(work: UnitOfWork, sitting: str, by: Staff | None, public_url: str) -> PlannedSitting:
    """Call for the cooks that are missing, once: while a call is open, a second changes nothing. Returns the sitting.

    `by` is None for the cantine's rule.
    Raises NoSuchSitting, SittingIsOver, NobodyIsSought.
    """
    one = _lock(work, sitting)
    if one.call and one.call.is_open:
        return one
    least = alert_store.places(work.conn, [one.cantine])[one.cantine].settings.cooks
    call = new_call(uuid4().hex, one.seating, least, until=one.cooking_at, by=by.id if by else None, now=work.now)
    return _keep(work, one, call, public_url, by)


def stop_calling(work: UnitOfWork, sitting: str, by: Staff, public_url: str) -> PlannedSitting:
    """End the call for a sitting: nobody else is asked. Returns it. Raises NoSuchSitting, SittingIsOver."""
    one = _lock(work, sitting)
    if one.call is None or not one.call.is_open:
        return one
    return _keep(work, one, ended(one.call), public_url, by)


def hear_replies(work: UnitOfWork, messages: Sequence[CookReplies]) -> None:
    """Keep how many replied."""
    call_store.keep_replies(work.conn, messages)


def say_all_calls(work: UnitOfWork, since: datetime) -> int:
    """Say the calls for all sittings that start after an instant, also those that are over. Returns how many."""
    sittings = sitting_store.lock(work.conn, call_store.called_for(work.conn, since)).values()
    for one in sittings:
        work.say(cook_call(one))
    return len(sittings)


def say_calls_again(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Booking keeps higher revisions of these calls than we have: jump above them and say them again."""
    sittings = [
        replace(one, revision=work.next_revision(max(one.revision, kept[one.id])))
        for one in sitting_store.lock(work.conn, kept).values()
        if one.call
    ]
    sitting_store.save(work.conn, sittings)
    say_sittings(work, sittings)
    for one in sittings:
        work.say(cook_call(one))


def _lock(work: UnitOfWork, sitting: str) -> PlannedSitting:
    one = sitting_store.lock(work.conn, [sitting]).get(sitting)
    if one is None:
        raise NoSuchSitting
    if one.is_over(work.now):
        raise SittingIsOver
    return one


def _keep(work: UnitOfWork, one: PlannedSitting, call: Call, public_url: str, by: Staff | None) -> PlannedSitting:
    author = by_hand(by) if by else THE_CLOCK
    kept = conclude(work, [(one, one.calling(call))], [], public_url, author)[0]
    work.say(cook_call(kept))
    return kept
