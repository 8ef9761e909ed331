"""The hour comes from which only confirmed cooks count at a sitting: the plan no longer makes meals."""

from dataclasses import replace

from services.capacity.domain import changes
from services.capacity.domain.history import THE_CLOCK
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import conclude
from services.capacity.use_cases.line import log_promotions, with_the_line
from services.capacity.use_cases.quotas import allowed
from shared.contracts.sitting import SittingStatus
from shared.messaging.service import Service, UnitOfWork
from shared.one_by_one import one_by_one


def count_confirmed_cooks(service: Service, public_url: str, batch: int = 100) -> int:
    """Make the switch at all sittings whose hour has come, one transaction each. Returns how many there were."""

    def switch(sitting: str) -> int:
        with service.work() as work:
            return _switch(work, sitting, public_url)

    return one_by_one(lambda: _due(service, batch), switch)


def _due(service: Service, batch: int) -> list[str]:
    with service.read() as conn:
        return sitting_store.confirmed_only_due(conn, service.clock.now(conn), batch)


def _switch(work: UnitOfWork, sitting: str, public_url: str) -> bool:
    planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
    if planned is None or planned.seating.confirmed_only or planned.seating.status is SittingStatus.CANCELLED:
        return False
    if planned.confirmed_only_from is None or planned.confirmed_only_from > work.now:
        return False
    line = with_the_line(work.conn, replace(planned.seating, confirmed_only=True), [], work.now)
    decision = changes.count_confirmed_cooks(allowed(work.conn, planned, line).seating, line, work.now)
    log_promotions(decision)
    after_all = replace(planned, seating=decision.sitting)
    conclude(work, [(planned, after_all)], decision.answers, public_url, THE_CLOCK)
    return True
