"""The hour comes at which a cantine's rule looks whether cooks are missing, and calls for them."""

from dataclasses import replace
from datetime import datetime

from services.capacity.domain.cook_calls import cooks_missing, rule_looks_at
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store import alerts as alert_store
from services.capacity.store import cook_calls as call_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.call_cooks import call_cooks
from shared.messaging.service import Service, UnitOfWork

AT_ONCE = 500  # sittings in one round


def call_by_rule(service: Service, public_url: str) -> int:
    """Look once at each sitting whose hour has come, in a transaction of its own. Returns how many calls were made."""
    with service.read() as conn:
        now = service.clock.now(conn)
        sittings = sitting_store.some(conn, call_store.to_be_ruled(conn, now, AT_ONCE))
        hours = {
            slug: place.settings.call_hours
            for slug, place in alert_store.places(conn, {one.cantine for one in sittings.values()}).items()
        }
    due = [one.id for one in sittings.values() if _hour_has_come(one, hours[one.cantine], now)]
    called = 0
    for sitting in sorted(due):
        with service.work() as work:
            called += _look(work, sitting, public_url)
    return called


def _hour_has_come(one: PlannedSitting, hours: int, now: datetime) -> bool:
    return hours > 0 and rule_looks_at(one.seating.cutoff_at, one.watch.since, hours) <= now


def _look(work: UnitOfWork, sitting: str, public_url: str) -> bool:
    """Call for cooks if some are missing; in any case the rule has looked."""
    one = sitting_store.lock(work.conn, [sitting]).get(sitting)
    if one is None or one.ruled_for == one.seating.cutoff_at or one.is_over(work.now):
        return False
    settings = alert_store.places(work.conn, [one.cantine])[one.cantine].settings
    if not _hour_has_come(one, settings.call_hours, work.now):
        return False
    sitting_store.save(work.conn, [replace(one, ruled_for=one.seating.cutoff_at)])
    if (one.call and one.call.is_open) or not cooks_missing(one.seating, settings.cooks) or work.now >= one.cooking_at:
        return False
    call_cooks(work, sitting, None, public_url)
    return True
