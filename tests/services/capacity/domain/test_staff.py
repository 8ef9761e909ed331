"""Who may make whom what, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.capacity.domain.staff import NotYours, Staff, changed, may_change, roles_to_give
from shared.contracts.staff import StaffRole

SLUGS = ("dijon", "lille", "metz")
ROLES = st.sampled_from(list(StaffRole))
SOME = st.frozensets(st.sampled_from(SLUGS))


def someone(role: StaffRole, cantines: frozenset[str], name: str = "a") -> Staff:
    theirs = SLUGS if role is StaffRole.ADMINISTRATOR else tuple(sorted(cantines))
    return Staff(id=name, name=name, email=f"{name}@example.org", language="fr", role=role, cantines=theirs)


STAFF = st.builds(someone, ROLES, SOME)
OTHERS = st.builds(someone, ROLES, SOME, st.just("b"))


@given(STAFF, OTHERS, ROLES, SOME)
def test_nobody_rises_above_who_lifts_them_and_no_cantine_is_given_by_who_has_it_not(
    giver: Staff, other: Staff, role: StaffRole, cantines: frozenset[str]
) -> None:
    try:
        after = changed(giver, other, role, cantines)
    except NotYours:
        return
    assert role in roles_to_give(giver.role)
    assert other.role in roles_to_give(giver.role)
    assert set(after.cantines) - set(other.cantines) <= set(giver.cantines)
    assert set(other.cantines) - set(after.cantines) <= set(giver.cantines)


@given(ROLES, OTHERS)
def test_a_helper_changes_nobody(role: StaffRole, other: Staff) -> None:
    assert not may_change(someone(StaffRole.HELPER, frozenset(SLUGS)), other)


@given(STAFF)
def test_nobody_changes_what_they_are_themselves(one: Staff) -> None:
    assert not may_change(one, one)


def test_a_coordinator_makes_no_host_who_would_see_what_they_do_not() -> None:
    giver = someone(StaffRole.COORDINATOR, frozenset({"metz"}))
    with pytest.raises(NotYours):
        changed(giver, someone(StaffRole.HELPER, frozenset({"metz"}), "b"), StaffRole.HOST, frozenset({"metz"}))


def test_who_takes_their_own_cantine_away_leaves_the_others() -> None:
    giver = someone(StaffRole.COORDINATOR, frozenset({"metz"}))
    other = someone(StaffRole.COORDINATOR, frozenset({"metz", "dijon"}), "b")
    assert changed(giver, other, StaffRole.COORDINATOR, frozenset()).cantines == ("dijon",)
