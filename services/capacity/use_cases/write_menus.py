"""A coordinator writes the menus of several meals at once."""

from collections.abc import Mapping
from dataclasses import replace

from services.capacity.domain.flaws import Flaw
from services.capacity.domain.history import Cause, by_hand
from services.capacity.domain.sittings import Dish, FlawedPlan
from services.capacity.domain.staff import Staff
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.edit_sitting import edit_sitting
from shared.messaging.service import UnitOfWork


class FlawedMenus(Exception):
    """Some menus cannot be kept, so none was. `flaws` says what is wrong, by sitting and field."""

    def __init__(self, flaws: Mapping[str, Mapping[str, Flaw]]) -> None:
        super().__init__(f"{len(flaws)} menus")
        self.flaws = flaws


def write_menus(work: UnitOfWork, staff: Staff, dishes: Mapping[str, Dish], public_url: str) -> int:
    """Keep what is served at these sittings (by id), as far as somebody looks after them and they are to come.

    Returns how many there were. Raises FlawedMenus.
    """
    flaws: dict[str, Mapping[str, Flaw]] = {}
    written = 0
    for planned in sitting_store.lock(work.conn, dishes).values():
        if planned.cantine not in staff.cantines or planned.is_over(work.now):
            continue
        dish = dishes[planned.id]
        plan = replace(planned.plan, menu=dish.menu, allergens=dish.allergens, diets=dish.diets)
        try:
            edit_sitting(work, planned.id, plan, public_url, by_hand(staff).through(Cause.MENUS))
        except FlawedPlan as error:
            flaws[planned.id] = error.flaws
        written += 1
    if flaws:
        raise FlawedMenus(flaws)
    return written
