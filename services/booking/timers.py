"""What falls due in booking."""

from collections.abc import Mapping
from datetime import timedelta

from services.booking.store import keys
from services.booking.store.erasing import JOURNAL
from services.booking.use_cases.ask_cooks import forget_old_calls
from services.booking.use_cases.ask_patience import ask_patience_of_who_waits
from services.booking.use_cases.forget_guests import forget_answers, forget_guests
from services.booking.use_cases.hold import forget_requests
from services.booking.use_cases.memberships import forget_memberships
from services.booking.use_cases.persons import forget_old_persons
from services.booking.use_cases.send_links import forget_links, send_links
from services.booking.use_cases.tell_needs import forget_needs
from services.booking.use_cases.thank import thank
from services.booking.use_cases.usual_places import forget_old_places, keep_usual_places, let_usual_places_rest
from services.booking.use_cases.voice import Voice
from shared.assembly import Seldom, Timer
from shared.links import Links
from shared.messaging.service import Service
from shared.purge import forget_parked

KEYS_ARE_KEPT = timedelta(hours=24)


def timers(service: Service, links: Links, voice: Voice) -> Mapping[str, Timer]:
    """The timers of booking, by name."""
    return {
        "send links": Seldom(lambda: send_links(service, links, voice), every=2.0),
        "forget links": Seldom(lambda: forget_links(service)),
        "forget requests": Seldom(lambda: forget_requests(service), every=600.0),
        "forget erasures": Seldom(lambda: JOURNAL.forget(service), every=3600.0),
        "forget old keys": Seldom(lambda: forget_old_keys(service)),
        "forget guests": Seldom(lambda: forget_guests(service)),
        "forget answers": Seldom(lambda: forget_answers(service), every=3600.0),
        "forget parked": Seldom(lambda: forget_parked(service)),
        "ask patience": Seldom(lambda: ask_patience_of_who_waits(service, voice)),
        "thank": Seldom(lambda: thank(service, voice), every=600.0),
        "keep usual places": Seldom(lambda: keep_usual_places(service, voice)),
        "let usual places rest": Seldom(lambda: let_usual_places_rest(service, voice), every=3600.0),
        "forget needs": Seldom(lambda: forget_needs(service), every=600.0),
        "forget usual places": Seldom(lambda: forget_old_places(service)),
        "forget memberships": Seldom(lambda: forget_memberships(service), every=3600.0),
        "forget persons": Seldom(lambda: forget_old_persons(service, voice)),
        "forget calls": Seldom(lambda: forget_old_calls(service)),
    }


def forget_old_keys(service: Service) -> int:
    """Forget idempotency keys after a day. Returns how many."""
    with service.work() as work:
        return keys.forget_before(work.conn, work.now - KEYS_ARE_KEPT)
