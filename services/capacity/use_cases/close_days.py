"""A coordinator says when a cantine is closed. Meals already planned are a person's to cancel, never software's."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from services.capacity.domain.closures import Closure, NoSuchClosure, check
from services.capacity.domain.history import Author, Cause
from services.capacity.store import cantines as cantine_store
from services.capacity.store import closures as closure_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import templates as template_store
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from shared.contracts.sitting import SittingStatus
from shared.holidays import Region
from shared.messaging.service import UnitOfWork


def close_days(work: UnitOfWork, closure: Closure, cantines: Sequence[str]) -> None:
    """Close these cantines; no sittings are made for these days from now on. Raises FlawedClosure."""
    check(closure)
    for cantine in sorted(cantines):
        cantine_store.lock(work.conn, cantine)  # a meal that is being made meanwhile is there when its page is shown
        closure_store.save(work.conn, replace(closure, id=str(uuid4()), cantine=cantine))


def reopen_days(work: UnitOfWork, closure: Closure) -> None:
    """Forget a closure: the sittings that it prevented are made a moment later."""
    closure_store.remove(work.conn, closure.id)
    template_store.look_again(work.conn, [closure.cantine])


def keep_holidays_of(work: UnitOfWork, cantine: str, region: Region) -> None:
    """Say whose public holidays a cantine has."""
    closure_store.observe(work.conn, cantine, region)
    template_store.look_again(work.conn, [cantine])


def cancel_in_closure(work: UnitOfWork, closure: Closure, sittings: Sequence[str], public_url: str, by: Author) -> int:
    """Cancel the sittings of a closure that somebody chose. Returns how many. Raises NoSuchClosure or SittingIsOver.

    Only those that fall into it and still stand: the page from which they were chosen may be old.
    """
    if closure_store.find(work.conn, closure.id) is None:
        raise NoSuchClosure
    found = sitting_store.lock(work.conn, sittings).values()
    chosen = [
        one
        for one in found
        if one.cantine == closure.cantine
        and closure.covers(one.date)
        and one.seating.status is not SittingStatus.CANCELLED
        and not one.is_over(work.now)
    ]
    for one in chosen:
        cancel_sitting(work, one.id, public_url, by.through(Cause.CLOSURE))
    return len(chosen)
