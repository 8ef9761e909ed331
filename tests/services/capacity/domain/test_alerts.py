"""When alerts are raised, eased and left behind."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.capacity.domain.alert_duty import Place, escalates_at, waking_time
from services.capacity.domain.alert_rules import RULES
from services.capacity.domain.alerts import (
    LAST_OFFERS_END,
    SAME_WITHIN,
    Alert,
    AlertSettings,
    Levels,
    Scene,
    Watch,
    look,
)
from services.capacity.domain.kitchen import Kitchen
from shared.contracts.alert import AlertKind, Severity
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus
from tests.services.capacity.domain.table import Room, asks, confirmed, table
from tests.services.capacity.house import a_cantine

CUTOFF = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
CLOSED = CUTOFF + LAST_OFFERS_END
COOKING = datetime(2026, 12, 2, 8, 30, tzinfo=UTC)
EARLY = COOKING - timedelta(days=10)
ROOM = replace(table(seats=40, cook_places=10), cutoff_at=CUTOFF)
FULL, NEARLY, RISK = AlertKind.SITTING_FULL, AlertKind.NEARLY_FULL, AlertKind.AT_RISK
COOKS, GUESTS, LATE = AlertKind.TOO_FEW_COOKS, AlertKind.TOO_FEW_GUESTS, AlertKind.LATE_CHANGE


class Meal:
    """A meal in time: each look remembers the one before."""

    def __init__(self, **settings: Any) -> None:
        self.scene = Scene(
            seating=ROOM,
            cooking_at=COOKING,
            starts_at=COOKING + timedelta(hours=3),
            has_menu=True,
            watch=Watch(),
            settings=AlertSettings(**settings),
            now=EARLY,
        )

    def becomes(self, now: datetime | None = None, has_menu: bool | None = None, **seating: Any) -> Levels:
        """What stands (with its level), once the seating or the time has changed."""
        kitchen = Kitchen(
            room=seating.pop("seats", self.scene.seating.limits.seats),
            cook_places=seating.pop("cook_places", self.scene.seating.limits.cook_places),
        )
        self.scene = replace(
            self.scene,
            seating=replace(self.scene.seating, **seating).under(kitchen, confirmed_only=False),
            now=now or self.scene.now,
            has_menu=self.scene.has_menu if has_menu is None else has_menu,
        )
        self.scene = replace(self.scene, watch=look(self.scene, RULES))
        return {kind: level for kind, level in self.scene.watch.levels.items() if level}


@pytest.fixture
def meal() -> Meal:
    return Meal()


def test_a_meal_fills(meal: Meal) -> None:
    assert meal.becomes(held=33) == {}
    assert meal.becomes(held=34) == {NEARLY: 1}  # 85 % of 40
    assert meal.becomes(held=39) == {NEARLY: 1}
    assert meal.becomes(held=40) == {FULL: 1}  # which says it too
    assert meal.becomes(seats=38) == {RISK: 1}
    assert meal.becomes(seats=45, held=32) == {}


def test_a_meal_for_which_somebody_waits_is_not_called_nearly_full(meal: Meal) -> None:
    assert meal.becomes(held=36, waitlist_length=1) == {}
    assert meal.becomes(waitlist_length=0) == {NEARLY: 1}
    assert meal.becomes(waitlist_length=1) == {}


def test_what_asks_for_nothing_can_wait() -> None:
    assert RULES[FULL].severity(1) is RULES[NEARLY].severity(1) is Severity.ROUTINE


def test_a_meal_that_takes_no_bookings_is_not_full(meal: Meal) -> None:
    assert meal.becomes(held=40, status=SittingStatus.CLOSED) == {}
    assert meal.becomes(held=0, seats=0, cook_places=0, status=SittingStatus.OPEN) == {}


def test_the_waiting_list_grows(meal: Meal) -> None:
    found = [meal.becomes(waitlist_length=length).get(AlertKind.WAITLIST_GROWING, 0) for length in (2, 3, 5, 6, 4, 2)]
    assert found == [0, 1, 1, 2, 2, 0]


def test_hands_are_missing_some_days_before(meal: Meal) -> None:
    assert meal.becomes(held=20, cooks_held=2) == {}
    assert meal.scene.watch.due_at == COOKING - timedelta(days=2)
    assert meal.becomes(now=COOKING - timedelta(days=2)) == {COOKS: 1}
    assert meal.scene.watch.due_at == COOKING - timedelta(days=1)
    assert meal.becomes(now=COOKING - timedelta(days=1)) == {COOKS: 2}
    assert meal.becomes(cooks_held=3) == {}
    assert meal.becomes(cooks_held=3, cook_places=2)[RISK] == 2


def test_guests_are_missing_some_days_before(meal: Meal) -> None:
    meal.becomes()
    assert meal.becomes(now=COOKING - timedelta(days=2), held=9, cooks_held=4) == {GUESTS: 1}
    assert meal.becomes(held=10) == {}
    assert meal.becomes(held=3, seats=4, cook_places=3, cooks_held=3) == {GUESTS: 1}
    assert meal.becomes(held=4) == {FULL: 1}


def test_a_meal_that_was_just_opened_gets_some_time_to_fill(meal: Meal) -> None:
    opened = COOKING - timedelta(hours=30)
    assert meal.becomes(now=opened) == {}
    assert meal.scene.watch.due_at == opened + timedelta(hours=2)
    assert meal.becomes(now=opened + timedelta(hours=2)) == {COOKS: 1, GUESTS: 1}


def test_a_risk_becomes_urgent_when_the_meal_is_near(meal: Meal) -> None:
    assert meal.becomes(held=20, cooks_held=4, cook_places=3) == {RISK: 1}
    assert meal.becomes(now=COOKING - timedelta(hours=48)) == {RISK: 2}
    assert meal.becomes(cooks_held=3) == {}


def test_after_booking_has_closed_every_change_is_late(meal: Meal) -> None:
    meal.becomes(held=30, cooks_held=5)
    after = CLOSED + timedelta(minutes=1)
    assert meal.becomes(now=after) == {}
    assert meal.becomes(held=29) == {LATE: 1}
    assert meal.becomes(held=26) == {LATE: 2}
    assert meal.becomes(held=28) == {LATE: 2}  # what stands never sinks
    assert RULES[LATE].facts(meal.scene) == {"covers_before": 30, "cooks_before": 5}


def test_places_kept_by_the_last_offers_fall_back_without_an_alert() -> None:
    meal = Meal()
    meal.becomes(held=30, offered=1)
    assert LATE not in meal.becomes(now=CUTOFF + timedelta(seconds=61), held=26, offered=0)


def test_a_missing_cook_is_urgent(meal: Meal) -> None:
    meal.becomes(held=30, cooks_held=5)
    assert meal.becomes(now=CLOSED, held=29, cooks_held=4) == {LATE: 2}


def test_a_menu_is_due_before_the_shopping(meal: Meal) -> None:
    assert meal.becomes(held=20, cooks_held=5, has_menu=False) == {}
    assert meal.becomes(now=CUTOFF - timedelta(hours=4)) == {AlertKind.NO_MENU: 1}
    assert meal.becomes(has_menu=True) == {}


@pytest.mark.parametrize("end", [{"status": SittingStatus.CANCELLED}, {"now": COOKING + timedelta(hours=3)}])
def test_nothing_stands_of_a_meal_that_is_over_or_off(meal: Meal, end: dict[str, Any]) -> None:
    meal.becomes(held=40, waitlist_length=5)
    assert meal.becomes(**end) == {}
    assert (meal.scene.watch.levels, meal.scene.watch.due_at) == ({}, None)


def test_time_alone_is_looked_at_when_it_matters(meal: Meal) -> None:
    moments = []
    meal.becomes(held=0, has_menu=False)
    while meal.scene.watch.due_at:
        moments.append(meal.scene.watch.due_at - COOKING)
        meal.becomes(now=meal.scene.watch.due_at)
    days = [-2.0, -1.0, -(17.5 / 24), 3 / 24]
    assert [moment / timedelta(days=1) for moment in moments] == pytest.approx(days)


swings: dict[AlertKind, tuple[dict[str, Any], ...]] = {
    FULL: ({"held": 39}, {"held": 40}, {"held": 37}),
    NEARLY: ({"held": 30}, {"held": 36}, {"held": 29}),
    AlertKind.WAITLIST_GROWING: ({"waitlist_length": 2}, {"waitlist_length": 3}, {"waitlist_length": 1}),
    COOKS: ({"cooks_held": 3}, {"cooks_held": 2}, {"cooks_held": 4}),
    GUESTS: ({"held": 11}, {"held": 9}, {"held": 12}),
    RISK: (
        {"held": 30, "seats": 30, "cooks_held": 5},
        {"held": 31, "seats": 30, "cooks_held": 5},
        {"held": 29, "seats": 30, "cooks_held": 5},
    ),
    LATE: ({"held": 30}, {"held": 29}, {"held": 30}),
    AlertKind.OFFER_UNTAKEN: ({"held": 39, "untaken": 0}, {"held": 38, "untaken": 2}, {"held": 40, "untaken": 0}),
}


@given(kind=st.sampled_from(sorted(swings)), ups=st.lists(st.booleans(), max_size=20))
def test_facts_that_swing_around_a_limit_raise_one_alert_until_they_have_clearly_left_it(
    kind: AlertKind, ups: list[bool]
) -> None:
    calm, cause, past = swings[kind]
    meal = Meal()
    if kind is LATE:
        meal.becomes(held=30)
        meal.becomes(now=CLOSED)
    elif kind in {COOKS, GUESTS}:
        meal.becomes()
        meal.becomes(now=COOKING - timedelta(days=2))
    meal.becomes(**past)
    raised = 0
    for up in ups:
        before = meal.scene.watch.levels
        found = meal.becomes(**(cause if up else calm))
        raised += kind in found and kind not in before
    assert raised == (any(ups) if kind is not GUESTS or ups else 0)
    if kind is not LATE:
        meal.becomes(**past)
        assert kind not in meal.scene.watch.levels


ALERT = Alert(
    about="s",
    kind=COOKS,
    cantine="lyon-vaise",
    severity=Severity.IMPORTANT,
    facts={},
    raised_at=EARLY,
    updated_at=EARLY,
)


class TestAnAlertThatComesBack:
    def test_is_the_same_if_it_was_not_left_behind(self) -> None:
        gone = replace(ALERT, answered_at=EARLY).resolved(EARLY)
        back = replace(ALERT, raised_at=EARLY + timedelta(days=1)).over(gone, remembered=True)
        assert (back.raised_at, back.stands, back.awaits_an_answer) == (EARLY, True, False)

    @pytest.mark.parametrize(("after", "raised_at"), [(timedelta(0), EARLY), (SAME_WITHIN, EARLY + SAME_WITHIN)])
    def test_is_the_same_if_it_comes_back_soon(self, after: timedelta, raised_at: datetime) -> None:
        gone = ALERT.resolved(EARLY)
        assert replace(ALERT, raised_at=EARLY + after).over(gone, remembered=False).raised_at == raised_at

    def test_asks_for_an_answer_anew_if_it_has_become_worse(self) -> None:
        known = ALERT.answered("camille", EARLY)
        worse = replace(ALERT, severity=Severity.URGENT, raised_at=COOKING).over(known, remembered=True)
        assert (worse.raised_at, worse.severity, worse.awaits_an_answer) == (EARLY, Severity.URGENT, True)
        assert ALERT.over(worse, remembered=True).severity is Severity.URGENT


PARIS = "Europe/Paris"
ON_DUTY = AlertSettings(on_duty="camille")


@pytest.mark.parametrize(
    ("at", "wakes"),
    [
        (datetime(2026, 11, 24, 19, 59, tzinfo=UTC), datetime(2026, 11, 24, 19, 59, tzinfo=UTC)),
        (datetime(2026, 11, 24, 20, 0, tzinfo=UTC), datetime(2026, 11, 25, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 25, 5, 59, tzinfo=UTC), datetime(2026, 11, 25, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 25, 6, 0, tzinfo=UTC), datetime(2026, 11, 25, 6, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),  # the clocks go back
    ],
)
def test_the_night_is_not_counted(at: datetime, wakes: datetime) -> None:
    assert waking_time(at, ON_DUTY, PARIS) == wakes


def test_only_what_is_urgent_escalates_until_all_are_told() -> None:
    place = Place(cantine=a_cantine("lyon-vaise"), settings=AlertSettings())
    assert escalates_at(Severity.URGENT, 0, EARLY, place) == EARLY + timedelta(hours=1)
    assert escalates_at(Severity.URGENT, 2, EARLY, place) is None
    assert escalates_at(Severity.IMPORTANT, 0, EARLY, place) is None


def test_a_meal_at_risk_says_what_would_mend_it(meal: Meal) -> None:
    at_risk = replace(confirmed(), held=33, cooks_held=6).overhanging()  # one of seven cooks withdrew: 32 can eat
    scene = replace(meal.scene, seating=at_risk)
    assert RULES[RISK].facts(scene) == {"overhang": 1, "cook_overhang": 0, "mend_cooks": 1}


@settings(max_examples=8, deadline=None)
@given(
    order=st.randoms(use_true_random=False),
    sizes=st.lists(st.integers(1, 200), min_size=1, max_size=30),
    room=st.integers(1, 600),
)
def test_a_burst_of_500_bookings_is_no_storm_in_any_order_and_batching(
    order: Random, sizes: list[int], room: int
) -> None:
    wishes = [Party(cooks=int(number % 9 == 0), eaters=1 + number % 4) for number in range(500)]
    requests = [asks(f"b{number:03}", wish, at=number % 60) for number, wish in enumerate(wishes)]
    order.shuffle(requests)
    meal, guests = Meal(), Room(replace(confirmed(room=room), cutoff_at=CUTOFF))
    raised: Counter[AlertKind] = Counter()
    while requests:
        batch, requests = requests[: sizes[0]], requests[sizes[0] :]
        sizes = [*sizes[1:], sizes[0]]
        guests.hears(*batch)
        before = meal.scene.watch
        meal.scene = replace(meal.scene, seating=guests.sitting)
        meal.scene = replace(meal.scene, watch=look(meal.scene, RULES))
        raised.update(kind for kind, level in meal.scene.watch.levels.items() if level and kind not in before.levels)
    assert set(raised.values()) <= {1}
