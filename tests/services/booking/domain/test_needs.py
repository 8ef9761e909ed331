"""What guests do not eat, counted against the menu."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.needs import (
    ACCESS,
    ALLERGENS,
    DIETS,
    NONE,
    Need,
    Needs,
    check_fits,
    counted,
    lowered,
    needs_in,
    room_for,
)
from shared.contracts.party import Party
from tests.services.booking.house import a_sitting

all_needs = st.builds(
    Needs,
    diets=st.dictionaries(st.sampled_from(DIETS), st.integers(1, 4)),
    allergens=st.frozensets(st.sampled_from(ALLERGENS)),
)


def test_diets_are_counted_in_people_and_allergens_in_bookings_clashes_first() -> None:
    told = [
        Needs(diets={"vegetarian": 2}, allergens=frozenset({"milk", "fish"})),
        Needs(diets={"vegetarian": 1, "without_pork": 1}, allergens=frozenset({"milk"})),
    ]
    menu = a_sitting(diets=("without_pork",), allergens=("celery", "milk"))
    assert counted(told, menu) == [
        Need(name="vegetarian", count=3, clashes=True),
        Need(name="milk", count=2, clashes=True),
        Need(name="without_pork", count=1, clashes=False),
        Need(name="fish", count=1, clashes=False),
    ]


def test_what_is_not_yet_known_is_never_shown_as_none() -> None:
    told = [Needs(allergens=frozenset({"nuts"}))]
    assert [one.clashes for one in counted(told, a_sitting(allergens=None))] == [None]
    assert [one.clashes for one in counted(told, a_sitting(allergens=()))] == [False]


@pytest.mark.parametrize(
    ("suits", "clashing"),
    [
        ((), {"vegetarian", "vegan", "without_pork"}),
        (("without_pork",), {"vegetarian", "vegan"}),
        (("vegetarian",), {"vegan"}),
        (("vegan",), set()),
    ],
)
def test_who_eats_more_strictly_is_served_by_fewer_menus(suits: tuple[str, ...], clashing: set[str]) -> None:
    told = [Needs(diets=dict.fromkeys(DIETS, 1))]
    assert {one.name for one in counted(told, a_sitting(diets=suits)) if one.clashes} == clashing


@given(st.lists(all_needs), st.none() | st.sets(st.sampled_from(ALLERGENS)), st.sets(st.sampled_from(DIETS)))
def test_nothing_is_lost_and_nothing_invented(told: list[Needs], allergens: set[str] | None, diets: set[str]) -> None:
    found = counted(told, a_sitting(allergens=None if allergens is None else tuple(allergens), diets=tuple(diets)))
    assert {one.name for one in found} == {name for one in told for name in (*one.diets, *one.allergens)}
    ranks = [{True: 0, None: 1, False: 2}[one.clashes] for one in found]
    assert ranks == sorted(ranks)
    for one in found:
        if one.name in ALLERGENS:
            assert one.clashes is (None if allergens is None else one.name in allergens)
            assert one.count == sum(one.name in needs.allergens for needs in told)


class TestTheForm:
    def test_takes_consent_for_anything_and_none_for_nothing(self) -> None:
        assert needs_in({"diet_vegan": "0", "diet_vegetarian": ""}, []) == NONE
        told = {"diet_vegan": "2", "agrees": "1"}
        assert needs_in(told, ["nuts", "gold"]) == Needs(diets={"vegan": 2}, allergens=frozenset({"nuts"}))
        for form, allergens in (({"diet_vegan": "1"}, []), ({"agrees": "0"}, ["nuts"])):
            with pytest.raises(InvalidInput) as error:
                needs_in(form, allergens)
            assert error.value.complaints == {"agrees": Complaint.CONSENT_MISSING}

    @pytest.mark.parametrize("text", ["-1", "13", "many", "1.5", "²", "9999999999999999999999"])
    def test_says_what_is_no_number(self, text: str) -> None:
        with pytest.raises(InvalidInput) as error:
            needs_in({"diet_vegan": text, "agrees": "1"}, [])
        assert error.value.complaints == {"diet_vegan": Complaint.DIET_RANGE}


@given(st.lists(st.dictionaries(st.sampled_from(ACCESS), st.integers(1, 4))))
def test_the_room_is_made_ready_for_all_together(told: list[dict[str, int]]) -> None:
    found = room_for(Needs(access=one) for one in told)
    assert found == {name: sum(one.get(name, 0) for one in told) for name in ACCESS if any(name in one for one in told)}


@pytest.mark.parametrize(
    ("need", "party", "complaint"),
    [
        ("wheelchair", Party(eaters=1), None),
        ("carer", Party(eaters=2), None),
        ("carer", Party(eaters=1), Complaint.CARER_COUNTS),
        ("high_chair", Party(eaters=2), Complaint.NO_CHILD),
        ("high_chair", Party(eaters=1, children=1), None),
        ("seated_cooking", Party(eaters=1), Complaint.NO_COOK),
        ("seated_cooking", Party(cooks=1), None),
    ],
)
def test_whoever_needs_something_is_one_of_the_party(need: str, party: Party, complaint: Complaint | None) -> None:
    told = Needs(access={need: 1})
    if complaint is None:
        check_fits(told, party)
        return
    with pytest.raises(InvalidInput) as error:
        check_fits(told, party)
    assert error.value.complaints == {f"access_{need}": complaint}


@given(
    st.dictionaries(st.sampled_from(DIETS), st.integers(1, 4)),
    st.dictionaries(st.sampled_from(ACCESS), st.integers(1, 4)),
    st.builds(Party, cooks=st.integers(0, 2), eaters=st.integers(0, 2), children=st.integers(0, 2)),
)
def test_a_smaller_party_needs_no_more_than_there_are(
    diets: dict[str, int], access: dict[str, int], now: Party
) -> None:
    told = Needs(diets=diets, allergens=frozenset({"nuts"}), access=access)
    left = lowered(told, now)
    check_fits(left, now)
    assert left.allergens == told.allergens and lowered(left, now) == left
    fits = {name: count for name, count in diets.items() if count <= now.seats}
    assert fits.items() <= left.diets.items()


def test_it_is_not_in_what_is_logged() -> None:
    shown = repr(Needs(diets={"vegan": 2}, allergens=frozenset({"nuts"}), access={"carer": 1}))
    assert not any(one in shown for one in ("vegan", "nuts", "carer"))
