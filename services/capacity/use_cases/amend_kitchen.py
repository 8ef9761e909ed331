"""A program looks at kitchens, and changes some of what is usual in one."""

from collections.abc import Callable, Iterable

from services.capacity.domain.history import by_program
from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.staff import Staff, UnknownCantine
from services.capacity.store import cantines as cantine_store
from services.capacity.store import kitchens as kitchen_store
from services.capacity.use_cases.set_kitchen import set_kitchen
from shared.messaging.service import Service, UnitOfWork


def find_kitchens(service: Service, cantines: Iterable[str]) -> dict[str, Kitchen]:
    """What is usual in the kitchens of some cantines, by slug."""
    with service.read() as conn:
        return {slug: kitchen_store.usual(conn, slug) for slug in cantines}


def amend_kitchen(
    work: UnitOfWork, staff: Staff, cantine: str, amended: Callable[[Kitchen], Kitchen], public_url: str
) -> None:
    """Change what is usual in a kitchen, and leave the rest as it stands at that moment.

    Raises UnknownCantine or FlawedKitchen.
    """
    if cantine_store.lock(work.conn, cantine) is None:
        raise UnknownCantine
    set_kitchen(work, cantine, amended(kitchen_store.usual(work.conn, cantine)), public_url, by_program(staff))
