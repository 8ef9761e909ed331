"""What a program writes of a plan, and the plan that it means."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.capacity.domain.sittings import Plan

_LISTS = ("allergens", "diets")
_KITCHEN = {"seats": "room", "cook_places": "cook_places"}


def plan_of(asked: Mapping[str, Any]) -> Plan:
    """A new plan."""
    times = {name: asked[name] for name in ("date", "cooking_starts", "meal_starts")}
    return amended(Plan(**times), asked=asked)


def amended(plan: Plan, *, asked: Mapping[str, Any]) -> Plan:
    """The plan with what is named changed. Allergens and diets were said of the menu: they do not outlive it."""
    changes = dict(asked)
    if changes.get("menu", plan.menu) != plan.menu:
        changes = {"allergens": None, "diets": ()} | changes
    kitchen = {own: changes.pop(name) for name, own in _KITCHEN.items() if name in changes}
    kitchen |= _own_allotments(plan, changes.pop("own_allotments", {}))
    cutoff = {name: changes.pop(f"cutoff_{name}") for name in ("days", "at") if f"cutoff_{name}" in changes}
    changes |= {name: tuple(changes[name]) for name in _LISTS if changes.get(name) is not None}
    return replace(plan, kitchen=replace(plan.kitchen, **kitchen), cutoff=replace(plan.cutoff, **cutoff), **changes)


def _own_allotments(plan: Plan, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is named of the allotments; the partners that are not named keep what they have."""
    changes = dict(asked)
    if "partner_seats" in changes:
        seats = dict(plan.kitchen.partner_seats or ()) | changes["partner_seats"]
        kept = sorted((partner, count) for partner, count in seats.items() if count is not None)
        changes["partner_seats"] = tuple(kept) or None
    return changes
