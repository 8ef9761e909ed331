"""The kinds of alert, one rule each.

A margin lies between where an alert is raised and where it is left behind: nearly full at 85 % is left behind below
75 %; full, with two seats free; three who wait, when one waits; three cooks wanted, with four; places that nobody took,
when none is free.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.capacity.domain.alerts import Rule, Rules, Scene
from services.capacity.domain.mending import mending
from shared.contracts.alert import AlertKind, Severity
from shared.contracts.sitting import SittingStatus

URGENT, IMPORTANT, ROUTINE = Severity.URGENT, Severity.IMPORTANT, Severity.ROUTINE

MARGIN_PERCENT = 10
MARGIN_SEATS = 2
MARGIN_COOKS = 1
SOON = timedelta(hours=24)  # before cooking starts: now it is urgent
AT_RISK_SOON = timedelta(hours=48)
MENU_DUE = timedelta(hours=4)  # before the cutoff: shopping follows
TIME_TO_FILL = timedelta(hours=2)
MANY_LATE = 4  # covers


def _takes_bookings(scene: Scene) -> bool:
    return scene.seating.status is SittingStatus.OPEN and scene.seating.limits.seats > 0


def _nearly_full(scene: Scene) -> int:
    """Where somebody waits already, more places are no longer in time: the waiting list says it."""
    seating = scene.seating
    filled = seating.held * 100 >= scene.settings.nearly_full * seating.limits.seats
    return int(_takes_bookings(scene) and filled and not seating.waitlist_length)


def _no_longer_nearly_full(scene: Scene) -> bool:
    seating = scene.seating
    return seating.held * 100 < (scene.settings.nearly_full - MARGIN_PERCENT) * seating.limits.seats


def _full(scene: Scene) -> int:
    return int(_takes_bookings(scene) and scene.seating.seats_left == 0)


def _no_longer_full(scene: Scene) -> bool:
    return scene.seating.seats_left >= min(MARGIN_SEATS, scene.seating.limits.seats)


def _seats(scene: Scene) -> Mapping[str, int]:
    return {"seats": scene.seating.limits.seats, "seats_left": scene.seating.seats_left}


def _waitlist_growing(scene: Scene) -> int:
    waiting = scene.seating.waitlist_length
    return (waiting >= scene.settings.waiting) + (waiting >= 2 * scene.settings.waiting)


def _waitlist_shrunk(scene: Scene) -> bool:
    return scene.seating.waitlist_length <= scene.settings.waiting // 2


def _cooks_wanted(scene: Scene) -> int:
    return min(scene.settings.cooks, scene.seating.limits.cook_places)


def _too_few_cooks(scene: Scene) -> int:
    return _how_soon(scene) if scene.seating.cooks_held < _cooks_wanted(scene) else 0


def _cooks_to_spare(scene: Scene) -> bool:
    wanted = min(scene.settings.cooks + MARGIN_COOKS, scene.seating.limits.cook_places)
    return scene.seating.cooks_held >= wanted or not _how_soon(scene)


def _guests_wanted(scene: Scene) -> int:
    return min(scene.settings.guests, scene.seating.limits.seats)


def _too_few_guests(scene: Scene) -> int:
    return _how_soon(scene) if _takes_bookings(scene) and scene.seating.held < _guests_wanted(scene) else 0


def _guests_to_spare(scene: Scene) -> bool:
    wanted = min(scene.settings.guests + MARGIN_SEATS, scene.seating.limits.seats)
    return scene.seating.held >= wanted or not _how_soon(scene)


def _how_soon(scene: Scene) -> int:
    """1 from some days before cooking starts, 2 on the last."""
    return sum(moment <= scene.now for moment in _moments_of_need(scene))


def _moments_of_need(scene: Scene) -> tuple[datetime, datetime]:
    """When somebody missing becomes important, and when urgent; a meal that was just opened gets some time to fill."""
    first, last = scene.cooking_at - timedelta(days=scene.settings.days), scene.cooking_at - SOON
    settled = scene.watch.since + TIME_TO_FILL if scene.watch.since else first
    return max(first, settled), max(last, settled)


def _at_risk(scene: Scene) -> int:
    return (1 + (scene.cooking_at - scene.now <= AT_RISK_SOON)) if scene.seating.at_risk else 0


def _what_would_mend(scene: Scene) -> Mapping[str, int]:
    """By how much too many come, and what would mend it; without `mend_cooks`, no number of cooks does."""
    seating = scene.seating
    facts = {"overhang": seating.overhang, "cook_overhang": seating.cook_overhang}
    mend = mending(seating)
    return facts | {"mend_cooks": mend.cooks} if mend and mend.cooks else facts


def _seats_to_spare(scene: Scene) -> bool:
    seating = scene.seating
    return (seating.free_seats > 0 or seating.held == 0) and (seating.cook_places_left > 0 or seating.cooks_held == 0)


def _late_change(scene: Scene) -> int:
    fewer_cooks = scene.seating.cooks_held < scene.watch.cooks
    covers = abs(scene.seating.held - scene.watch.covers)
    changed = covers > 0 or scene.seating.cooks_held != scene.watch.cooks
    return changed + (fewer_cooks or covers >= MANY_LATE)


def _offer_untaken(scene: Scene) -> int:
    return int(scene.seating.untaken > 0)


def _what_nobody_took(scene: Scene) -> Mapping[str, int]:
    return {"untaken": scene.seating.untaken, **_seats(scene)}


def _booking_is_open(scene: Scene) -> bool:
    return scene.seating.cutoff_at > scene.now


def _no_menu(scene: Scene) -> int:
    return int(not scene.has_menu and scene.now >= scene.seating.cutoff_at - MENU_DUE)


def _is_asked(scene: Scene) -> bool:
    return scene.decide_at is not None and scene.decide_at <= scene.now and not scene.goes_ahead


def _go_no_go(scene: Scene) -> int:
    return int(_is_asked(scene) and scene.go_no_go is not None and not scene.go_no_go.is_met(scene.seating))


def _enough(scene: Scene) -> Mapping[str, int]:
    wished = scene.go_no_go
    return {"wanted_covers": wished.covers if wished else 0, "wanted_cooks": wished.cooks if wished else 0}


RULES: Rules = {
    AlertKind.GO_NO_GO: Rule(
        severities=(URGENT,),
        level=_go_no_go,
        left_behind=lambda scene: not _is_asked(scene),
        facts=_enough,
        moments=lambda scene: (scene.decide_at,) if scene.decide_at else (),
    ),
    AlertKind.NEARLY_FULL: Rule(
        severities=(ROUTINE,),
        level=_nearly_full,
        left_behind=_no_longer_nearly_full,
        facts=_seats,
        says_it_too=frozenset({AlertKind.SITTING_FULL, AlertKind.AT_RISK}),
    ),
    AlertKind.SITTING_FULL: Rule(
        severities=(ROUTINE,),  # there is nothing to do
        level=_full,
        left_behind=_no_longer_full,
        facts=_seats,
        says_it_too=frozenset({AlertKind.AT_RISK}),
    ),
    AlertKind.WAITLIST_GROWING: Rule(
        severities=(ROUTINE, IMPORTANT),
        level=_waitlist_growing,
        left_behind=_waitlist_shrunk,
        facts=lambda _scene: {},
    ),
    AlertKind.TOO_FEW_COOKS: Rule(
        severities=(IMPORTANT, URGENT),
        level=_too_few_cooks,
        left_behind=_cooks_to_spare,
        facts=lambda scene: {"wanted": _cooks_wanted(scene)},
        says_it_too=frozenset({AlertKind.GO_NO_GO}),
        moments=_moments_of_need,
    ),
    AlertKind.TOO_FEW_GUESTS: Rule(
        severities=(ROUTINE, IMPORTANT),
        level=_too_few_guests,
        left_behind=_guests_to_spare,
        facts=lambda scene: {"wanted": _guests_wanted(scene)},
        says_it_too=frozenset({AlertKind.GO_NO_GO}),
        moments=_moments_of_need,
    ),
    AlertKind.AT_RISK: Rule(
        severities=(IMPORTANT, URGENT),
        level=_at_risk,
        left_behind=_seats_to_spare,
        facts=_what_would_mend,
        moments=lambda scene: (scene.cooking_at - AT_RISK_SOON,),
    ),
    AlertKind.LATE_CHANGE: Rule(
        severities=(IMPORTANT, URGENT),
        level=_late_change,
        left_behind=_booking_is_open,
        facts=lambda scene: {"covers_before": scene.watch.covers, "cooks_before": scene.watch.cooks},
    ),
    AlertKind.OFFER_UNTAKEN: Rule(
        severities=(IMPORTANT,),
        level=_offer_untaken,
        left_behind=lambda scene: scene.seating.seats_left == 0,
        facts=_what_nobody_took,
    ),
    AlertKind.NO_MENU: Rule(
        severities=(IMPORTANT,),
        level=_no_menu,
        left_behind=lambda scene: scene.has_menu,
        facts=lambda _scene: {},
        moments=lambda scene: (scene.seating.cutoff_at - MENU_DUE,),
    ),
}
