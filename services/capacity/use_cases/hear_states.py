"""Each service tells how it is; administrators look at all of them at once."""

from collections.abc import Sequence

from services.capacity.domain.service_states import Diagnosis, diagnoses, kept
from services.capacity.store import service_states as state_store
from shared.contracts.routes import SERVICES
from shared.contracts.service_state import ServiceState
from shared.messaging.service import Service, UnitOfWork


def hear_states(work: UnitOfWork, states: Sequence[ServiceState]) -> None:
    """Keep what is newer than what is known."""
    known = state_store.lock(work.conn, {one.thing for one in states})
    fresh = [kept(known.get(one.thing), one, work.now) for one in states if one.thing in SERVICES]
    state_store.keep(work.conn, [one for one in fresh if one])


def look_at_services(service: Service) -> list[Diagnosis]:
    """How all three are, as far as we have heard."""
    with service.read() as conn:
        return diagnoses(state_store.every(conn), SERVICES, service.clock.now(conn))
