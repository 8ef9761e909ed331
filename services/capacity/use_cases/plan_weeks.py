"""A coordinator says what recurs every week: adds a weekly meal, changes it, ends it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from services.capacity.domain.history import Author, Cause
from services.capacity.domain.sittings import FlawedPlan, PlannedSitting
from services.capacity.domain.staff import UnknownCantine
from services.capacity.domain.templates import NoSuchTemplate, Template, check, follow, is_untouched
from services.capacity.store import cantines as cantine_store
from services.capacity.store import kitchens as kitchen_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import templates as template_store
from services.capacity.use_cases.edit_sitting import edit_sitting
from shared.contracts.sitting import Cantine
from shared.messaging.service import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What a change of a template did: how many sittings follow, and how many stay as they are."""

    changed: int
    kept: int


def add_template(work: UnitOfWork, template: Template) -> str:
    """Add a weekly meal; its sittings are made a moment later. Returns its id.

    Raises UnknownCantine, FlawedPlan or OverlappingTemplates.
    """
    added = replace(template, id=str(uuid4()), made_until=None)
    _check(work, added)
    template_store.save(work.conn, added)
    return added.id


def change_template(work: UnitOfWork, template: Template, public_url: str, by: Author, *, follows: bool) -> Followed:
    """Change a weekly meal. If `follows`, so do the sittings already made of it that still stand as it made them.

    The weekday and the cantine of a template never change: that is another template. Nobody loses a place.
    Raises NoSuchTemplate, FlawedPlan or OverlappingTemplates.
    """
    before = template_store.lock(work.conn, template.id)
    if before is None:
        raise NoSuchTemplate
    after = replace(template, cantine=before.cantine, made_until=None)
    cantine = _check(work, after)
    template_store.save(work.conn, after)
    today = work.now.astimezone(ZoneInfo(cantine.zone)).date()
    ids = [one.id for one in sitting_store.made_from(work.conn, before.id, today)]
    made = [one for one in sitting_store.lock(work.conn, ids).values() if not one.is_over(work.now)]
    if not follows:
        return Followed(changed=0, kept=len(made))
    changed = sum(_follows(work, one, before, after, public_url, by=by) for one in made)
    return Followed(changed=changed, kept=len(made) - changed)


def end_template(work: UnitOfWork, template_id: str) -> Template:
    """Make no more sittings of a weekly meal; those that were made stay. Returns it. Raises NoSuchTemplate."""
    template = template_store.lock(work.conn, template_id)
    if template is None:
        raise NoSuchTemplate
    cantine = cantine_store.some(work.conn, [template.cantine])[template.cantine]
    yesterday = work.now.astimezone(ZoneInfo(cantine.zone)).date() - timedelta(days=1)
    ended = replace(template, until=min(template.until or yesterday, yesterday))
    template_store.save(work.conn, ended)
    return ended


def _check(work: UnitOfWork, template: Template) -> Cantine:
    """Make sure of a template while nobody else changes those of its cantine."""
    cantine = cantine_store.lock(work.conn, template.cantine)
    if cantine is None:
        raise UnknownCantine
    others = template_store.of_cantines(work.conn, [template.cantine])
    check(template, kitchen_store.usual(work.conn, cantine.slug), cantine.zone, work.now, others)
    return cantine


def _follows(
    work: UnitOfWork, one: PlannedSitting, before: Template, after: Template, public_url: str, *, by: Author
) -> bool:
    if not is_untouched(one, before) or not after.takes_place(one.date):
        return False
    try:
        edit_sitting(work, one.id, follow(one, before, after), public_url, by.through(Cause.WEEKLY))
    except FlawedPlan:
        return False
    return True
