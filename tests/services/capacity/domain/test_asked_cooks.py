"""Cooks who were asked before the hour from which only confirmed cooks count, and have not said yes when it comes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.capacity.domain.changes import count_confirmed_cooks, edit, expire_offers
from services.capacity.domain.kitchen import Hands, Kitchen
from services.capacity.domain.offers import GRACE
from services.capacity.domain.rules import WaitingRules
from shared.contracts.seats import Offer, OfferReply, Standing
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from tests.services.capacity.domain.table import CUTOFF, Room, asks, cancels, cooks, eaters, table_of

TWO_MEALS_A_COOK = Kitchen(room=20, cook_places=4, hands=Hands(base=0, per_cook=200))


def room_with_a_cook_asked(policy: WaitlistPolicy, minutes: int) -> Room:
    """Four cook; Wanda waits to cook, Xavier to eat. One cook withdraws, and Wanda is asked."""
    room = Room(table_of(TWO_MEALS_A_COOK).ruled(WaitingRules(policy=policy)))
    room.now = CUTOFF - timedelta(minutes=minutes)
    room.hears(*(asks(f"cook{number}", cooks(1)) for number in range(4)))
    room.hears(*(asks(f"eater{number}", eaters(1), at=1) for number in range(4)))
    room.hears(asks("wanda", cooks(1), at=2))
    room.hears(cancels("cook0"))
    assert room.standing("wanda") is Standing.OFFERED
    return room


def the_hour_comes(room: Room) -> None:
    room.keeps(count_confirmed_cooks(room.sitting, list(room.claims.values()), room.now))


def offer(room: Room, booking: str) -> Offer:
    found = room.claims[booking].offer
    assert found
    return found


@pytest.mark.parametrize(("policy", "minutes"), [(WaitlistPolicy.STRICT, 600), (WaitlistPolicy.FILL, 115)])
def test_they_have_their_place_when_the_hour_comes(policy: WaitlistPolicy, minutes: int) -> None:
    room = room_with_a_cook_asked(policy, minutes)
    the_hour_comes(room)
    assert room.standing("wanda") is Standing.HELD
    assert room.sitting.overhang == 0


def test_so_no_seat_is_sold_against_a_cook_who_may_never_answer() -> None:
    room = room_with_a_cook_asked(WaitlistPolicy.STRICT, 600)
    until = offer(room, "wanda").until
    the_hour_comes(room)
    room.hears(*(asks(f"late{number}", eaters(1), at=60 * 20 + number) for number in range(6)))
    room.now = until + GRACE + timedelta(seconds=1)
    room.keeps(expire_offers(room.sitting, list(room.claims.values()), room.now))
    assert room.sitting.overhang == 0
    assert room.sitting.held <= room.sitting.limits.seats


def test_who_shared_their_offer_stands_in_line_again_and_a_yes_of_theirs_takes_no_seat_twice() -> None:
    room = room_with_a_cook_asked(WaitlistPolicy.FILL, 115)
    room.hears(asks("xavier", eaters(1), at=3))
    shared = offer(room, "xavier")
    assert shared == offer(room, "wanda")
    the_hour_comes(room)
    reply = OfferReply(offer=shared.id, accepted=True, at=room.now)
    room.hears(replace(asks("xavier", eaters(1), at=3, revision=2), reply=reply))
    assert room.standing("wanda") is Standing.HELD
    assert room.sitting.overhang == 0
    assert room.sitting.held <= room.sitting.limits.seats


def test_the_same_when_a_coordinator_moves_the_hour_to_now() -> None:
    room = room_with_a_cook_asked(WaitlistPolicy.STRICT, 600)
    room.keeps(
        edit(
            room.sitting,
            list(room.claims.values()),
            kitchen=TWO_MEALS_A_COOK,
            confirmed_only=True,
            status=SittingStatus.OPEN,
            cutoff_at=CUTOFF,
            now=room.now,
        )
    )
    assert room.standing("wanda") is Standing.HELD
    assert room.sitting.overhang == 0
