"""The people of a booking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.parties import grows, party_of
from shared.contracts.party import Party

PARTIES = st.builds(Party, cooks=st.integers(0, 4), eaters=st.integers(0, 4), children=st.integers(0, 4))


@pytest.mark.parametrize(
    ("counts", "party"),
    [
        ((1, 0, 0), Party(eaters=1)),
        ((1, 1, 0), Party(cooks=1)),
        ((4, 1, 2), Party(cooks=1, eaters=1, children=2)),
        ((12, 6, 6), Party(cooks=6, children=6)),
    ],
)
def test_how_a_party_is_counted(counts: tuple[int, int, int], party: Party) -> None:
    assert party_of(*counts) == party


@pytest.mark.parametrize(
    ("counts", "complaint"),
    [
        ((0, 0, 0), {"people": Complaint.PEOPLE_RANGE}),
        ((13, 0, 0), {"people": Complaint.PEOPLE_RANGE}),
        ((100, -1, -1), {name: Complaint[f"{name.upper()}_RANGE"] for name in ("people", "cooks", "children")}),
        ((2, 3, 0), {"cooks": Complaint.MORE_THAN_ALL}),
        ((2, 1, 2), {"children": Complaint.MORE_THAN_ALL}),
    ],
)
def test_parties_that_cannot_be(counts: tuple[int, int, int], complaint: dict[str, Complaint]) -> None:
    with pytest.raises(InvalidInput) as wrong:
        party_of(*counts)
    assert wrong.value.complaints == complaint


@given(st.integers(), st.integers(), st.integers())
def test_a_party_has_the_people_that_were_counted(people: int, cooks: int, children: int) -> None:
    try:
        party = party_of(people, cooks, children)
    except InvalidInput:
        return
    assert (party.seats, party.cooks, party.children) == (people, cooks, children) and party.eaters >= 0


@given(PARTIES, PARTIES)
def test_only_what_needs_something_more_grows(old: Party, new: Party) -> None:
    assert grows(old, new) == (new.seats > old.seats or new.cooks > old.cooks)
    assert not (grows(old, old) or (grows(old, new) and new.seats <= old.seats and new.cooks <= old.cooks))
