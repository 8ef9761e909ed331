"""Sittings are made from the weekly meals, on a rolling horizon. Any number of relays may try: each is made once."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from services.capacity.domain.changes import found_again
from services.capacity.domain.history import THE_WEEKLY_MEAL
from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.sittings import FlawedPlan, Plan, PlannedSitting, check, new_sitting
from services.capacity.domain.templates import HORIZON, WEEK, Template, overlap
from services.capacity.store import cantines as cantine_store
from services.capacity.store import claims as claim_store
from services.capacity.store import closures as closure_store
from services.capacity.store import kitchens as kitchen_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import templates as template_store
from services.capacity.store import waiting_lists
from services.capacity.use_cases.conclude import conclude
from shared.contracts.sitting import SittingStatus
from shared.messaging.service import Service, UnitOfWork
from shared.one_by_one import one_by_one

BATCH = 100  # templates looked for at once; each is followed in a transaction of its own


def make_ahead(service: Service, public_url: str, batch: int = BATCH) -> int:
    """Make the sittings that are missing up to the horizon. Returns how many."""

    def follow(template: str) -> int:
        with service.work() as work:
            return _follow(work, template, public_url)

    return one_by_one(lambda: _due(service, batch), follow)


def _due(service: Service, limit: int) -> list[str]:
    with service.read() as conn:
        return template_store.to_make(conn, _horizon(service.clock.now(conn).astimezone(UTC).date()), limit)


def _horizon(today: date) -> date:
    return today + HORIZON


def _follow(work: UnitOfWork, template_id: str, public_url: str) -> int:
    template, horizon = template_store.lock(work.conn, template_id), _horizon(work.now.date())
    if template is None or (template.made_until is not None and template.made_until >= horizon):
        return 0  # another relay was here
    sittings = _missing(work, template, horizon)
    conclude(work, [(None, one) for one in sittings], [], public_url, THE_WEEKLY_MEAL)
    template_store.keep_made_until(work.conn, template_id, horizon)
    return len(sittings)


def _missing(work: UnitOfWork, template: Template, horizon: date) -> list[PlannedSitting]:
    """The sittings to be made: for days that are not off, on which none was made before and no other meal stands."""
    cantine = cantine_store.lock(work.conn, template.cantine)
    if cantine is None:
        return []
    kitchen = kitchen_store.usual(work.conn, cantine.slug)
    today = work.now.astimezone(ZoneInfo(cantine.zone)).date()
    exceptions = closure_store.exceptions(work.conn, [cantine.slug], today)[cantine.slug]
    made = {one.template_day for one in sitting_store.made_from(work.conn, template.id, today)}
    others = sitting_store.of_cantines(work.conn, [cantine.slug], today, horizon + WEEK)
    days = [day for day in template.days(today, horizon) if day not in made and not template.is_off(day, exceptions)]
    rules = waiting_lists.some(work.conn, [cantine.slug])[cantine.slug]
    fresh = [
        new_sitting(
            template.sitting_of(plan.date), cantine, plan, work.now, usual=kitchen, rules=rules, template=template.id
        )
        for plan in map(template.plan, days)
        if _can_be_followed(plan, kitchen, cantine.zone, work.now)
        and not any(_is_in_the_way(one, plan) for one in others)
    ]
    return [replace(one, seating=found_again(one.seating, claim_store.of_sitting(work.conn, one.id))) for one in fresh]


def _is_in_the_way(other: PlannedSitting, plan: Plan) -> bool:
    stands = other.date == plan.date and other.seating.status is not SittingStatus.CANCELLED
    return stands and overlap(plan, other.plan)


def _can_be_followed(plan: Plan, kitchen: Kitchen, zone: str, now: datetime) -> bool:
    try:
        check(plan, kitchen, zone, now)
    except FlawedPlan:  # its cutoff has passed, or the clocks leap over its hour
        return False
    return True
