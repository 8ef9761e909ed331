"""Who comes along, and who could welcome whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.booking import Booking, new_booking
from services.booking.domain.company import ALONE, Company, Greeting, company_of, first_name, names_in
from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.greeters import pairs
from services.booking.domain.wish import Wish
from shared.contracts.party import Party
from tests.services.booking.house import CAMILLE, STARTS_AT

WELCOMED, WELCOMES = Greeting.WELCOMED, Greeting.WELCOMES


def a_booking(number: int, greeting: Greeting | None, email: str) -> Booking:
    contact = replace(CAMILLE, name=f"Guest{number} Exemple", email=email)
    wish = Wish(party=Party(eaters=1), contact=contact, company=Company(greeting=greeting))
    return new_booking(f"{number:03d}", "lunch", wish, STARTS_AT - timedelta(days=9, minutes=-number), 1)


def told(companions: str, people: int = 3, **more: object) -> Company:
    facts = {"shows_name": False, "greeting": None, "newcomer": False, **more}
    return company_of(names_in(companions), Party(eaters=people), **facts)  # type: ignore[arg-type]


def test_names_stand_between_commas() -> None:
    assert told(" Paul ,, Ana Maria; ").companions == ("Paul", "Ana Maria")
    assert told("") == ALONE


@pytest.mark.parametrize(
    ("companions", "people", "complaint"),
    [
        ("Paul", 1, Complaint.COMPANIONS_MANY),
        ("Paul, Ana, Zoé", 3, Complaint.COMPANIONS_MANY),
        ("x" * 41, 3, Complaint.COMPANIONS_LONG),
        ("Paul, ?", 3, Complaint.COMPANIONS_CHARACTERS),
        ("Pa\x00ul", 3, Complaint.COMPANIONS_CHARACTERS),
    ],
)
def test_what_is_wrong_with_names_is_said(companions: str, people: int, complaint: Complaint) -> None:
    with pytest.raises(InvalidInput) as error:
        told(companions, people)
    assert error.value.complaints == {"companions": complaint}


def test_only_newcomers_are_welcomed_and_only_others_welcome() -> None:
    assert told("", greeting=WELCOMED, newcomer=True).greeting is WELCOMED
    assert told("", greeting=WELCOMED, newcomer=False).greeting is None
    assert told("", greeting=WELCOMES, newcomer=False).greeting is WELCOMES
    assert told("", greeting=WELCOMES, newcomer=True).greeting is None


@pytest.mark.parametrize(
    ("name", "first"),
    [("Jeanne Exemple", "Jeanne"), ("Mme Jeanne Exemple", "Jeanne"), ("Zoé", "Zoé"), ("Madame", "Madame"), ("", "")],
)
def test_the_first_name_is_without_a_title(name: str, first: str) -> None:
    assert first_name(name) == first


def test_names_are_not_in_what_is_logged() -> None:
    assert "Paul" not in repr(told("Paul"))


def test_nobody_is_brought_together_with_who_came_along() -> None:
    new = a_booking(1, WELCOMED, "same@example.org")
    other = a_booking(2, WELCOMED, "other@example.org")
    household, paul = a_booking(3, WELCOMES, "Same@example.org"), a_booking(4, WELCOMES, "paul@example.org")
    assert pairs([household, new]) == [(new, None)]
    assert pairs([paul, household, other, new]) == [(new, paul), (other, household)]


someone = st.tuples(
    st.sampled_from([None, WELCOMED, WELCOMES]), st.sampled_from(["a@example.org", "b@example.org", ""])
)


@given(st.lists(someone, max_size=9))
def test_as_many_are_welcomed_as_can_be_nobody_twice(people: list[tuple[Greeting | None, str]]) -> None:
    here = [a_booking(n, greeting, email or f"{n}@example.org") for n, (greeting, email) in enumerate(people)]
    found = pairs(here)
    assert [new.id for new, _ in found] == [one.id for one in here if one.company.greeting is WELCOMED]
    greeters = [one for _, one in found if one]
    assert len({one.id for one in greeters}) == len(greeters)
    for new, one in found:
        assert one is None or (one.company.greeting is WELCOMES and one.contact.shared != new.contact.shared)
    idle = [one for one in here if one.company.greeting is WELCOMES and one not in greeters]
    alone = [new for new, one in found if one is None]
    assert all(one.contact.shared == new.contact.shared for one in idle for new in alone)


def test_pairs_do_not_hang_on_the_order_in_which_bookings_are_read() -> None:
    here = [a_booking(n, WELCOMED if n % 2 else WELCOMES, f"{n}@example.org") for n in range(6)]
    assert pairs(here) == pairs(reversed(here))
