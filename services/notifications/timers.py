"""What falls due by itself, looked at once a second."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import partial

from services.notifications.store.erasing import JOURNAL
from services.notifications.use_cases.fall_due import ring_reminders, settle_stale_attempts
from services.notifications.use_cases.forget_guests import forget_contents, forget_guests, forget_old_post
from services.notifications.use_cases.hear_guest_links import forget_links
from services.notifications.use_cases.hear_receipts import hear_receipts
from services.notifications.use_cases.hear_texts import hear_texts
from services.notifications.use_cases.reach_again import try_again
from shared.assembly import Seldom, Timer
from shared.links import Links
from shared.messaging.service import Service
from shared.purge import forget_parked


def timers(service: Service, links: Links, repeats_safely: Collection[str], kept: timedelta) -> Mapping[str, Timer]:
    """The timers; `repeats_safely` names the providers that send a key once, `kept` is how long what was written is."""
    return {
        "ring_reminders": partial(ring_reminders, service),
        "settle_stale_attempts": partial(settle_stale_attempts, service, repeats_safely),
        "hear_texts": partial(hear_texts, service, links),
        "hear_receipts": partial(hear_receipts, service, links),
        "try_contacts_again": Seldom(partial(try_again, service, links)),
        "forget_guests": Seldom(partial(forget_guests, service)),
        "forget_old_post": Seldom(partial(forget_old_post, service, kept)),
        "forget_contents": Seldom(partial(forget_contents, service, kept), every=600.0),
        "forget_links": Seldom(partial(forget_links, service)),
        "forget_erasures": Seldom(partial(JOURNAL.forget, service), every=3600.0),
        "forget_parked": Seldom(partial(forget_parked, service)),
    }
