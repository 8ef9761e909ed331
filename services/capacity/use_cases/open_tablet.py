"""A coordinator opens the check-in on a tablet that helpers share: by a code that is good once, for ten minutes."""

import secrets
from dataclasses import replace
from uuid import uuid4

from services.capacity.domain.staff import LinkExpired, LinkUsed, NotYours, Staff
from services.capacity.domain.tablet import CODE_VALID, OPEN_FOR, kept_as, new_code
from services.capacity.store import staff as staff_store
from services.capacity.store.staff_deeds import Deed
from services.capacity.use_cases import say_staff
from shared.contracts.staff import StaffRole
from shared.messaging.service import Service, UnitOfWork


def open_tablet(work: UnitOfWork, me: Staff, *, cantine: str, name: str) -> str:
    """The code to type on the tablet, which becomes a helper of one of my cantines. Raises NotYours."""
    if cantine not in me.cantines or not me.plans_meals:
        raise NotYours
    until = work.now + CODE_VALID
    tablet = Staff(
        id=str(uuid4()),
        name=name,
        email=None,
        language=me.language,
        role=StaffRole.HELPER,
        cantines=(cantine,),
        until=until,
    )
    code = new_code(secrets.choice)
    say_staff.keep(work, tablet, by=me, deed=Deed.TABLET_OPENED)
    staff_store.keep_link(work.conn, kept_as(code), tablet.id, work.now, until)
    return code


def use_code(work: UnitOfWork, code: str) -> Staff:
    """The tablet that was opened with a code, from now on for 12 hours. Raises LinkUsed or LinkExpired."""
    link = kept_as(code)
    owner = staff_store.use_link(work.conn, link, work.now)
    if owner is None:
        fate = staff_store.link_fate(work.conn, link)
        raise LinkUsed if fate and fate[1] else LinkExpired
    tablet = staff_store.lock(work.conn, [owner]).get(owner)
    if tablet is None:
        raise LinkExpired
    staff_store.save(work.conn, replace(tablet, until=work.now + OPEN_FOR))
    return tablet


def end_tablets(service: Service) -> int:
    """Remove the tablets whose session, or whose unused code, is over. Returns how many."""
    with service.read() as conn:
        if not staff_store.ended(conn, service.clock.now(conn)):
            return 0
    with service.work() as work:
        locked = staff_store.lock(work.conn, staff_store.ended(work.conn, work.now))
        # Looked at again: a code may have been used just now.
        ended = [one for one in locked.values() if one.until and one.until <= work.now]
        for tablet in ended:
            say_staff.remove(work, tablet, by=None)
        return len(ended)
