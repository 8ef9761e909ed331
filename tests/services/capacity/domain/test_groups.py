"""Bookings that share a contact count as one group."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.seating import decide
from shared.contracts.party import Party
from shared.contracts.seats import SeatsRequest, Standing, Why
from tests.services.capacity.domain.table import NOW, Room, asks, cancels, cooks, eaters, table_of

HELD, WAITLISTED, REFUSED = Standing.HELD, Standing.WAITLISTED, Standing.REFUSED
CAP = 6


def capped(room: int = 20) -> Room:
    return Room(table_of(Kitchen(room=room, group_cap=CAP)))


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


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from(["rey", "roux"]), st.integers(0, 8), st.integers(0, 2)),
        max_size=30,
    )
)
def test_no_group_ever_has_more_people_than_its_cap(wishes: list[tuple[str, str, int, int]]) -> None:
    room = capped(room=9)
    group_of: dict[str, str] = {}
    for number, (booking, any_group, people, cooking) in enumerate(wishes):
        group = group_of.setdefault(booking, any_group)
        party = Party(cooks=min(cooking, people), eaters=people - min(cooking, people))
        room.hears(of(group, asks(booking, party, at=number, revision=number + 1)))
        people_of: Counter[str | None] = Counter()
        for claim in room.claims.values():
            people_of[claim.group] += claim.people
        assert all(count <= CAP for count in people_of.values())
        assert room.sitting.held == sum(claim.held.seats for claim in room.claims.values()) <= 9
