"""Bookings that share a contact or a partner count as one group."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.capacity.domain.allotments import Partner
from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.seating import decide
from shared.contracts.party import Party
from shared.contracts.seats import SeatsRequest, Standing, Why
from tests.services.capacity.domain.table import (
    CUTOFF,
    NOW,
    Room,
    asks,
    cancels,
    cooks,
    eaters,
    minute,
    table_of,
)

HELD, WAITLISTED, REFUSED = Standing.HELD, Standing.WAITLISTED, Standing.REFUSED
CAP = 6
QUAI, PORT = Partner(id="quai", name="Les Amis du Quai"), Partner(id="port", name="Le Port")


def capped(room: int = 20, *partners: Partner) -> Room:
    return Room(table_of(Kitchen(room=room, group_cap=CAP, partners=partners)))


def of(group: str, request: SeatsRequest) -> SeatsRequest:
    return replace(request, group=group)


def test_a_group_comes_up_to_its_cap_in_as_many_bookings_as_it_likes() -> None:
    room = capped()
    room.hears(
        of("rey", asks("a", eaters(4))), of("rey", asks("b", eaters(2), at=1)), of("rey", asks("c", eaters(1), at=2))
    )
    assert [room.standing(one) for one in "abc"] == [HELD, HELD, REFUSED]
    assert room.claims["c"].why is Why.GROUP_TOO_LARGE


def test_other_groups_and_bookings_of_no_known_contact_are_not_counted() -> None:
    room = capped()
    room.hears(of("rey", asks("a", eaters(5))), of("roux", asks("b", eaters(5), at=1)), asks("c", eaters(5), at=2))
    assert [room.standing(one) for one in "abc"] == [HELD, HELD, HELD]


def test_who_waits_counts_and_who_left_does_not() -> None:
    room = capped(room=6)
    room.hears(asks("full", eaters(6)), of("rey", asks("a", eaters(4), at=1)), of("rey", asks("b", eaters(3), at=2)))
    assert (room.standing("a"), room.claims["b"].why) == (WAITLISTED, Why.GROUP_TOO_LARGE)
    room.hears(of("rey", cancels("a", at=3)), of("rey", asks("b", eaters(3), at=4, revision=2)))
    assert room.standing("b") is WAITLISTED


def test_a_larger_party_than_a_group_may_be_is_too_large_by_itself() -> None:
    room = capped()
    room.hears(of("rey", asks("a", eaters(7))))
    assert room.claims["a"].why is Why.PARTY_TOO_LARGE


def test_a_lower_cap_takes_nothing_back_lets_parties_shrink_and_nobody_grow() -> None:
    room = capped()
    room.hears(of("rey", asks("a", eaters(3))), of("rey", asks("b", eaters(3), at=1)))
    room.sitting = room.sitting.under(Kitchen(room=20, group_cap=4), confirmed_only=False)
    room.hears(of("rey", asks("a", eaters(4), at=2, revision=2)))
    assert (room.held("a"), room.claims["a"].why) == (eaters(3), Why.GROUP_TOO_LARGE)
    room.hears(
        of("rey", asks("a", cooks(1, eaters=2), at=3, revision=3)), of("rey", asks("b", eaters(2), at=3, revision=2))
    )
    assert (room.held("a"), room.held("b")) == (cooks(1, eaters=2), eaters(2))


def test_the_rest_of_a_group_is_known_even_if_it_neither_asks_nor_waits() -> None:
    room = capped()
    room.hears(of("rey", asks("a", eaters(4))))
    alone = decide(room.sitting, [], [of("rey", asks("b", eaters(3), at=1))], NOW, related=[room.claims["a"]])
    assert [claim.why for claim in alone.answers] == [Why.GROUP_TOO_LARGE]


class TestAPartner:
    def test_is_a_group_whoever_books_for_it(self) -> None:
        room = capped(20, QUAI, PORT)
        room.hears(
            of("ana", asks("a", eaters(4), partner="quai")),
            of("ben", asks("b", eaters(2), at=1, partner="quai")),
            of("ben", asks("c", eaters(4), at=2, partner="port")),
            of("cleo", asks("d", eaters(1), at=3, partner="quai")),
        )
        assert [room.standing(one) for one in "abcd"] == [HELD, HELD, HELD, REFUSED]
        assert room.claims["d"].why is Why.GROUP_TOO_LARGE

    def test_counts_with_what_the_same_contact_books_besides(self) -> None:
        room = capped(20, QUAI)
        room.hears(of("ana", asks("a", eaters(4), partner="quai")), of("ana", asks("b", eaters(3), at=1)))
        assert (room.standing("a"), room.claims["b"].why) == (HELD, Why.GROUP_TOO_LARGE)
        room.hears(of("ana", asks("b", eaters(2), at=2, revision=2)))
        room.hears(of("ana", asks("c", eaters(1), at=3, partner="quai")))
        assert (room.standing("b"), room.claims["c"].why) == (HELD, Why.GROUP_TOO_LARGE)

    def test_counts_once_who_shares_both(self) -> None:
        room = capped(20, QUAI)
        room.hears(*[of("ana", asks(one, eaters(3), at=at, partner="quai")) for at, one in enumerate("ab")])
        assert [room.standing(one) for one in "ab"] == [HELD, HELD]

    @pytest.mark.parametrize(("people", "standing"), [(3, HELD), (4, HELD), (5, REFUSED)])
    def test_may_fill_what_is_kept_for_it_also_once_it_is_released(self, people: int, standing: Standing) -> None:
        kept = replace(QUAI, seats=8, hours=1)
        for hour in (minute(60), CUTOFF - timedelta(minutes=30)):
            room = capped(20, kept)
            room.now = hour
            room.hears(asks("a", eaters(4), partner="quai"), asks("b", eaters(people), at=1, partner="quai"))
            assert room.standing("b") is standing
        alone = capped(20, kept)
        alone.hears(asks("a", eaters(8), partner="quai"), asks("b", eaters(8), at=1))
        assert (alone.standing("a"), alone.claims["b"].why) == (HELD, Why.PARTY_TOO_LARGE)

    def test_hears_of_its_month_first_for_another_date_of_the_month_is_no_help(self) -> None:
        room = capped(20, replace(QUAI, monthly=9))
        room.sitting = replace(room.sitting, allowances={"quai": 5})
        room.hears(asks("a", eaters(4), partner="quai"), asks("b", eaters(3), at=1, partner="quai"))
        assert (room.claims["b"].why, room.claims["b"].meals_left) == (Why.MEALS_USED_UP, 1)
        room.sitting = replace(room.sitting, allowances={"quai": 9})
        room.hears(asks("c", eaters(3), at=2, partner="quai"))
        assert (room.claims["c"].why, room.claims["c"].meals_left) == (Why.GROUP_TOO_LARGE, None)

    def test_of_which_the_kitchen_does_not_know_is_none(self) -> None:
        room = capped(20, QUAI)
        room.hears(*[asks(one, eaters(4), at=at, partner="gone") for at, one in enumerate("ab")])
        assert [room.standing(one) for one in "ab"] == [HELD, HELD]

    def test_newcomers_are_none(self) -> None:
        room = capped(20, QUAI)
        room.hears(*[asks(one, eaters(4), at=at, newcomer=True) for at, one in enumerate("ab")])
        assert [room.standing(one) for one in "ab"] == [HELD, HELD]


ALIKE: dict[str, tuple[str | None, str | None]] = {
    "a": ("rey", None),
    "b": ("rey", "quai"),
    "c": ("roux", "quai"),
    "d": ("roux", None),
    "e": (None, "quai"),
    "f": ("rey", "port"),
    "g": (None, None),
}
"""The contact and the partner of each booking."""


@given(
    st.sampled_from([0, 4, 8]),
    st.lists(st.tuples(st.sampled_from("abcdefg"), st.integers(0, 8), st.integers(0, 2)), max_size=30),
)
def test_nobody_is_given_more_than_their_group_may_have(kept: int, wishes: list[tuple[str, int, int]]) -> None:
    """Who gains a place or a hope by asking is within the cap with those who share their contact or their partner."""
    room = capped(12, replace(QUAI, seats=kept, hours=1), PORT)
    for number, (booking, people, cooking) in enumerate(wishes):
        contact, partner = ALIKE[booking]
        before = room.claims[booking].people if booking in room.claims else 0
        party = Party(cooks=min(cooking, people), eaters=people - min(cooking, people))
        wish = asks(booking, party, at=number, revision=number + 1, partner=partner)
        room.hears(replace(wish, group=contact))
        people_of: Counter[str | None] = Counter()
        for claim in room.claims.values():
            people_of[claim.kind] += claim.people
        assert people_of["quai"] <= max(CAP, kept) and people_of["port"] <= CAP
        if room.claims[booking].people > before:
            group = sum(
                claim.people
                for claim in room.claims.values()
                if claim.booking == booking or alike(booking, claim.booking)
            )
            assert group <= (max(CAP, kept) if partner == "quai" else CAP if contact or partner else 12)
        assert room.sitting.held == sum(claim.held.seats for claim in room.claims.values()) <= 12


def alike(one: str, other: str) -> bool:
    return any(mine is not None and mine == theirs for mine, theirs in zip(ALIKE[one], ALIKE[other], strict=True))
