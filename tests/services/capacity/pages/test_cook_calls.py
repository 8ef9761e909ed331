"""One tap on the page of a meal calls for cooks, and shows how many replied."""

from shared.contracts.cook_call import CookCall, CookReplies
from shared.contracts.party import Party
from tests.services.capacity.house import CapacityHouse
from tests.services.capacity.pages.conftest import Browser


def test_one_tap_calls_and_another_ends_the_call(house: CapacityHouse, camille: Browser) -> None:
    meal = house.opens()
    page = f"/coordination/sittings/{meal}"
    assert "3 cooks are missing" in camille.opens(page).text
    camille.sends(f"{page}/call-cooks", page)
    (call,) = house.said(CookCall).values()
    assert (call.thing, call.cantine, call.sought) == (meal, "lyon-vaise", 3)
    camille.sends(f"{page}/call-cooks", page)  # a second tap changes nothing
    assert house.said(CookCall)[meal].call == call.call
    house.hears(CookReplies(thing=meal, revision=1, call=call.call, asked=10, coming=1, declined=4))
    shown = camille.opens(page).text
    assert "3 cooks are still sought" in shown
    assert "10 people asked" in shown
    assert "4 said no" in shown
    camille.sends(f"{page}/stop-calling", page)
    assert "The call is over" in camille.opens(page).text
    assert house.said(CookCall)[meal].sought == 0


def test_a_cook_who_comes_is_one_fewer_to_seek(house: CapacityHouse, camille: Browser) -> None:
    meal = house.opens()
    page = f"/coordination/sittings/{meal}"
    camille.sends(f"{page}/call-cooks", page)
    house.hears(house.asks(meal, "b1", Party(cooks=1)))
    assert house.said(CookCall)[meal].sought == 2
    house.hears(house.asks(meal, "b2", Party(cooks=2)))
    assert house.said(CookCall)[meal].sought == 0
    assert "missing." not in camille.opens(page).text


def test_where_no_cook_is_missing_nobody_is_called(house: CapacityHouse, camille: Browser) -> None:
    meal = house.opens()
    house.hears(house.asks(meal, "b1", Party(cooks=3)))
    page = f"/coordination/sittings/{meal}"
    assert "Call for cooks" not in camille.opens(page).text
    camille.sends(f"{page}/call-cooks", page)
    assert house.said(CookCall) == {}
    assert "No cooks are missing" in camille.opens(page).text


def test_the_meal_of_others_is_not_mine_to_call_for(house: CapacityHouse, camille: Browser) -> None:
    meal = house.opens("metz-sablon")
    for deed in ("call-cooks", "stop-calling"):
        assert camille.sends(f"/coordination/sittings/{meal}/{deed}", "/coordination/").status_code == 404
    assert house.said(CookCall) == {}
