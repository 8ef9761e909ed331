"""How what becomes of a member of staff is kept, noted, and said to the services that let them in."""

from collections.abc import Mapping
from dataclasses import replace

from services.capacity.domain.staff import Staff
from services.capacity.store import alerts as alert_store
from services.capacity.store import sms_credit as credit_store
from services.capacity.store import staff as staff_store
from services.capacity.store import staff_deeds
from services.capacity.store.staff_deeds import Deed
from shared.contracts.staff import StaffNotice, StaffRole
from shared.messaging.service import UnitOfWork


def keep(work: UnitOfWork, one: Staff, *, by: Staff | None, deed: Deed, before: Staff | None = None) -> Staff:
    """Keep a member of staff who is locked or new. Returns them as kept."""
    kept = replace(one, revision=work.next_revision(one.revision))
    staff_store.save(work.conn, kept)
    staff_deeds.note(work.conn, work.now, deed, by=by, before=before, whom=kept)
    say(work, kept)
    return kept


def remove(work: UnitOfWork, one: Staff, *, by: Staff | None) -> None:
    """Remove a member of staff who is locked: every session of theirs ends as soon as this is heard."""
    revision = work.next_revision(one.revision)
    alert_store.give_up(work.conn, one.id, work.now)
    credit_store.give_up(work.conn, one.id, work.now)
    staff_store.remove(work.conn, one, revision, work.now)
    staff_deeds.note(work.conn, work.now, Deed.REMOVED, by=by, before=one, whom=one)
    say_former(work, one.id, one.role, revision)


def say(work: UnitOfWork, one: Staff) -> None:
    """Say how a member of staff stands."""
    everywhere = one.role is StaffRole.ADMINISTRATOR
    cantines = () if everywhere else one.cantines
    work.say(StaffNotice(thing=one.id, revision=one.revision, name=one.name, role=one.role, cantines=cantines))


def say_former(work: UnitOfWork, staff_id: str, role: StaffRole, revision: int) -> None:
    """Say that somebody was removed."""
    work.say(StaffNotice(thing=staff_id, revision=revision, name="", role=role, cantines=(), revoked=True))


def say_all(work: UnitOfWork) -> int:
    """Say everybody as they stand, also those who were removed. Returns how many."""
    people, gone = staff_store.all_staff(work.conn), staff_store.former(work.conn)
    for one in people:
        say(work, one)
    for former in gone:
        say_former(work, *former)
    return len(people) + len(gone)


def say_staff_again(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """A neighbour keeps higher revisions of these people than we have: jump above them."""
    known = staff_store.lock(work.conn, kept)
    for one in known.values():
        raised = replace(one, revision=work.next_revision(max(one.revision, kept[one.id])))
        staff_store.save(work.conn, raised)
        say(work, raised)
    for staff_id, role, revision in staff_store.former(work.conn, kept):
        higher = work.next_revision(max(revision, kept[staff_id]))
        staff_store.raise_former(work.conn, staff_id, higher)
        say_former(work, staff_id, role, higher)
