"""The meals that partners may have in a month: how many of them are left to a sitting about which is decided.

What a partner has is the sum of what its bookings have taken of the sittings of the month. The row of (partner, month)
is locked meanwhile, so that two sittings which are decided at once do not both give the last meal. Lowering what is
taken needs no lock: at worst a meal that comes free is noticed a moment later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from services.capacity.domain.claims import Claim
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store import claims as claim_store
from services.capacity.store import partner_months
from services.capacity.store import sittings as sitting_store

Month = tuple[str, date]  # of a cantine (by slug), by its first day


class Quotas:
    """What the partners have in these months, as of now and with what is decided meanwhile."""

    def __init__(self, conn: Connection, wanted: Iterable[tuple[PlannedSitting, Iterable[str | None]]]) -> None:
        """Make ready for sittings, each with the kinds of booking to which it may give seats. The sittings and the
        claims are to be locked before.
        """
        months: dict[Month, set[str]] = {}
        for planned, kinds in wanted:
            if limited := _limited(planned, kinds):
                months.setdefault(_month(planned), set()).update(limited)
        partner_months.lock(conn, [(partner, month[1]) for month, partners in months.items() for partner in partners])
        self._months = {month: _taken(conn, month) for month in months}

    def allowed(self, planned: PlannedSitting) -> PlannedSitting:
        """The sitting with what its partners may have of it."""
        taken = self._months.get(_month(planned))
        if taken is None:
            return planned
        partners = (one for one in planned.seating.kitchen.partners if one.monthly is not None)
        elsewhere = [by_kind for sitting, by_kind in taken.items() if sitting != planned.id]
        allowances = {
            one.id: (one.monthly or 0) - sum(by_kind.get(one.id, 0) for by_kind in elsewhere) for one in partners
        }
        return replace(planned, seating=replace(planned.seating, allowances=allowances))

    def note(self, planned: PlannedSitting) -> None:
        """This was decided of a sitting."""
        if (taken := self._months.get(_month(planned))) is not None:
            taken[planned.id] = planned.seating.taken_by


def allowed(conn: Connection, planned: PlannedSitting, claims: Iterable[Claim]) -> PlannedSitting:
    """One sitting with what its partners may have of it, if it may give seats to these claims."""
    return Quotas(conn, [(planned, [claim.kind for claim in claims])]).allowed(planned)


def left_for_good(conn: Connection, planned: PlannedSitting, partners: Iterable[str | None]) -> dict[str, int]:
    """How many meals each of these partners (by id) could still have in the month if nobody said yes to an offer.
    Those whose meals are not limited are left out.
    """
    cantine, first = _month(planned)
    monthly = {one.id: one.monthly for one in planned.seating.kitchen.partners if one.monthly is not None}
    return {
        partner: max(0, monthly[partner] - claim_store.held_by(conn, partner, cantine, first, _following(first)))
        for partner in sorted(monthly.keys() & set(partners))
    }


def _limited(planned: PlannedSitting, kinds: Iterable[str | None]) -> set[str]:
    limited = {one.id for one in planned.seating.kitchen.partners if one.monthly is not None}
    return limited & set(kinds) if limited else limited


def _month(planned: PlannedSitting) -> Month:
    return planned.cantine, planned.date.replace(day=1)


def _taken(conn: Connection, month: Month) -> dict[str, Mapping[str, int]]:
    cantine, first = month
    return dict(sitting_store.taken_in(conn, cantine, first, _following(first)))


def _following(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
