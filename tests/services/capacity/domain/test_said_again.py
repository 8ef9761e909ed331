"""A wish that was answered is said again, as after a restore: what its guest heard stays so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.capacity.domain.changes import close_waitlist, expire_offers
from services.capacity.domain.places import nowhere
from services.capacity.domain.rules import WaitingRules
from services.capacity.domain.seating import decide
from shared.contracts.party import NOBODY
from shared.contracts.seats import KeptAnswer, OfferReply, Standing, Why
from shared.contracts.sitting import WaitlistPolicy
from tests.services.capacity.domain.table import CUTOFF, Room, asks, cancels, eaters, table

REFUSED = Standing.REFUSED


def known(room: Room, booking: str) -> Room:
    """Capacity has kept the claim, under a revision of its own."""
    room.claims[booking] = replace(room.claims[booking], revision=7)
    return room


def offer_passed_in_silence() -> Room:
    room = Room(table(2).ruled(WaitingRules()))
    room.now = CUTOFF - timedelta(hours=10)
    room.hears(asks("full", eaters(2)), asks("anna", eaters(2), at=1))
    room.hears(cancels("full"))
    asked = room.claims["anna"].offer
    assert asked
    room.now = asked.until + timedelta(minutes=2)
    room.keeps(expire_offers(room.sitting, list(room.claims.values()), room.now))
    assert room.claims["anna"].why is Why.OFFER_EXPIRED
    return known(room, "anna")


def waited_in_vain() -> Room:
    room = Room(table(2).ruled(WaitingRules()))
    room.hears(asks("full", eaters(2)), asks("anna", eaters(2), at=1))
    room.now = CUTOFF + timedelta(seconds=1)
    waiting = [claim for claim in room.claims.values() if claim.waits_for]
    room.keeps(close_waitlist(room.sitting, waiting, room.now, all_of_them=True))
    room.hears(replace(cancels("full"), asked_at=room.now))
    room.now += timedelta(hours=2)
    return known(room, "anna")


def test_who_was_silent_is_not_seated_because_booking_repeats_the_wish() -> None:
    room = offer_passed_in_silence()
    room.hears(asks("anna", eaters(2), at=1, revision=5))
    assert (room.standing("anna"), room.claims["anna"].why) == (REFUSED, Why.OFFER_EXPIRED)
    assert room.claims["anna"].request_revision == 5


def test_nor_who_waited_in_vain_when_a_seat_comes_free_after_the_cutoff() -> None:
    room = waited_in_vain()
    room.hears(asks("anna", eaters(2), at=1, revision=5))
    assert (room.standing("anna"), room.claims["anna"].why) == (REFUSED, Why.WAITLIST_CLOSED)


def test_a_capacity_that_forgot_the_refusal_is_reminded_of_it() -> None:
    room = Room(table(2))
    kept = KeptAnswer(revision=9, standing=REFUSED, held=NOBODY, why=Why.OFFER_EXPIRED)
    room.hears(asks("anna", eaters(2), at=1, revision=5, last_answer=kept))
    assert (room.standing("anna"), room.claims["anna"].why) == (REFUSED, Why.OFFER_EXPIRED)


def test_who_comes_back_in_earnest_is_heard_anew() -> None:
    room = offer_passed_in_silence()
    room.hears(replace(asks("anna", eaters(2), revision=5), asked_at=room.now))
    assert room.standing("anna") is Standing.HELD


def test_a_change_that_was_refused_stays_refused_with_its_reason() -> None:
    room = Room(table(4))
    room.hears(asks("anna", eaters(2)))
    room.now = CUTOFF + timedelta(minutes=1)
    room.hears(replace(asks("anna", eaters(3), revision=2), asked_at=room.now))
    known(room, "anna")
    room.hears(replace(asks("anna", eaters(2), revision=3), asked_at=room.now))
    assert (room.held("anna"), room.claims["anna"].why) == (eaters(2), Why.PAST_CUTOFF)


def test_who_says_yes_after_somebody_was_faster_is_told_why_they_wait() -> None:
    room = Room(table(2).ruled(WaitingRules(policy=WaitlistPolicy.FILL)))
    room.now = CUTOFF - timedelta(minutes=60)
    room.hears(asks("full", eaters(2)), asks("anna", eaters(2), at=1), asks("bruno", eaters(2), at=2))
    room.hears(cancels("full"))
    shared = room.claims["anna"].offer
    assert shared
    assert room.claims["bruno"].offer == shared
    yes = OfferReply(offer=shared.id, accepted=True, at=room.now)
    room.hears(replace(asks("bruno", eaters(2), at=2, revision=2), reply=yes))
    known(room, "anna")
    room.hears(replace(asks("anna", eaters(2), at=1, revision=2), reply=yes))
    assert (room.standing("anna"), room.claims["anna"].why) == (Standing.WAITLISTED, Why.OFFER_TAKEN)


@pytest.mark.parametrize("wish", [eaters(2), eaters(1)])
def test_a_guest_of_a_meal_that_capacity_has_lost_keeps_the_place(wish: object) -> None:
    kept = KeptAnswer(revision=9, standing=Standing.HELD, held=eaters(2))
    lost = nowhere("s", CUTOFF)
    decision = decide(lost, [], [asks("anna", wish, last_answer=kept)], CUTOFF)  # type: ignore[arg-type]
    (claim,) = decision.answers
    assert (claim.standing, claim.held) == (Standing.HELD, wish)


def test_after_the_cutoff_no_place_is_given_unasked() -> None:
    room = Room(table(2).ruled(WaitingRules()))
    room.hears(asks("full", eaters(2)), asks("anna", eaters(2), at=1))
    room.now = CUTOFF + timedelta(hours=3)  # nobody closed the list in time
    room.hears(replace(cancels("full"), asked_at=room.now))
    assert room.standing("anna") is Standing.WAITLISTED
