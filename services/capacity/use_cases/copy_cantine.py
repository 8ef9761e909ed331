"""An administrator opens a cantine by copying another: its kitchen, its weekly meals, its rules."""

from dataclasses import replace
from datetime import date

from services.capacity.domain.cantines import checked
from services.capacity.domain.copies import CantineExists, copied
from services.capacity.domain.reminders import like_in_reminders
from services.capacity.domain.staff import UnknownCantine
from services.capacity.store import alerts as alert_store
from services.capacity.store import cantines as cantine_store
from services.capacity.store import closures as closure_store
from services.capacity.store import kitchens as kitchen_store
from services.capacity.store import templates as template_store
from services.capacity.store import waiting_lists
from services.capacity.use_cases.plan_weeks import add_template
from shared.contracts.sitting import Cantine
from shared.messaging.service import UnitOfWork
from shared.text import is_storable


def copy_cantine(work: UnitOfWork, model: str, cantine: Cantine, begins: date) -> int:
    """Open a cantine like another (by slug), in its zone; its weekly meals begin on a day. Returns how many they are.

    Closures and partners are not copied: they are each cantine's own. Raises UnknownCantine, CantineExists or
    FlawedCantine.
    """
    like = cantine_store.some(work.conn, [model]).get(model) if is_storable(model) else None
    if like is None:
        raise UnknownCantine
    cantine = checked(replace(cantine, zone=like.zone))
    cantine = like_in_reminders(cantine, like)
    if not cantine_store.add(work.conn, cantine):
        raise CantineExists
    kitchen_store.save(work.conn, cantine.slug, replace(kitchen_store.usual(work.conn, model), partners=()))
    alerts = alert_store.places(work.conn, [model])[model].settings
    alert_store.save_settings(work.conn, cantine.slug, replace(alerts, on_duty=None))  # nobody has been asked
    waiting_lists.save(work.conn, cantine.slug, waiting_lists.some(work.conn, [model])[model])
    closure_store.observe(work.conn, cantine.slug, closure_store.exceptions(work.conn, [model], begins)[model].region)
    templates = [copied(one, cantine.slug, begins) for one in template_store.of_cantines(work.conn, [model])]
    return len([add_template(work, one) for one in templates if one])
