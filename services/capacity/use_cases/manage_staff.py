"""Staff of a cantine invite others, change what they are, and let them go. Each deed is noted."""

from dataclasses import dataclass, replace
from uuid import uuid4

from services.capacity.domain.staff import (
    KnownAlready,
    NoSuchStaff,
    NotYours,
    Staff,
    changed,
    may_change,
    roles_to_give,
    tidy_email,
)
from services.capacity.store import staff as staff_store
from services.capacity.store import staff_deeds
from services.capacity.store.staff_deeds import Deed, Done
from services.capacity.use_cases import say_staff
from shared.contracts.staff import StaffRole
from shared.messaging.service import Service, UnitOfWork

DEEDS_SHOWN = 30


@dataclass(frozen=True, kw_only=True)
class Team:
    """The staff that somebody sees: those of their cantines, and what was done about them lately."""

    people: list[Staff]
    deeds: list[Done]


def look_at_team(service: Service, me: Staff) -> Team:
    """The staff of my cantines by name; an administrator sees everybody."""
    with service.read() as conn:
        everywhere = me.role is StaffRole.ADMINISTRATOR
        people = staff_store.all_staff(conn) if everywhere else staff_store.of_cantines(conn, me.cantines)
        return Team(people=people, deeds=staff_deeds.latest(conn, me, DEEDS_SHOWN))


def find_colleague(service: Service, me: Staff, staff_id: str) -> Staff:
    """Somebody whose role and cantines I may change. Raises NoSuchStaff, also if I may not."""
    with service.read() as conn:
        found = staff_store.find(conn, staff_id)
    if found is None or not may_change(me, found):
        raise NoSuchStaff
    return found


def invite(
    work: UnitOfWork, me: Staff, *, email: str, name: str, language: str, role: StaffRole, cantines: frozenset[str]
) -> Staff:
    """Take somebody new in. Raises NotYours, or KnownAlready if the address is known, wherever it is."""
    if role not in roles_to_give(me.role) or cantines - set(me.cantines):
        raise NotYours
    person = Staff(
        id=str(uuid4()),
        name=name,
        email=tidy_email(email),
        language=language,
        role=role,
        cantines=tuple(sorted(cantines)),
    )
    if not staff_store.add(work.conn, person):
        raise KnownAlready
    return say_staff.keep(work, person, by=me, deed=Deed.INVITED)


def change(work: UnitOfWork, me: Staff, staff_id: str, *, role: StaffRole, cantines: frozenset[str]) -> None:
    """Give a colleague another role, in these of my cantines. With no cantine left they are removed.

    Raises NoSuchStaff or NotYours.
    """
    before = _locked(work, me, staff_id)
    after = changed(me, before, role, cantines)
    if not after.cantines and after.role is not StaffRole.ADMINISTRATOR:
        say_staff.remove(work, before, by=me)
    elif after != before:
        say_staff.keep(work, after, by=me, deed=Deed.CHANGED, before=before)


def let_go(work: UnitOfWork, me: Staff, staff_id: str) -> None:
    """Take my cantines away from a colleague; with none left they are removed. Raises NoSuchStaff."""
    before = _locked(work, me, staff_id)
    others = tuple(one for one in before.cantines if one not in me.cantines)
    if others:
        say_staff.keep(work, replace(before, cantines=others), by=me, deed=Deed.CHANGED, before=before)
    else:
        say_staff.remove(work, before, by=me)


def _locked(work: UnitOfWork, me: Staff, staff_id: str) -> Staff:
    """A colleague whom I may change, also as I stand now: of two who remove each other at once, one stays."""
    both = staff_store.lock(work.conn, {me.id, staff_id})
    mine, found = both.get(me.id), both.get(staff_id)
    if mine is None or found is None or not may_change(mine, found):
        raise NoSuchStaff
    return found
