"""How many cooks a call seeks, and when it is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.capacity.domain.cook_calls import NobodyIsSought, cooks_missing, ended, followed, new_call
from services.capacity.domain.kitchen import Hands, Kitchen
from services.capacity.domain.places import Sitting
from shared.contracts.sitting import SittingStatus

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(days=1)
GOLDEN = Kitchen(room=45, cook_places=10, planned_cooks=7, hands=Hands(base=2350, per_cook=150))


def a_sitting(**changes: object) -> Sitting:
    sitting = Sitting(id="lunch", status=SittingStatus.OPEN, cutoff_at=NOW, kitchen=Kitchen(cook_places=4))
    return replace(sitting, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sitting", "least", "missing"),
    [
        (a_sitting(), 3, 3),
        (a_sitting(cooks_held=3), 3, 0),
        (a_sitting(), 9, 4),  # never more than there are places for
        (a_sitting(status=SittingStatus.CLOSED), 3, 0),
        (a_sitting(status=SittingStatus.CANCELLED), 3, 0),
        (a_sitting(kitchen=GOLDEN, cooks_held=6), 3, 1),  # as planned
        (a_sitting(kitchen=GOLDEN, confirmed_only=True, cooks_held=7, held=35, overhang=1), 3, 2),  # to mend it
        (a_sitting(kitchen=Kitchen(room=35, cook_places=4), held=34), 3, 1),  # one chair is left
        (a_sitting(kitchen=Kitchen(room=35, cook_places=4), held=36, overhang=1), 3, 0),  # none is
    ],
)
def test_how_many_cooks_are_missing(sitting: Sitting, least: int, missing: int) -> None:
    assert cooks_missing(sitting, least) == missing


def test_a_call_is_over_once_enough_have_a_place_and_stays_so() -> None:
    call = new_call("c", a_sitting(cooks_held=1), 3, until=UNTIL, by=None, now=NOW)
    assert (call.wanted, call.sought) == (3, 2)
    one_came = followed(call, a_sitting(cooks_held=2), UNTIL)
    assert (one_came.sought, one_came.is_open) == (1, True)
    enough = followed(one_came, a_sitting(cooks_held=3), UNTIL)
    assert not enough.is_open
    assert followed(enough, a_sitting(cooks_held=1), UNTIL) == enough


def test_a_call_ends_with_the_meal_and_follows_it_when_it_moves() -> None:
    call = new_call("c", a_sitting(), 1, until=UNTIL, by=None, now=NOW)
    assert not followed(call, a_sitting(status=SittingStatus.CANCELLED), UNTIL).is_open
    assert not followed(call, a_sitting(status=SittingStatus.CLOSED), UNTIL).is_open
    assert followed(call, a_sitting(), UNTIL + timedelta(hours=1)).until == UNTIL + timedelta(hours=1)
    assert not ended(call).is_open


def test_nobody_is_called_in_vain() -> None:
    with pytest.raises(NobodyIsSought):
        new_call("c", a_sitting(cooks_held=3), 3, until=UNTIL, by=None, now=NOW)
    with pytest.raises(NobodyIsSought):
        new_call("c", a_sitting(), 3, until=NOW, by=None, now=NOW)
