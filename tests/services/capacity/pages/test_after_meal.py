"""After the meal: how many came, what it cost, what was given in all."""

import pytest

from services.capacity.domain.after_meal import Attendance, Money, cost_per_cover
from shared.contracts.attendance import Attendance as AttendanceMessage
from tests.services.capacity.pages.conftest import Browser


@pytest.mark.parametrize(("cost", "covers", "each"), [(11_900, 34, 350), (100, 3, 33), (101, 2, 51), (500, 0, None)])
def test_the_cost_of_a_cover(cost: int, covers: int, each: int | None) -> None:
    attendance = Attendance(came=covers, absent=5, walk_ins=0)
    assert cost_per_cover(Money(food_cost=cost, contributions=0), attendance) == each


def test_what_a_meal_cost_stands_beside_the_break_even_price(camille: Browser) -> None:
    house = camille.house
    sitting = house.opens()
    one, money = f"/coordination/sittings/{sitting}", f"/coordination/sittings/{sitting}/money"
    assert camille.sends(money, food_cost="1", contributions="1").status_code == 409
    house.clock.pass_time(days=8)
    camille.signs_in()
    house.hears(AttendanceMessage(thing=sitting, revision=2, came=30, absent=4, walk_ins=4))
    house.hears(AttendanceMessage(thing=sitting, revision=1, came=1, absent=0, walk_ins=0))
    assert camille.sends(money, food_cost="119,00", contributions="280").location == one
    page = camille.opens(one).text
    for words in ("34 (of whom 4 had not reserved)", "€119.00", "€280.00", "€3.50", "break-even price of €12.50"):
        assert words in page
    assert 'value="119,00"' in camille.opens(money).text


@pytest.mark.parametrize("wrong", ["", "much", "-3", "1000000", "1,234", "²"])
def test_what_is_no_amount_is_said_at_the_field_and_kept(camille: Browser, wrong: str) -> None:
    money = f"/coordination/sittings/{camille.house.opens()}/money"
    answer = camille.sends(money, food_cost="12", contributions=wrong)
    assert answer.status_code == 422
    assert 'href="#contributions"' in answer.text
    assert 'value="12"' in answer.text


def test_another_cantine_s_money_is_not_there(camille: Browser) -> None:
    sitting = camille.house.opens("metz-sablon")
    assert camille.opens(f"/coordination/sittings/{sitting}/money").status_code == 404
    answer = camille.sends(
        f"/coordination/sittings/{sitting}/money", page="/coordination/staff/", food_cost="1", contributions="1"
    )
    assert answer.status_code == 404
