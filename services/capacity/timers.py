"""What falls due in capacity."""

from collections.abc import Mapping

from services.capacity.settings import Settings
from services.capacity.use_cases.call_by_rule import call_by_rule
from services.capacity.use_cases.close_waitlists import close_waitlists
from services.capacity.use_cases.count_confirmed_cooks import count_confirmed_cooks
from services.capacity.use_cases.expire_offers import expire_offers
from services.capacity.use_cases.forget_claims import forget_claims, forget_stray_claims
from services.capacity.use_cases.forget_deeds import forget_deeds
from services.capacity.use_cases.look_after_alerts import escalate_alerts, look_at_alerts
from services.capacity.use_cases.make_ahead import make_ahead
from services.capacity.use_cases.open_tablet import end_tablets
from services.capacity.use_cases.release_seats import release_seats
from services.capacity.use_cases.sms_credit import remind_of_credit
from services.capacity.use_cases.use_sign_in_link import forget_old_links
from services.capacity.use_cases.use_up_meals import use_up_meals
from shared.assembly import Seldom, Timer
from shared.messaging.service import Service
from shared.purge import forget_parked


def timers(service: Service, settings: Settings) -> Mapping[str, Timer]:
    """The timers, each of which may run at any time, anywhere, and twice."""
    return {
        "expire offers": lambda: expire_offers(service, settings.public_url),
        "close waiting lists": lambda: close_waitlists(service, settings.public_url),
        "make sittings ahead": lambda: make_ahead(service, settings.public_url),
        "look at alerts": lambda: look_at_alerts(service, settings.public_url),
        "escalate alerts": lambda: escalate_alerts(service, settings.public_url),
        "remind of the SMS credit": Seldom(lambda: remind_of_credit(service, settings.public_url)),
        "call cooks by rule": Seldom(lambda: call_by_rule(service, settings.public_url)),
        "count confirmed cooks": lambda: count_confirmed_cooks(service, settings.public_url),
        "release kept seats": lambda: release_seats(service, settings.public_url),
        "use up meals": Seldom(lambda: use_up_meals(service, settings.public_url), every=5.0),
        "forget old sign-in links": Seldom(lambda: forget_old_links(service)),
        "forget claims": Seldom(lambda: forget_claims(service)),
        "forget stray claims": Seldom(lambda: forget_stray_claims(service), every=3600.0),
        "forget deeds": Seldom(lambda: forget_deeds(service), every=3600.0),
        "forget parked": Seldom(lambda: forget_parked(service)),
        "end tablets": lambda: end_tablets(service),
    }
