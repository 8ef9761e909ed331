"""What coordinators see and do."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from services.capacity.domain.kitchen import Hands, OwnKitchen
from shared.contracts.party import Party
from shared.contracts.seats import SeatsAnswer, Why
from shared.contracts.sitting import SittingStatus
from tests.services.capacity.pages.conftest import Browser

LUNCH: dict[str, Any] = {
    "cantine": "lyon-vaise",
    "date": "2026-12-03",
    "cooking_starts": "09:30",
    "meal_starts": "12:30",
    "seats": "34",
    "cook_places": "8",
    "menu": "Soupe au pistou",
    "allergens_known": "listed",
    "allergens": ["milk", "nuts"],
    "diets": ["vegetarian"],
    "break_even_price": "12,50",
    "food_price": "3,50",
    "cutoff_days": "2",
    "cutoff_at": "18:00",
    "open": "1",
}
NEW = "/coordination/sittings/new"


def page(sitting: str, more: str = "") -> str:
    return f"/coordination/sittings/{sitting}{more}"


def test_the_weeks_show_how_full_every_meal_is(camille: Browser) -> None:
    sitting = camille.house.opens(seats=3, cook_places=2)
    camille.house.opens(cantine="metz-sablon", menu="Not hers")
    camille.house.asked(sitting, "a", Party(cooks=1, eaters=1))
    camille.house.asked(sitting, "b", Party(eaters=2))
    text = " ".join(camille.opens("/coordination/").text.split())
    assert "2 seats taken of 3, 1 left" in text
    assert "1 cook of 2, 1 cook place left" in text
    assert "1 party is waiting" in text
    assert "Not hers" not in text


def test_the_weeks_show_what_is_missing_and_which_days_are_off(camille: Browser) -> None:
    sitting = camille.house.opens(seats=10, menu="", day=date(2026, 12, 24))
    camille.house.asked(sitting, "a", Party(eaters=9))
    planned = camille.house.opens(day=date(2026, 12, 23), kitchen=OwnKitchen(room=10, cook_places=3, planned_cooks=2))
    camille.house.asked(planned, "b", Party(cooks=1))
    text = camille.opens("/coordination/?from=2026-12-21").text
    for words in (
        "2 cooks are missing",
        "Nearly full",
        "No menu yet",
        "1 cook is missing",
        "Christmas Day",
        "Close bookings",
    ):
        assert words in text
    assert "Nearly full" in camille.opens("/coordination/?from=2026-12-21&cantine=lyon-vaise").text
    assert camille.opens("/coordination/?cantine=nowhere").status_code == 200


def test_each_week_is_summed_up(camille: Browser) -> None:
    for day, seats in ((1, 10), (2, 6)):
        camille.house.opens(seats=seats, cook_places=2, day=date(2026, 12, day))
    first = camille.house.opens(seats=4, cook_places=2, day=date(2026, 12, 3), menu="")
    camille.house.asked(first, "a", Party(eaters=3))
    text = " ".join(camille.opens("/coordination/?from=2026-11-30").text.split())
    assert "3 meals, 3 seats taken of 20" in text
    assert "3 of them lack something" in text


def test_only_the_week_of_the_next_meal_stands_open(camille: Browser) -> None:
    for week in (0, 1):
        camille.house.opens(day=date(2026, 12, 3) + timedelta(weeks=week))
    weeks = camille.opens("/coordination/?from=2026-11-30").text.split('<details class="fold week"')[1:]
    assert [week.startswith(" open>") for week in weeks] == [True, False]
    later = camille.opens("/coordination/?from=2026-12-07").text
    assert '<details class="fold week" open>' in later


def test_who_opens_a_meal_twice_is_told(camille: Browser) -> None:
    for warned in (False, True):
        answer = camille.sends(NEW, **LUNCH)
        assert ("Was it opened twice?" in camille.opens(answer.location).text) is warned
    elsewhen = LUNCH | {"cooking_starts": "17:00", "meal_starts": "20:00"}
    assert "Was it opened twice?" not in camille.opens(camille.sends(NEW, **elsewhen).location).text


def test_weeks_can_be_turned(camille: Browser) -> None:
    camille.house.opens(day=date(2026, 12, 29), menu="Later")
    assert "Later</p>" not in camille.opens("/coordination/").text
    assert "Later</p>" in camille.opens("/coordination/?from=2026-12-14").text
    for odd in ("nonsense", "0001-01-01", "9999-12-31"):
        assert camille.opens(f"/coordination/?from={odd}").status_code == 200


def test_a_meal_shows_its_line_without_names(camille: Browser) -> None:
    sitting = camille.house.opens(seats=3, cook_places=2)
    camille.house.asked(sitting, "secret-booking", Party(eaters=3))
    camille.house.asked(sitting, "other-booking", Party(cooks=1, children=1))
    text = camille.opens(page(sitting)).text
    assert "2 people, 1 cooking, 1 child" in text
    assert "asked on" in text
    assert "booking" not in text.replace("Booking", "").replace("bookings", "")


def test_a_meal_is_opened(camille: Browser) -> None:
    answer = camille.sends(NEW, **LUNCH)
    assert answer.status_code == 303
    sitting = camille.house.sitting(unquote(answer.location).rsplit("/", 1)[1])
    assert (sitting.date, sitting.break_even_price, sitting.allergens) == (date(2026, 12, 3), 1250, ("milk", "nuts"))
    assert (sitting.diets, sitting.food_price) == (("vegetarian",), 350)
    assert sitting.seating.cutoff_at.isoformat() == "2026-12-01T17:00:00+00:00"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cantine", "metz-sablon"),
        ("cantine", ""),
        ("cantine", "\x00"),
        ("date", ""),
        ("date", "soon"),
        ("date", "2026-12-03\x00"),
        ("date", "2026-11-20"),
        ("cooking_starts", "13:00"),
        ("meal_starts", "25:99"),
        ("seats", "many"),
        ("seats", "501"),
        ("seats", "-1"),
        ("cook_places", "35"),
        ("menu", "x" * 501),
        ("menu", "Soupe\x00au pistou"),
        ("allergens_known", "none"),
        ("allergens_known", ""),
        ("break_even_price", "free"),
        ("break_even_price", "1000"),
        ("food_price", "cheap"),
        ("food_price", "13"),
        ("cutoff_days", "15"),
        ("cutoff_days", ""),
        ("cutoff_at", "late"),
        ("decide_at", "late"),
        ("min_cooks", "few"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_rest_is_kept(camille: Browser, field: str, value: str) -> None:
    answer = camille.sends(NEW, **{**LUNCH, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert field == "menu" or "Soupe au pistou" in answer.text
    assert 'value="nuts" checked' in answer.text


def test_a_menu_may_have_several_lines(camille: Browser) -> None:
    answer = camille.sends(NEW, **{**LUNCH, "menu": "Soupe\tau pistou\r\nCompote\r\n"})
    assert camille.house.sitting(unquote(answer.location).rsplit("/", 1)[1]).menu == "Soupe au pistou\nCompote"


def test_allergens_may_be_unknown_or_none(camille: Browser) -> None:
    for known, kept in (("unknown", None), ("none", ())):
        answer = camille.sends(NEW, **{**LUNCH, "allergens_known": known, "allergens": []})
        assert camille.house.sitting(answer.location.rsplit("/", 1)[1]).allergens == kept


def test_lowering_the_limit_says_that_nobody_loses_their_place(camille: Browser) -> None:
    sitting = camille.house.opens(seats=10, cook_places=3)
    camille.house.asked(sitting, "a", Party(eaters=8))
    answer = camille.sends(page(sitting, "/edit"), **{**LUNCH, "date": "2026-12-01", "seats": "6", "cook_places": "3"})
    assert answer.location == page(sitting)
    text = camille.opens(page(sitting)).text
    assert "2 people have a place beyond what this meal can seat and feed: nobody loses theirs." in text
    assert "Find seats or help for 2 people." in text
    assert ">8 seats taken of 6<" in text
    assert "At risk" in text


def test_who_moves_a_meal_reads_who_is_told(camille: Browser) -> None:
    sitting = camille.house.opens(seats=4, cook_places=1)
    camille.house.asked(sitting, "a", Party(eaters=2))
    camille.house.asked(sitting, "b", Party(eaters=2))
    camille.house.asked(sitting, "c", Party(eaters=2))  # waits, and was promised no hour
    plan = {**LUNCH, "seats": "4", "cook_places": "1", "date": "2026-12-01"}

    def reads(**changes: str) -> str:
        camille.sends(page(sitting, "/edit"), **{**plan, **changes})
        return camille.opens(page(sitting)).text

    text = reads(menu="Chili")
    assert "The meal is changed." in text
    assert "told in about" not in text
    text = reads(date="2026-12-02")
    assert "The meal is changed. 2 bookings are told in about two minutes that it moves, if it stays so.<" in text
    camille.house.clock.pass_time(hours=14)  # it is late
    assert "if it stays so. By SMS at 08:00" in reads(meal_starts="13:00")
    nobody = camille.house.opens(day=date(2026, 12, 4))
    camille.sends(page(nobody, "/edit"), **plan)
    assert "told in about" not in camille.opens(page(nobody)).text


def test_more_chairs_than_the_cooks_make_meals_for_are_said_to_change_nothing(camille: Browser) -> None:
    sitting = camille.house.opens(
        kitchen=OwnKitchen(room=38, cook_places=11, planned_cooks=11, hands=Hands(base=2350, per_cook=150))
    )
    assert "chairs, but" not in camille.opens(page(sitting)).text
    changed = {**LUNCH, "date": "2026-12-01", "seats": "60", "cook_places": "11", "planned_cooks": "11"}
    camille.sends(page(sitting, "/edit"), **changed, base="23.5", per_cook="1.5")
    text = camille.opens(page(sitting)).text
    assert text.count("60 chairs, but 11 cooks make 40 meals.") == 2, "as an answer to the change, and beside the seats"
    assert camille.opens(page(sitting)).text.count("60 chairs, but 11 cooks make 40 meals.") == 1


def test_the_form_shows_the_plan_as_it_is(camille: Browser) -> None:
    sitting = camille.house.opens(allergens=())
    text = camille.opens(page(sitting, "/edit")).text
    assert 'value="2026-12-01"' in text
    assert 'value="12,50"' in text
    assert 'value="none" checked' in text


def test_saving_the_form_untouched_changes_nothing(camille: Browser) -> None:
    sitting = camille.house.opens(menu="Soupe\nCompote")
    before = camille.house.sitting(sitting)
    same = {**LUNCH, "date": "2026-12-01", "seats": "10", "cook_places": "3", "menu": "Soupe\r\nCompote"}
    same |= {"diets": [], "food_price": "", "cutoff_days": "1", "cutoff_at": "20:00"}
    camille.sends(page(sitting, "/edit"), **{**same, "allergens": ["milk"]})
    assert camille.house.sitting(sitting) == before


def test_bookings_are_closed_and_reopened_with_one_tap(camille: Browser) -> None:
    sitting = camille.house.opens()
    camille.house.asked(sitting, "a", Party(eaters=2))
    answer = camille.sends(page(sitting, "/close-bookings"), page=page(sitting))
    assert answer.location == page(sitting)
    assert camille.house.sitting(sitting).seating.status is SittingStatus.CLOSED
    assert camille.house.claim("a").held == Party(eaters=2)
    assert "Les Tablées de Vaise, Tuesday 1 December, 12:30: bookings are closed." in camille.opens(page(sitting)).text
    answer = camille.sends(page(sitting, "/open-bookings"), page="/coordination/?from=2026-12-01", back="weeks")
    assert answer.location == "/coordination/?from=2026-12-01"
    assert camille.house.sitting(sitting).seating.status is SittingStatus.OPEN


def test_whether_a_meal_goes_ahead_is_asked_and_answered_on_its_page(camille: Browser) -> None:
    question = {"decide_days": "2", "decide_at": "18:00", "min_covers": "8", "min_cooks": ""}
    path = camille.sends(NEW, **{**LUNCH, **question}).location
    assert "Does this meal go ahead?" not in camille.opens(path).text
    camille.house.clock.pass_time(days=7, hours=9)
    camille.signs_in()
    text = camille.opens(path).text
    assert "Does this meal go ahead?" in text and "you wished for 8" in text
    assert "Does it go ahead?" in camille.opens("/coordination/").text
    camille.sends(f"{path}/go-ahead", page=path)
    text = camille.opens(path).text
    assert "Goes ahead" in text and "Does this meal go ahead?" not in text


def test_cancelling_asks_first_and_then_tells_everybody(camille: Browser) -> None:
    sitting = camille.house.opens()
    camille.house.asked(sitting, "a", Party(eaters=2))
    assert "2 people have a place" in camille.opens(page(sitting, "/cancel")).text
    assert camille.house.sitting(sitting).seating.status is SittingStatus.OPEN
    camille.sends(page(sitting, "/cancel"))
    assert camille.house.said(SeatsAnswer)["a"].why is Why.SITTING_CANCELLED
    for path in (page(sitting), "/coordination/?from=2026-12-01"):
        text = camille.opens(path).text
        assert "Cancelled" in text
        assert "seats taken of 10" in text
        assert " left" not in text
    assert camille.sends(page(sitting, "/edit"), **LUNCH).status_code == 409


def test_another_cantine_s_meal_is_not_there(camille: Browser) -> None:
    sitting = camille.house.opens(cantine="metz-sablon")
    for more in ("", "/edit", "/cancel"):
        assert camille.opens(page(sitting, more)).status_code == 404
    for more in ("/edit", "/cancel", "/close-bookings", "/open-bookings"):
        assert camille.sends(page(sitting, more), page="/coordination/", **LUNCH).status_code == 404
    assert camille.house.sitting(sitting).seating.status is SittingStatus.OPEN


@pytest.mark.parametrize("odd", ["%00", "%ED%A0%80"])
def test_an_address_that_no_database_can_hold_leads_nowhere(camille: Browser, odd: str) -> None:
    for more in ("", "/edit", "/cancel"):
        assert camille.opens(page(odd, more)).status_code == 404
    for more in ("/edit", "/cancel"):
        assert camille.sends(page(odd, more), page="/coordination/", **LUNCH).status_code == 404


def test_a_form_without_its_token_changes_nothing(camille: Browser) -> None:
    sitting = camille.house.opens()
    assert camille.client.post(page(sitting, "/cancel")).status_code == 400
    assert camille.house.sitting(sitting).seating.status is SittingStatus.OPEN


def test_pages_speak_french_by_themselves(camille: Browser) -> None:
    sitting = camille.house.opens()
    text = camille.client.get(page(sitting)).text
    assert "Liste d’attente" in text
    assert "Clôture des réservations" in text
