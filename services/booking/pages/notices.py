"""What the law wants said: the privacy notice of each canteen, the legal notice, the accessibility statement.

How long something is kept is read from the rules that forget it, so that what is said cannot differ from what is done.
"""

from flask import Blueprint, render_template

from services.booking.domain.guest_links import DAY, VALID
from services.booking.domain.held import CONFIRMED_FOR, HELD_FOR
from services.booking.domain.legal import conformity
from services.booking.domain.membership import KEPT_AFTER as LAPSED_FOR
from services.booking.domain.needs import KEPT_AFTER
from services.booking.domain.persons import FORGOTTEN_AFTER
from services.booking.pages.desk import desk
from services.booking.pages.memory import KEPT as REMEMBERED
from services.booking.use_cases.forget_guests import LOST_FOR
from services.booking.use_cases.look import find_cantine, find_cantines
from shared.erasures import JOURNAL_KEPT
from shared.purge import KEPT

blueprint = Blueprint("notices", __name__, template_folder="templates")

_A_MONTH = 30  # days, roughly


@blueprint.get("/privacy")
def all_of_them() -> str:
    """Each canteen answers for its own guests: whose notice is it?"""
    cantines = [(slug, name) for _city, slug, name in find_cantines(desk().service)]
    return render_template("privacies.html", cantines=cantines)


@blueprint.get("/cantines/<slug>/privacy")
def privacy(slug: str) -> str:
    """What a canteen keeps of its guests, why, and until when."""
    return render_template(
        "privacy.html",
        cantine=find_cantine(desk().service, slug),
        legal=desk().legal,
        sms=desk().sms,
        after_meal=KEPT.days,
        needs_hours=int(KEPT_AFTER.total_seconds() // 3600),
        lapsed_days=LAPSED_FOR.days,
        months=FORGOTTEN_AFTER.days // _A_MONTH,
        stop_years=LOST_FOR.days // 365,
        link_minutes=int(VALID.total_seconds() // 60),
        marks_hours=int(DAY.total_seconds() // 3600),
        memory_days=REMEMBERED.days,
        journal_days=JOURNAL_KEPT.days,
        confirms=desk().confirmation.confirming.asks(slug),
        held_hours=int(HELD_FOR.total_seconds() // 3600),
        confirmed_days=CONFIRMED_FOR.days,
    )


@blueprint.get("/legal")
def legal() -> str:
    """Who publishes this site, and who hosts it."""
    return render_template("legal.html", legal=desk().legal)


@blueprint.get("/accessibility")
def accessibility() -> str:
    """How far this site can be used by everybody, and whom to tell where it cannot."""
    stands = conformity(desk().legal.rate)
    return render_template("accessibility.html", legal=desk().legal, stands=stands.value)
