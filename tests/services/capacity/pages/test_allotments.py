"""A coordinator says for whom seats are kept, sees what became of them, and releases them."""

from typing import Any

import pytest

from services.capacity.domain.allotments import Partner
from services.capacity.domain.kitchen import Kitchen, OwnKitchen
from services.capacity.use_cases.look import find_kitchen
from shared.contracts.party import Party
from shared.contracts.seats import Standing
from tests.services.capacity.pages.conftest import Browser
from tests.services.capacity.pages.test_kitchens import GOLDEN, PAGE, PLAN, USUAL, plain

KEPT: dict[str, Any] = {
    **GOLDEN,
    "counts_from_days": "1",
    "newcomer_seats": "3",
    "newcomer_hours": "48",
    "walk_in_seats": "2",
    "walk_in_hours": "",
    "partner_0_id": "",
    "partner_0_name": "Les Amis du Quai",
    "partner_0_seats": "4",
    "partner_0_monthly": "15",
    "partner_0_hours": "24",
}


def kitchen(browser: Browser) -> Kitchen:
    return find_kitchen(browser.house.parts.service, "lyon-vaise")


def test_seats_are_kept_for_newcomers_walk_ins_and_a_partner(camille: Browser) -> None:
    sitting = camille.house.opens(kitchen=USUAL)
    assert camille.sends(PAGE, **KEPT).status_code == 303
    kept = kitchen(camille)
    (quai,) = kept.partners
    assert (kept.newcomer_seats, kept.newcomer_hours, kept.walk_in_seats, kept.walk_in_hours) == (3, 48, 2, 0)
    assert quai == Partner(id=quai.id, name="Les Amis du Quai", seats=4, monthly=15, hours=24)
    assert camille.house.sitting(sitting).seating.seats_left == 34 - 9
    text = plain(camille.opens(PAGE).text)
    assert "3 seats kept for newcomers, 2 for who has not reserved, 4 for Les Amis du Quai" in text
    assert f'name="partner_0_id" value="{quai.id}"' in text


def test_a_partner_keeps_its_id_whatever_becomes_of_its_name_and_can_end(camille: Browser) -> None:
    camille.sends(PAGE, **KEPT)
    (quai,) = kitchen(camille).partners
    more = {"partner_1_id": "forged", "partner_1_name": "L’Escale", "partner_1_seats": "1", "partner_1_hours": "0"}
    camille.sends(PAGE, **{**KEPT, "partner_0_id": quai.id, "partner_0_name": "Le Quai", **more})
    first, second = kitchen(camille).partners
    assert (first.id, first.name, second.name) == (quai.id, "Le Quai", "L’Escale")
    assert second.id not in {"forged", quai.id}
    camille.sends(PAGE, **{**KEPT, "partner_0_id": quai.id, "partner_0_ends": "1"})
    assert kitchen(camille).partners == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("newcomer_seats", "-1"),
        ("newcomer_seats", "some"),
        ("newcomer_hours", "999"),
        ("walk_in_seats", "501"),
        ("walk_in_hours", "soon"),
        ("partner_0_name", ""),
        ("partner_0_name", "x" * 81),
        ("partner_0_seats", "many"),
        ("partner_0_monthly", "-2"),
        ("partner_0_hours", "337"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(camille: Browser, field: str, value: str) -> None:
    answer = camille.sends(PAGE, **{**KEPT, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert field.startswith("partner_0_monthly") or 'value="15"' in answer.text
    assert kitchen(camille) == Kitchen()


def test_more_kept_than_there_are_seats_is_said(camille: Browser) -> None:
    answer = camille.sends(PAGE, **{**KEPT, "newcomer_seats": "40"})
    assert (answer.status_code, "More seats are kept than there are." in answer.text) == (422, True)


def test_of_two_rows_with_one_that_ends_the_error_stands_at_the_right_one(camille: Browser) -> None:
    camille.sends(PAGE, **KEPT)
    (quai,) = kitchen(camille).partners
    rows = {"partner_0_id": quai.id, "partner_0_ends": "1", "partner_1_name": "L’Escale", "partner_1_seats": "many"}
    answer = camille.sends(PAGE, **{**KEPT, **rows})
    text = plain(answer.text)
    assert 'id="partner_0_seats-error"' in text
    assert 'name="partner_0_name" type="text" value="L’Escale"' in text
    assert f'name="partner_1_id" value="{quai.id}"' in text


def test_a_meal_keeps_otherwise(camille: Browser) -> None:
    camille.sends(PAGE, **KEPT)
    (quai,) = kitchen(camille).partners
    sitting = camille.house.opens(kitchen=USUAL)
    edit = f"/coordination/sittings/{sitting}/edit"
    assert "Seats kept for Les Amis du Quai" in camille.opens(edit).text
    field = f"partner_seats_{quai.id}"
    assert camille.sends(edit, **PLAN, newcomer_seats="0", **{field: "9"}).status_code == 303
    assert camille.house.sitting(sitting).own_kitchen == OwnKitchen(newcomer_seats=0, partner_seats=((quai.id, 9),))
    assert 'value="9"' in camille.opens(edit).text
    for wrong in ("many", "-1", "500"):
        answer = camille.sends(edit, **PLAN, newcomer_seats="0", **{field: wrong})
        assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True), wrong
        assert f'value="{wrong}"' in answer.text


def test_the_page_of_a_meal_shows_what_is_kept_taken_and_released(camille: Browser) -> None:
    camille.sends(PAGE, **KEPT)
    sitting = camille.house.opens(kitchen=USUAL)
    page = f"/coordination/sittings/{sitting}"
    camille.house.asked(sitting, "new", Party(eaters=2), newcomer=True)
    camille.house.asked(sitting, "full", Party(eaters=25))
    assert camille.house.asked(sitting, "waits", Party(eaters=1)).standing is Standing.WAITLISTED
    text = plain(camille.opens(page).text)
    assert "3 seats kept back, 2 taken, 1 still kept" in text
    assert "2 seats kept back, 2 still kept" in text
    assert camille.sends(f"{page}/release-seats", page=page, kind="newcomers").status_code == 303
    text = plain(camille.opens(page).text)
    assert "3 seats kept back, 2 taken, the others are released" in text
    assert "Seats are no longer kept for: newcomers" in text
    assert camille.house.claim("waits").standing is Standing.HELD


def test_nobody_releases_seats_of_another_cantine(camille: Browser) -> None:
    other = camille.house.opens("metz-sablon", kitchen=OwnKitchen(newcomer_seats=2))
    answer = camille.sends(f"/coordination/sittings/{other}/release-seats", page=PAGE, kind="newcomers")
    assert answer.status_code == 404
    assert camille.house.sitting(other).seating.let_go == frozenset()


def test_in_french(camille: Browser) -> None:
    camille.sends(PAGE, **KEPT)
    text = plain(camille.client.get(PAGE).text)
    assert "3 places gardées pour les premières visites" in text
    assert "Repas par mois, au plus" in text
