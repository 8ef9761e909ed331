"""Who could welcome whom at a meal, for its host to bring together. The machine tells neither of the other."""

from collections.abc import Iterable

from services.booking.domain.booking import Booking
from services.booking.domain.company import Greeting


def pairs(expected: Iterable[Booking]) -> list[tuple[Booking, Booking | None]]:
    """Those of a meal who wish to be welcomed, in order of asking, each with somebody who offers it, if there are
    enough: nobody twice, and nobody of the same contact, who came together.
    """
    known = sorted((one for one in expected if one.contact.name), key=lambda one: (one.asked_at, one.id))
    new = [one for one in known if one.company.greeting is Greeting.WELCOMED]
    greeters = [one for one in known if one.company.greeting is Greeting.WELCOMES]
    found: dict[str, Booking] = {}  # whom a greeter (by id) welcomes

    def match(newcomer: Booking, tried: set[str]) -> bool:
        for one in greeters:
            if one.id in tried or _came_together(one, newcomer):
                continue
            tried.add(one.id)
            if one.id not in found or match(found[one.id], tried):
                found[one.id] = newcomer
                return True
        return False

    for one in new:
        match(one, set())
    by = {newcomer.id: one for one in greeters if (newcomer := found.get(one.id))}
    return [(one, by.get(one.id)) for one in new]


def _came_together(one: Booking, other: Booking) -> bool:
    return one.contact.shared is not None and one.contact.shared == other.contact.shared
