"""Who waits is asked before places are given: for how long, and what the answers do."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.capacity.domain.changes import close_waitlist, edit, expire_offers
from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.offers import GRACE, ends_at, time_to_answer
from services.capacity.domain.places import Sitting
from services.capacity.domain.rules import FlawedRules, WaitingRules
from shared.contracts.party import NOBODY
from shared.contracts.seats import KeptAnswer, Offer, OfferReply, Standing, Why
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from tests.services.capacity.domain.table import CUTOFF, Room, asks, cancels, eaters, minute, table

HELD, OFFERED, WAITLISTED, REFUSED = Standing.HELD, Standing.OFFERED, Standing.WAITLISTED, Standing.REFUSED
STRICT, FILL = WaitlistPolicy.STRICT, WaitlistPolicy.FILL


def near(seats: int, *, minutes: int = 1200, policy: WaitlistPolicy = STRICT) -> Room:
    """A table, so many minutes before booking closes."""
    room = Room(table(seats).ruled(WaitingRules(policy=policy)))
    room.now = CUTOFF - timedelta(minutes=minutes)
    return room


def offer(room: Room, booking: str) -> Offer:
    found = room.claims[booking].offer
    assert found
    return found


def says(
    room: Room, booking: str, *, yes: bool, at: datetime | None = None, to: Offer | None = None, revision: int = 2
) -> None:
    claim = room.claims[booking]
    reply = OfferReply(offer=(to or offer(room, booking)).id, accepted=yes, at=at or room.now)
    request = asks(booking, claim.wished, revision=revision)
    room.hears(replace(request, asked_at=claim.asked_at, reply=reply))


def time_is_over(room: Room) -> None:
    room.now = max(claim.offer.until for claim in room.claims.values() if claim.offer) + GRACE + timedelta(seconds=1)
    room.keeps(expire_offers(room.sitting, list(room.claims.values()), room.now))


class TestWhen:
    @pytest.mark.parametrize(
        ("left", "window"), [(72, 24), (48, 24), (47, 2), (24, 2), (4, 2), (3.9, 1 / 3), (0.1, 1 / 3)]
    )
    def test_the_window_shrinks_so_that_the_next_has_as_long_again(self, left: float, window: float) -> None:
        assert time_to_answer(timedelta(hours=left)) == timedelta(hours=window)

    def test_the_night_is_not_counted_as_time_for_the_next_in_line(self) -> None:
        cutoff = datetime.fromisoformat("2026-11-26T08:00+00:00")  # 9:00 in Lyon
        sitting = replace(table(), cutoff_at=cutoff, zone="Europe/Paris")
        freed = datetime.fromisoformat("2026-11-25T19:00+00:00")  # 20:00: an hour before the night, one after it
        assert ends_at(sitting, freed) == freed + timedelta(minutes=20)

    def test_it_stands_still_in_quiet_hours_and_never_outlasts_the_cutoff(self) -> None:
        cutoff = datetime.fromisoformat("2026-11-25T19:00+00:00")  # 20:00 in Lyon
        sitting = replace(table(), cutoff_at=cutoff, zone="Europe/Paris")
        asked = {
            "2026-11-25T10:00+00:00": "2026-11-25T12:00+00:00",
            "2026-11-24T21:00+00:00": "2026-11-25T09:00+00:00",
            "2026-11-25T16:00+00:00": "2026-11-25T16:20+00:00",
            "2026-11-25T18:50+00:00": "2026-11-25T19:00+00:00",
        }
        for at, until in asked.items():
            assert ends_at(sitting, datetime.fromisoformat(at)) == datetime.fromisoformat(until)

    def test_who_waits_gets_places_at_once_while_there_is_time_and_is_asked_later(self) -> None:
        for minutes, standing in ((24 * 60 + 1, HELD), (24 * 60, OFFERED)):
            room = near(2, minutes=minutes)
            room.hears(asks("full", eaters(2)), asks("a", eaters(1), at=1))
            room.hears(cancels("full"))
            assert room.standing("a") is standing

    def test_a_cantine_may_never_ask_and_no_rule_is_absurd(self) -> None:
        room = near(2)
        room.sitting = room.sitting.ruled(WaitingRules(offers_hours=0))
        room.hears(asks("full", eaters(2)), asks("a", eaters(1), at=1))
        room.hears(cancels("full"))
        assert room.standing("a") is HELD
        with pytest.raises(FlawedRules):
            WaitingRules(offers_hours=169)

    def test_who_has_just_asked_is_not_asked_back_nor_is_who_comes_in_any_case(self) -> None:
        room = near(4)
        room.hears(asks("a", eaters(2)), asks("b", eaters(2), at=1), asks("a", eaters(3), at=2, revision=2))
        room.hears(cancels("b"), asks("new", eaters(1), at=5))
        assert (room.held("a"), room.standing("new")) == (eaters(3), HELD)


class TestOneOffer:
    @pytest.fixture
    def room(self) -> Room:
        """Two seats that have come free are kept for `a`; `b` is next."""
        room = near(2)
        room.hears(asks("full", eaters(2)), asks("a", eaters(2), at=1), asks("b", eaters(1), at=2))
        room.hears(cancels("full"))
        assert (room.standing("a"), room.standing("b")) == (OFFERED, WAITLISTED)
        assert (room.sitting.held, room.sitting.offered, room.sitting.seats_left) == (2, 1, 0)
        return room

    def test_a_yes_makes_the_seats_theirs(self, room: Room) -> None:
        says(room, "a", yes=True)
        assert (room.standing("a"), room.held("a"), room.sitting.offered) == (HELD, eaters(2), 0)

    def test_a_no_leaves_the_line_and_the_next_is_asked(self, room: Room) -> None:
        says(room, "a", yes=False)
        assert (room.standing("a"), room.claims["a"].why) == (REFUSED, Why.OFFER_DECLINED)
        assert (room.standing("b"), room.sitting.held) == (OFFERED, 1)

    def test_without_an_answer_the_next_is_asked_and_nobody_is_asked_for_ever(self, room: Room) -> None:
        time_is_over(room)
        assert (room.standing("a"), room.claims["a"].why, room.standing("b")) == (REFUSED, Why.OFFER_EXPIRED, OFFERED)
        time_is_over(room)
        assert (room.standing("b"), room.sitting.held, room.in_line) == (REFUSED, 0, [])

    def test_a_yes_within_the_grace_counts(self, room: Room) -> None:
        until = offer(room, "a").until
        room.now = until + timedelta(minutes=5)  # the timer is late too
        says(room, "a", yes=True, at=until + GRACE)
        assert room.standing("a") is HELD

    def test_a_late_yes_is_an_ordinary_request_at_its_old_place(self, room: Room) -> None:
        late = offer(room, "a")
        time_is_over(room)
        says(room, "a", yes=True, to=late)
        assert (room.standing("a"), room.in_line, room.claims["a"].asked_at) == (WAITLISTED, ["a"], minute(1))
        says(room, "b", yes=False, revision=3)
        assert room.standing("a") is OFFERED

    def test_a_late_yes_gets_the_seats_at_once_if_nobody_else_wanted_them(self, room: Room) -> None:
        late = offer(room, "a")
        says(room, "b", yes=False, to=Offer(id="none", until=room.now))
        time_is_over(room)
        says(room, "a", yes=True, to=late)
        assert room.standing("a") is HELD

    def test_a_yes_after_the_cutoff_is_too_late(self, room: Room) -> None:
        time_is_over(room)
        time_is_over(room)
        room.now = CUTOFF + timedelta(minutes=1)
        says(room, "a", yes=True, to=Offer(id="none", until=CUTOFF))
        assert (room.standing("a"), room.claims["a"].why) == (REFUSED, Why.PAST_CUTOFF)

    def test_a_yes_that_comes_twice_or_with_an_older_offer_changes_nothing(self, room: Room) -> None:
        first = offer(room, "a")
        says(room, "a", yes=True, to=Offer(id="an older one", until=room.now))
        assert offer(room, "a") == first
        says(room, "a", yes=True, revision=3)
        says(room, "a", yes=True, to=first, revision=4)
        assert (room.held("a"), room.sitting.held) == (eaters(2), 2)

    def test_fewer_of_them_keep_the_offer_and_more_go_to_the_end_of_the_line(self, room: Room) -> None:
        first = offer(room, "a")
        room.hears(asks("a", eaters(1), at=1, revision=2))
        assert (offer(room, "a"), room.standing("b"), room.sitting.held) == (first, OFFERED, 2)
        room.hears(asks("a", eaters(2), at=50, revision=3))
        assert (room.standing("a"), room.in_line) == (WAITLISTED, ["a"])

    def test_an_offer_stands_when_limits_fall_the_sitting_closes_or_the_list_does(self, room: Room) -> None:
        line = list(room.claims.values())
        smaller, closed = Kitchen(room=1, cook_places=0), SittingStatus.CLOSED
        room.keeps(edit(room.sitting, line, kitchen=smaller, status=closed, cutoff_at=CUTOFF, now=room.now))
        assert (room.standing("a"), room.sitting.overhang) == (OFFERED, 1)
        waiting = [claim for claim in room.claims.values() if claim.waits_for]
        room.keeps(close_waitlist(room.sitting, waiting, room.now, all_of_them=True))
        says(room, "a", yes=True)
        assert (room.standing("a"), room.standing("b"), room.sitting.overhang) == (HELD, REFUSED, 1)


class TestOneSetForSeveral:
    @pytest.fixture
    def room(self) -> Room:
        """An hour before booking closes, two seats have come free; seven wait."""
        room = near(2, minutes=60, policy=FILL)
        room.hears(asks("full", eaters(2)), *[asks(name, eaters(2), at=1) for name in "abcdefg"])
        room.hears(cancels("full"))
        return room

    def test_up_to_five_are_asked_and_the_seats_are_kept_once(self, room: Room) -> None:
        assert [room.standing(name) for name in "abcdefg"] == [OFFERED] * 5 + [WAITLISTED] * 2
        assert (room.sitting.held, room.sitting.offered) == (2, 5)
        assert len({offer(room, name) for name in "abcde"}) == 1

    def test_the_first_yes_wins_and_the_others_keep_their_place(self, room: Room) -> None:
        says(room, "c", yes=True)
        assert (room.standing("c"), room.sitting.held, room.in_line) == (HELD, 2, list("abdefg"))
        assert {room.claims[name].why for name in "abde"} == {Why.OFFER_TAKEN}

    def test_what_the_winner_leaves_is_offered_to_the_others(self) -> None:
        room = near(3, minutes=60, policy=FILL)
        room.hears(asks("full", eaters(3)), asks("a", eaters(3), at=1), asks("b", eaters(2), at=2))
        room.hears(asks("c", eaters(1), at=3), cancels("full"))
        says(room, "b", yes=True)
        assert (room.standing("b"), room.standing("c"), room.standing("a")) == (HELD, OFFERED, WAITLISTED)
        assert (room.sitting.held, room.sitting.offered) == (3, 1)

    def test_when_the_first_says_no_the_seats_stay_kept_for_the_others(self, room: Room) -> None:
        says(room, "a", yes=False)
        assert (room.sitting.held, room.standing("b"), room.standing("f")) == (2, OFFERED, OFFERED)

    def test_places_enough_for_each_are_offered_to_each(self) -> None:
        room = near(2, minutes=60, policy=FILL)
        room.hears(asks("full", eaters(2)), asks("a", eaters(1), at=1), asks("b", eaters(1), at=2))
        room.hears(cancels("full"))
        assert offer(room, "a") != offer(room, "b")
        assert room.sitting.held == 2

    def test_not_earlier_and_not_under_strict(self) -> None:
        for minutes, policy in ((121, FILL), (60, STRICT)):
            room = near(2, minutes=minutes, policy=policy)
            room.hears(asks("full", eaters(2)), asks("a", eaters(2), at=1), asks("b", eaters(2), at=1))
            room.hears(cancels("full"))
            assert room.sitting.offered == 1

    def test_nobody_is_asked_into_an_offer_that_is_about_to_end(self, room: Room) -> None:
        room.now = offer(room, "a").until - timedelta(minutes=9)
        says(room, "a", yes=False)
        assert room.standing("f") is WAITLISTED


class TestAfterCapacityLostItsMemory:
    """Its database was restored from an older copy; booking's last answer says what was offered."""

    def kept(self, room: Room) -> KeptAnswer:
        promised = Offer(id="promised", until=room.now + timedelta(minutes=30))
        return KeptAnswer(revision=50, standing=OFFERED, held=NOBODY, offer=promised)

    def forgetful(self) -> Room:
        room = near(2)
        room.hears(asks("stranger", eaters(2)))
        return room

    def test_an_offer_is_honoured_as_a_seat_is_even_above_the_limit(self) -> None:
        room = self.forgetful()
        room.hears(asks("a", eaters(1), at=1, last_answer=self.kept(room)))
        assert (room.standing("a"), room.sitting.held, room.sitting.overhang) == (OFFERED, 3, 1)
        assert room.claims["a"].revision == 50

    def test_a_yes_in_time_is_honoured_however_late_it_arrives(self) -> None:
        room = self.forgetful()
        kept = self.kept(room)
        reply = OfferReply(offer="promised", accepted=True, at=room.now)
        room.now += timedelta(hours=3)
        room.hears(replace(asks("a", eaters(1), at=1, last_answer=kept), reply=reply))
        assert (room.standing("a"), room.held("a")) == (HELD, eaters(1))

    def test_an_offer_that_has_passed_is_a_place_in_line(self) -> None:
        room = self.forgetful()
        kept = self.kept(room)
        room.now += timedelta(hours=3)
        room.hears(asks("a", eaters(1), at=1, last_answer=kept))
        assert (room.standing("a"), room.in_line, room.sitting.held) == (WAITLISTED, ["a"], 2)

    def test_one_set_of_seats_is_kept_once_again(self) -> None:
        room = near(2, minutes=90, policy=FILL)
        room.hears(asks("stranger", eaters(1)))
        kept = self.kept(room)
        room.hears(asks("a", eaters(1), at=1, last_answer=kept), asks("b", eaters(1), at=2, last_answer=kept))
        assert (room.sitting.held, room.sitting.offered, room.sitting.overhang) == (2, 2, 0)


def test_a_cancelled_sitting_ends_its_offers() -> None:
    room = near(2)
    room.hears(asks("full", eaters(2)), asks("a", eaters(2), at=1))
    room.hears(cancels("full"))
    cancelled: Sitting = replace(room.sitting, status=SittingStatus.CANCELLED)
    room.sitting = cancelled
    says(room, "a", yes=True)
    assert room.standing("a") is HELD  # the use case ends all offers in the transaction that cancels
