"""A meal's page tells who changed it, when, and from what to what."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
import sqlalchemy as sa

from services.capacity.domain.go_no_go import GoNoGo
from services.capacity.domain.history import by_program
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.kitchen import Hands, Kitchen
from services.capacity.domain.rules import WaitingRules
from services.capacity.pages import forms
from services.capacity.store.tables import sitting as kept_sitting
from services.capacity.use_cases.edit_sitting import edit_sitting
from services.capacity.use_cases.rule_waiting_lists import rule_waiting_lists
from services.capacity.use_cases.set_kitchen import set_kitchen
from shared.contracts.party import Party
from shared.contracts.sitting import SittingNotice, WaitlistPolicy
from tests.services.capacity.house import BY, URL
from tests.services.capacity.pages.conftest import Browser


def test_what_was_done_by_page_by_program_and_by_the_kitchen(camille: Browser) -> None:
    house = camille.house
    sitting = house.opens()
    camille.sends(f"/coordination/sittings/{sitting}/close-bookings", page=f"/coordination/sittings/{sitting}")
    house.clock.pass_time(minutes=5)
    with house.parts.service.work() as work:
        edit_sitting(work, sitting, replace(house.sitting(sitting).plan, menu="Chili"), URL, by_program(house.person()))
        set_kitchen(work, "lyon-vaise", Kitchen(hands=Hands(base=2350, per_cook=150)), URL, BY)
    history = camille.opens(f"/coordination/sittings/{sitting}").text.partition(">History<")[2]
    told = (
        "Camille Rey, through the kitchen of the canteen",
        "How many meals the cooks can make: any → 23.5 meals and 1.5 more for each cook",
        "Camille Rey, by a program",
        "Menu: “Velouté de potimarron, parmentier, compote” → “Chili”",
        "Takes no bookings any more",
        "Opened",
    )
    places = [history.find(words) for words in told]
    assert places == sorted(places)
    assert places[0] > 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_change_has_words_in_both_languages(camille: Browser, language: str) -> None:
    house = camille.house
    sitting = house.opens()
    house.asked(sitting, "a", Party(eaters=2))
    changed = replace(
        house.sitting(sitting).plan,
        date=date(2026, 12, 3),
        cooking_starts=time(9, 0),
        meal_starts=time(13, 0),
        cutoff=HourBefore(days=0, at=time(8, 0)),
        kitchen=replace(house.sitting(sitting).plan.kitchen, room=9, cook_places=4, planned_cooks=2, equipment=20),
        allergens=None,
        diets=("vegan",),
        break_even_price=1300,
        food_price=350,
        go_no_go=GoNoGo(at=HourBefore(days=1, at=time(18, 0)), covers=5),
        open=False,
    )
    before = house.sitting(sitting).plan
    with house.parts.service.work() as work:
        edit_sitting(work, sitting, changed, URL, BY)
        rule_waiting_lists(work, "lyon-vaise", WaitingRules(policy=WaitlistPolicy.FILL, offers_hours=3), URL, BY)
        set_kitchen(work, "lyon-vaise", Kitchen(counts_from=HourBefore(days=0, at=time(9, 0))), URL, BY)
        edit_sitting(work, sitting, before, URL, BY)
    page = camille.client.get(f"/coordination/sittings/{sitting}?lang={language}").text
    assert page.count("→") == 2 * 14 + 2 + 1
    assert "None" not in page.partition("<main")[2]


def test_in_which_order_allergens_were_told_is_nobody_s_change(camille: Browser) -> None:
    house = camille.house
    sitting = house.opens(allergens=("eggs", "gluten", "milk"), diets=("without_pork", "vegetarian"))
    assert house.said(SittingNotice)[sitting].allergens == ("gluten", "eggs", "milk")
    with house.parts.service.work() as work:  # as a version before this one kept them
        work.conn.execute(sa.update(kept_sitting).values(allergens=["milk", "eggs", "gluten"]))
    shown: dict[str, Any] = {**forms.written(house.sitting(sitting).plan), "menu": "Quiche"}
    page = f"/coordination/sittings/{sitting}"
    assert "gluten, eggs, milk" in camille.opens(page).text
    camille.sends(f"{page}/edit", **shown)
    history = camille.opens(page).text.partition(">History<")[2]
    assert "→ “Quiche”" in history
    assert "Allergens:" not in history
