"""Some of the invented residents are members: most for months to come, some not for long, some no more."""

from collections.abc import Iterable
from datetime import timedelta

from services.booking.domain.membership import known, noted
from services.booking.store import bookings, memberships
from services.booking.use_cases.memberships import Register
from shared.contracts.sitting import SittingNotice
from shared.links import Links
from shared.messaging.service import Service

ONE_IN = 3  # guests
DAYS_AGO = (40, 90, 140, 190, 240, 290, 320, 380)  # they joined


def seed_members(service: Service, links: Links, meals: Iterable[SittingNotice]) -> None:
    """Note members among the guests of these meals; each once."""
    register = Register(service=service, links=links)
    cantines = {one.thing: one.cantine.slug for one in meals}
    with service.work() as work:
        booked = [one for some in bookings.of_sittings(work.conn, list(cantines)).values() for one in some]
        known_here = [one for one in booked if one.contact.name and not (one.newcomer or one.partner)]
        done = set()
        for number, guest in enumerate(sorted(known_here, key=lambda one: (one.created_at, one.id))[::ONE_IN]):
            who, cantine = register.sought(guest), cantines[guest.sitting]
            if (who, cantine) in done:
                continue
            done.add((who, cantine))
            then = work.now - timedelta(days=DAYS_AGO[number % len(DAYS_AGO)])
            found = known(who, (), then.date(), then)
            memberships.keep(work.conn, noted(who, found, new_id=guest.id, cantine=cantine, by="demo"))
