"""How booking tells capacity what became of its calls for cooks: counts, no names."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from services.booking.domain.cook_calls import CalledFor
from services.booking.store import cook_calls
from shared.contracts.cook_call import CookReplies
from shared.messaging.service import UnitOfWork

LIVE = timedelta(days=30)  # after the end of a call


def say_replies(work: UnitOfWork, sittings: Collection[str]) -> None:
    """Count anew what became of the calls for these sittings, and tell capacity."""
    for call in cook_calls.lock(work.conn, sittings).values():
        _say(work, call, call.told)


def say_all_replies(work: UnitOfWork) -> int:
    """Say again how many replied to the calls of the last month. Returns how many calls."""
    sittings = cook_calls.since(work.conn, work.now - LIVE)
    say_replies(work, sittings)
    return len(sittings)


def say_replies_above(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Capacity keeps higher revisions of these counts than we have: go above them and say them again."""
    for call in cook_calls.lock(work.conn, list(kept)).values():
        _say(work, call, max(call.told, kept[call.sitting]))


def _say(work: UnitOfWork, call: CalledFor, above: int) -> None:
    told = work.next_revision(above)
    cook_calls.note_told(work.conn, call.sitting, told)
    counted = cook_calls.count(work.conn, call)
    work.say(
        CookReplies(
            thing=call.sitting,
            revision=told,
            call=call.call,
            asked=counted.asked,
            coming=counted.coming,
            declined=counted.declined,
        )
    )
