"""A coordinator describes a kitchen, and sees what would mend a meal at risk."""

from typing import Any

import pytest

from services.capacity.domain.kitchen import Hands, OwnKitchen
from services.capacity.domain.places import Limits
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus
from tests.services.capacity.house import BY, URL
from tests.services.capacity.pages.conftest import Browser

PAGE = "/coordination/kitchens/lyon-vaise"
GOLDEN: dict[str, Any] = {
    "seats": "42",
    "cook_places": "11",
    "planned_cooks": "7",
    "base": "23,5",
    "per_cook": "1.5",
    "equipment": "",
    "largest_party": "",
    "group_cap": "",
    "counts_from_days": "8",
    "counts_from_at": "18:00",
}
PLAN: dict[str, Any] = {
    "date": "2026-12-01",
    "cooking_starts": "09:30",
    "meal_starts": "12:30",
    "cutoff_days": "1",
    "cutoff_at": "20:00",
    "allergens_known": "listed",
    "allergens": ["milk"],
    "break_even_price": "12,50",
    "open": "1",
}
USUAL = OwnKitchen()


def plain(text: str) -> str:
    return " ".join(text.split())


def test_a_kitchen_is_described_and_shows_what_it_gives(camille: Browser) -> None:
    sitting, cancelled = camille.house.opens(kitchen=USUAL), camille.house.opens(kitchen=USUAL)
    with camille.house.parts.service.work() as work:
        cancel_sitting(work, cancelled, URL, BY)
    assert "35 seats, 10 places to cook" in camille.opens("/coordination/kitchens").text
    answer = camille.sends(PAGE, **{**GOLDEN, "counts_from_days": "1"})
    assert (answer.status_code, answer.location) == (303, PAGE)
    text = plain(camille.opens(PAGE).text)
    assert "1 meal to come follows." in text
    assert "23.5 meals and 1.5 more for each cook" in text
    assert '<tr><th scope="row">7</th><td class="count">34</td></tr>' in text
    assert '<tr><th scope="row">11</th><td class="count">40</td></tr>' in text
    assert camille.house.sitting(sitting).seating.limits == Limits(seats=34, cook_places=11)
    assert camille.house.sitting(cancelled).seating.status is SittingStatus.CANCELLED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seats", ""),
        ("seats", "-1"),
        ("seats", "many"),
        ("cook_places", "43"),
        ("planned_cooks", "12"),
        ("base", ""),
        ("base", "1,555"),
        ("per_cook", "-1"),
        ("per_cook", "51"),
        ("equipment", "501"),
        ("largest_party", "0"),
        ("largest_party", "some"),
        ("group_cap", "0"),
        ("counts_from_days", "15"),
        ("counts_from_at", "soon"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_rest_is_kept(camille: Browser, field: str, value: str) -> None:
    answer = camille.sends(PAGE, **{**GOLDEN, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert field == "per_cook" or 'value="1.5"' in answer.text
    assert "35 seats, 10 places to cook" in camille.opens("/coordination/kitchens").text


def test_the_largest_party_is_said_to_residents_and_may_be_another_at_one_meal(camille: Browser) -> None:
    sitting = camille.house.opens(kitchen=USUAL)
    camille.sends(PAGE, **{**GOLDEN, "largest_party": "6", "group_cap": "9"})
    assert "at most 6 people on one booking, at most 9 people of a group" in camille.opens(PAGE).text
    assert camille.house.sitting(sitting).seating.kitchen.largest_party == 6
    camille.sends(f"/coordination/sittings/{sitting}/edit", **PLAN, largest_party="8")
    assert camille.house.sitting(sitting).seating.kitchen.largest_party == 8


def test_another_cantine_s_kitchen_is_not_there(camille: Browser) -> None:
    assert camille.opens("/coordination/kitchens/metz-sablon").status_code == 404
    assert camille.sends("/coordination/kitchens/metz-sablon", page=PAGE, **GOLDEN).status_code == 404


def test_a_meal_has_its_kitchen_otherwise_where_its_form_is_not_empty(camille: Browser) -> None:
    camille.sends(PAGE, **{**GOLDEN, "counts_from_days": "1"})
    sitting = camille.house.opens(kitchen=OwnKitchen(hands=Hands(base=1000, per_cook=100)))
    edit = f"/coordination/sittings/{sitting}/edit"
    assert 'name="base" type="text" value="10"' in camille.opens(edit).text
    assert camille.sends(edit, **PLAN, planned_cooks="9").status_code == 303
    assert camille.house.sitting(sitting).own_kitchen == OwnKitchen(planned_cooks=9)
    assert camille.house.sitting(sitting).seating.limits.seats == 37
    answer = camille.sends(edit, **PLAN, base="3")
    assert (answer.status_code, 'id="per_cook-error"' in answer.text) == (422, True)


def test_too_many_cooks_are_refused_with_how_many_there_can_be(camille: Browser) -> None:
    sitting = camille.house.opens(kitchen=USUAL)
    edit = f"/coordination/sittings/{sitting}/edit"
    answer = camille.sends(edit, **PLAN, seats="2", cook_places="10")
    assert "2 people can eat, cooks included: there cannot be more cook places." in answer.text
    answer = camille.sends(edit, **PLAN, seats="2", planned_cooks="6")
    assert "There are 2 cook places: there cannot be more cooks." in answer.text
    assert camille.sends(edit, **PLAN, seats="2").status_code == 303
    assert camille.house.sitting(sitting).seating.limits == Limits(seats=2, cook_places=2)
    answer = camille.sends(PAGE, **{**GOLDEN, "seats": "5"})
    assert "5 people can eat, cooks included: there cannot be more cook places." in answer.text


def test_a_meal_at_risk_says_what_would_mend_it(camille: Browser) -> None:
    camille.sends(PAGE, **{**GOLDEN, "base": "0", "per_cook": "5"})
    sitting = camille.house.opens(kitchen=USUAL)
    camille.house.asked(sitting, "cooks", Party(cooks=6))
    camille.house.asked(sitting, "guests", Party(eaters=24))
    camille.house.asked(sitting, "cooks", Party(cooks=4))
    for path in (f"/coordination/sittings/{sitting}", "/coordination/?from=2026-12-01"):
        assert "Find 2 more cooks, or other help for 8 people." in plain(camille.opens(path).text)
    french = camille.client.get(f"/coordination/sittings/{sitting}").text
    assert "Trouvez 2 cuisinier·ères de plus, ou une autre aide pour 8 personnes." in plain(french)
