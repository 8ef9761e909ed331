"""What a program writes of a plan, and the plan that it means."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.capacity.domain.places import Limits
from services.capacity.domain.sittings import Plan

_LISTS = ("allergens", "diets")


def plan_of(asked: Mapping[str, Any]) -> Plan:
    """A new plan."""
    times = {name: asked[name] for name in ("date", "cooking_starts", "meal_starts")}
    return amended(Plan(limits=Limits(seats=0, cook_places=0), **times), asked=asked)


def amended(plan: Plan, *, asked: Mapping[str, Any]) -> Plan:
    """The plan with what is named changed."""
    changes = dict(asked)
    limits = {name: changes.pop(name) for name in ("seats", "cook_places") if name in changes}
    cutoff = {name: changes.pop(f"cutoff_{name}") for name in ("days", "at") if f"cutoff_{name}" in changes}
    changes |= {name: tuple(dict.fromkeys(changes[name])) for name in _LISTS if changes.get(name) is not None}
    return replace(plan, limits=replace(plan.limits, **limits), cutoff=replace(plan.cutoff, **cutoff), **changes)
