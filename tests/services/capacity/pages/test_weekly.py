"""Coordinators say once what recurs, and when they are closed."""

import re
from typing import Any

import pytest

from services.capacity.use_cases.make_ahead import make_ahead
from shared.contracts.sitting import SittingStatus
from tests.services.capacity.house import URL
from tests.services.capacity.pages.conftest import Browser
from tests.services.capacity.pages.test_sittings import LUNCH

OF_THE_DAY = {"date", "menu", "allergens_known", "allergens"}
RECURRING = {field: value for field, value in LUNCH.items() if field not in OF_THE_DAY}
WEEKLY: dict[str, Any] = {**RECURRING, "weekdays": ["3"], "since": "2026-11-24", "until": "", "every": "1"}
NEW, CLOSURES = "/coordination/weekly/new", "/coordination/closures"
CHRISTMAS: dict[str, Any] = {
    "name": "Vacances",
    "first": "2026-12-21",
    "last": "2027-01-03",
    "cantines": ["lyon-vaise"],
}


def a_weekly_meal(camille: Browser) -> str:
    """The address of a new weekly meal, whose sittings are made."""
    assert camille.sends(NEW, **WEEKLY).status_code == 303
    make_ahead(camille.house.parts.service, URL)
    (path,) = set(
        re.findall(r'href="(/coordination/weekly/[0-9a-f-]{36})"', camille.opens("/coordination/weekly").text)
    )
    return str(path)


def test_a_weekly_meal_is_added_changed_and_ended(camille: Browser) -> None:
    path = a_weekly_meal(camille)
    assert "Thursday, 12:30" in camille.opens("/coordination/weekly").text
    page = camille.opens(path).text
    assert page.count("/coordination/sittings/") >= 5
    answer = camille.sends(path, **{**WEEKLY, "seats": "30", "follows": "1"})
    assert answer.location == path
    after = camille.opens(path).text
    assert "6 meals follow." in after
    assert "30" in after
    camille.sends(f"{path}/end", page=path)
    assert "Ended" in camille.opens("/coordination/weekly").text


def test_one_form_is_enough_for_the_same_meal_on_several_days(camille: Browser) -> None:
    camille.sends(NEW, **{**WEEKLY, "weekdays": ["1", "2", "3", "4"]})
    page = camille.opens("/coordination/weekly").text
    assert [day for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday") if f"{day}, 12:30</a>" in page] == [
        "Tuesday", "Wednesday", "Thursday", "Friday",
    ]  # fmt: skip


def test_a_second_one_starts_from_the_first(camille: Browser) -> None:
    path = a_weekly_meal(camille)
    like = camille.opens(f"{NEW}?like={path.rsplit('/', 1)[1]}").text
    assert 'value="34"' in like and 'value="18:00"' in like and "Vaise" in like


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cantine", "metz-sablon"),
        ("weekdays", ["7"]),
        ("weekdays", []),
        ("since", "soon"),
        ("since", "9999-12-31"),
        ("since", "0001-01-01"),
        ("until", "2026-11-01"),
        ("every", "0"),
        ("every", "9"),
        ("every", ""),
        ("seats", "-1"),
        ("meal_starts", "09:00"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(camille: Browser, field: str, value: object) -> None:
    answer = camille.sends(NEW, **{**WEEKLY, field: value})
    assert answer.status_code == 422
    assert "another look" in answer.text
    assert 'value="3,50"' in answer.text


def test_an_overlap_names_the_other_meal(camille: Browser) -> None:
    a_weekly_meal(camille)
    answer = camille.sends(NEW, **{**WEEKLY, "meal_starts": "13:30"})
    assert answer.status_code == 422
    assert "already the weekly meal of Thursday, 12:30" in answer.text


def test_a_closure_lists_what_is_planned_and_cancels_what_is_ticked(camille: Browser) -> None:
    a_weekly_meal(camille)
    assert camille.sends(CLOSURES, **CHRISTMAS).status_code == 303
    page = camille.opens(CLOSURES).text
    assert "2 meals are still planned:" in page
    (cancel,) = re.findall(r'action="(/coordination/closures/[0-9a-f-]+/cancel)"', page)
    first, second = re.findall(r'name="sittings" value="([^"]+)"', page)
    camille.sends(cancel, page=CLOSURES)
    assert "none was cancelled" in camille.opens(CLOSURES).text
    camille.sends(cancel, page=CLOSURES, sittings=[first])
    assert camille.house.sitting(first).seating.status is SittingStatus.CANCELLED
    assert camille.house.sitting(second).seating.status is SittingStatus.OPEN
    camille.sends(cancel.replace("/cancel", "/remove"), page=CLOSURES)
    assert "No closure is planned." in camille.opens(CLOSURES).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 101),
        ("name", "Vacances\x00"),
        ("first", "soon"),
        ("last", "2026-12-01"),
        ("last", "9999-12-31"),
        ("cantines", ["metz-sablon"]),
    ],
)
def test_a_closure_that_cannot_be_says_why(camille: Browser, field: str, value: object) -> None:
    answer = camille.sends(CLOSURES, **{**CHRISTMAS, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_public_holidays_are_those_of_the_region(camille: Browser) -> None:
    camille.sends(f"{CLOSURES}/holidays", page=CLOSURES, cantine="lyon-vaise", region="alsace_moselle")
    assert 'value="alsace_moselle" selected' in camille.opens(CLOSURES).text
    wrongs: tuple[dict[str, Any], ...] = (
        {"cantine": "metz-sablon", "region": "france"},
        {"cantine": "lyon-vaise", "region": "mars"},
    )
    for wrong in wrongs:
        assert camille.sends(f"{CLOSURES}/holidays", CLOSURES, **wrong).status_code == 404


def test_another_cantine_s_weeks_are_not_there(camille: Browser) -> None:
    for path in ("/coordination/weekly/nothing", "/coordination/weekly/%00"):
        assert camille.opens(path).status_code == 404
        assert camille.sends(path, page=NEW, **WEEKLY).status_code == 404
        assert camille.sends(f"{path}/end", page=NEW).status_code == 404
    for deed in ("remove", "cancel"):
        assert camille.sends(f"{CLOSURES}/nothing/{deed}", page=CLOSURES).status_code == 404


def test_a_school_break_of_a_zone_fills_in_the_form(camille: Browser) -> None:
    page = camille.opens(CLOSURES).text
    assert "Zones A, B, C: Sat 19 Dec – Sun 3 Jan" in page
    assert "Zone C: Sat 6 Feb – Sun 21 Feb" in page
    (chosen,) = re.findall(r'href="(/coordination/closures\?zone=C&amp;first=2027-02-06)#close"', page)
    form = camille.opens(chosen.replace("&amp;", "&")).text
    for typed in ("Winter holidays", "2027-02-06", "2027-02-21"):
        assert f'value="{typed}"' in form
    assert 'value="2027' not in camille.opens(f"{CLOSURES}?zone=Z&first=2027-02-06").text
