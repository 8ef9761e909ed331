"""All cantines at once, for administrators."""

import csv
from datetime import date, time
from io import StringIO
from typing import Any

import pytest
import sqlalchemy as sa

from services.capacity.domain.alerts import AlertSettings
from services.capacity.domain.kitchen import Hands, Kitchen, OwnKitchen
from services.capacity.domain.rules import WaitingRules
from services.capacity.domain.templates import Template
from services.capacity.store import alerts as alert_store
from services.capacity.store import cantines as cantine_store
from services.capacity.store import closures as closure_store
from services.capacity.store import kitchens as kitchen_store
from services.capacity.store import templates as template_store
from services.capacity.store import waiting_lists
from services.capacity.store.tables import staff
from services.capacity.use_cases.close_days import keep_holidays_of
from services.capacity.use_cases.plan_weeks import add_template
from services.capacity.use_cases.rule_waiting_lists import rule_waiting_lists
from services.capacity.use_cases.set_kitchen import set_kitchen
from shared.contracts.party import Party
from shared.contracts.sitting import WaitlistPolicy
from shared.holidays import Region
from tests.services.capacity.house import BY, URL, CapacityHouse, a_plan
from tests.services.capacity.pages.conftest import Browser

PAGE = "/coordination/network"
NEW = f"{PAGE}/new"
CROIX = {
    "model": "lyon-vaise",
    "begins": "2026-12-07",
    "name": "Les Tablées de Croix",
    "city": "Croix",
    "address": "3 place des Louches, 59170 Croix",
    "phone": "06 39 98 00 21",
    "email": "croix@example.org",
    "slug": "lille-croix",
}


@pytest.fixture
def administrator(camille: Browser) -> Browser:
    with camille.house.parts.service.work() as work:
        work.conn.execute(sa.update(staff).values(role="administrator"))
    return camille


def test_only_administrators_see_the_network(camille: Browser) -> None:
    for path in (PAGE, NEW, f"{PAGE}/figures.csv"):
        assert camille.opens(path).status_code == 403
    assert camille.sends(NEW, page="/coordination/", **CROIX).status_code == 403
    assert PAGE not in camille.opens("/coordination/").text


def test_the_coming_week_of_every_cantine(administrator: Browser) -> None:
    house = administrator.house
    house.asked(house.opens(day=date(2026, 11, 27), seats=10), "a", Party(cooks=1, eaters=3))
    house.opens(day=date(2026, 11, 28), seats=10)  # each lacks cooks until there are three
    house.opens(day=date(2026, 12, 10))
    page = administrator.opens(PAGE).text
    vaise, sablon = page.index("Les Tablées de Vaise"), page.index("Les Tablées du Sablon")
    assert "2 meals to come" in page and "4 seats taken of 20" in page
    assert "1 cook, <strong>5 more are needed</strong>" in page
    assert page.index("No meal is planned.") > sablon > 0 and vaise > 0
    assert f'href="{PAGE}"' in administrator.opens("/coordination/").text


def test_cooks_are_missing_alike_on_every_page(administrator: Browser) -> None:
    house = administrator.house
    planned = OwnKitchen(room=60, cook_places=11, planned_cooks=9, hands=Hands(base=2350, per_cook=150))
    meal = house.opens(day=date(2026, 11, 27), kitchen=planned)
    assert "<strong>9 more are needed</strong>" in administrator.opens(PAGE).text
    assert "9 cooks are missing" in administrator.opens("/coordination/").text
    assert "9 cooks are missing." in administrator.opens(f"/coordination/sittings/{meal}").text


def test_the_alerts_that_stand(administrator: Browser) -> None:
    assert "1 alert" not in administrator.opens(PAGE).text
    administrator.house.asked(administrator.house.opens(seats=2, cook_places=1), "a", Party(cooks=1, eaters=1))
    assert "1 alert" in administrator.opens(PAGE).text


def figures(administrator: Browser) -> list[list[str]]:
    answer = administrator.client.get(f"{PAGE}/figures.csv", headers={"Accept-Language": "fr"})
    _header, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";")
    return rows


def test_what_came_of_meals_by_month_weekday_and_site(administrator: Browser) -> None:
    house = administrator.house
    for number, day in enumerate((date(2026, 11, 27), date(2026, 12, 1), date(2026, 12, 8))):
        house.asked(house.opens(day=day, seats=10), f"vaise-{number}", Party(cooks=1, eaters=3))
    house.asked(house.opens(cantine="metz-sablon", day=date(2026, 12, 1), seats=8), "sablon", Party(cooks=0, eaters=2))
    house.clock.pass_time(days=14)
    assert figures(administrator) == [
        ["2026-11", "vendredi", "Les Tablées de Vaise", "1", "4", "1", "10"],
        ["2026-12", "mardi", "Les Tablées de Vaise", "1", "4", "1", "10"],
        ["2026-12", "mardi", "Les Tablées du Sablon", "1", "2", "0", "8"],
    ]
    house.clock.pass_time(days=1)
    page = administrator.opens(PAGE).text
    assert "4 covers in the last seven days" in page and "December 2026" in page and "40 %" in page


def test_the_figures_go_back_to_the_month_after_this_one_a_year_ago(administrator: Browser) -> None:
    administrator.house.opens(day=date(2026, 12, 31))
    administrator.house.opens(day=date(2027, 1, 1))
    administrator.house.clock.pass_time(days=380)  # to December 2027
    assert [row[0] for row in figures(administrator)] == ["2027-01"]


def a_weekly_meal(house: CapacityHouse, *, until: date | None = None, **plan: Any) -> None:
    usual = a_plan(menu="", allergens=None, **plan)
    with house.parts.service.work() as work:
        add_template(work, Template(id="", cantine="lyon-vaise", usual=usual, until=until))


def test_a_cantine_is_opened_like_another(administrator: Browser) -> None:
    house = administrator.house
    a_weekly_meal(house)
    a_weekly_meal(house, until=date(2026, 12, 6), cooking_starts=time(17), meal_starts=time(19))
    with house.parts.service.work() as work:
        set_kitchen(work, "lyon-vaise", Kitchen(room=60, cook_places=12, hands=Hands(base=2350, per_cook=150)), "", BY)
        keep_holidays_of(work, "lyon-vaise", Region.ALSACE_MOSELLE)
        alert_store.save_settings(work.conn, "lyon-vaise", AlertSettings(waiting=7, on_duty=house.camille))
        rule_waiting_lists(work, "lyon-vaise", WaitingRules(policy=WaitlistPolicy.FILL), URL, BY)
    answer = administrator.sends(NEW, **CROIX)
    assert answer.location == PAGE
    with house.parts.service.read() as conn:
        croix = cantine_store.some(conn, ["lille-croix"])["lille-croix"]
        (weekly,) = template_store.of_cantines(conn, ["lille-croix"])
        assert kitchen_store.usual(conn, "lille-croix").seats(7) == 34
        alerts = alert_store.places(conn, ["lille-croix"])["lille-croix"].settings
        assert closure_store.exceptions(conn, ["lille-croix"], date.min)["lille-croix"].region is Region.ALSACE_MOSELLE
        assert waiting_lists.some(conn, ["lille-croix"]) == {"lille-croix": WaitingRules(policy=WaitlistPolicy.FILL)}
    assert (alerts.waiting, alerts.on_duty) == (7, None)
    assert (croix.phone, croix.zone) == ("+33639980021", "Europe/Paris")
    assert weekly.first == date(2026, 12, 8) and weekly.first.weekday() == 1


def test_what_is_not_right_is_said_at_its_field_and_the_rest_is_kept(administrator: Browser) -> None:
    for field, value in {
        "phone": "12",
        "email": "croix",
        "slug": "Croix!",
        "name": "",
        "city": "a" * 81,
        "begins": "2026-11-01",
        "model": "nowhere",
    }.items():
        answer = administrator.sends(NEW, **CROIX | {field: value})
        assert answer.status_code == 422 and f'id="{field}-error"' in answer.text, field
        assert CROIX["address"] in answer.text
    answer = administrator.sends(NEW, **CROIX | {"slug": "metz-sablon"})
    assert answer.status_code == 422 and "Another canteen has this short name." in answer.text
