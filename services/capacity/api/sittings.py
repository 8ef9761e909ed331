"""The meals of my canteens: find, open, change, cancel."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from flask import Response, request, url_for

from services.capacity.api import periods
from services.capacity.api.entrance import ask_for_token, caller, check_is_mine, desk, keep_to_yourself
from services.capacity.api.plans import amended, plan_of
from services.capacity.api.schemas import (
    ChangeSchema,
    PeriodSchema,
    PlanSchema,
    ReleaseSchema,
    SittingSchema,
    page_of,
)
from services.capacity.domain.allotments import NEWCOMERS, WALK_INS, Allotment
from services.capacity.domain.history import by_program
from services.capacity.domain.kitchen import AS_USUAL, OwnKitchen
from services.capacity.domain.places import Sitting
from services.capacity.domain.sittings import FlawedPlan, PlannedSitting
from services.capacity.use_cases.amend_kitchen import find_kitchens
from services.capacity.use_cases.amend_sitting import amend_sitting
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.look import find_sitting
from services.capacity.use_cases.open_once import open_once
from services.capacity.use_cases.release_seats import release_now
from shared.web.api import Endpoints, must_be_json
from shared.web.errors import Problem, answer

blueprint = Endpoints("meals", __name__, url_prefix="/coordination/api/v1/sittings", description="My meals.")
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "A random text of yours: the same request sent again with it opens no second meal.",
    "schema": {"type": "string"},
}

blueprint.before_request(ask_for_token)
blueprint.before_request(must_be_json)
blueprint.after_request(keep_to_yourself)


@blueprint.errorhandler(FlawedPlan)
def flawed(error: FlawedPlan) -> Response:
    """Say what is wrong in which field."""
    return answer(Problem(422, errors={_field(field): [flaw.value] for field, flaw in error.flaws.items()}))


@blueprint.route("", methods=["GET"])
@blueprint.arguments(PeriodSchema, location="query")
@blueprint.response(200, page_of(SittingSchema))
def find(asked: dict[str, Any]) -> dict[str, Any]:
    """Find meals of my canteens, soonest first."""
    if asked["cantine"]:
        check_is_mine(asked["cantine"])
    return periods.page(asked, [asked["cantine"]] if asked["cantine"] else caller().cantines, _shown)


@blueprint.route("", methods=["POST"])
@blueprint.doc(parameters=[IDEMPOTENCY_KEY])
@blueprint.arguments(PlanSchema)
@blueprint.response(201, SittingSchema, headers={"Location": {"schema": {"type": "string"}}})
def open_one(asked: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Open a meal in one of my canteens."""
    cantine = asked.pop("cantine")
    check_is_mine(cantine)
    _check_partners(cantine, asked)
    key = request.headers.get("Idempotency-Key", "").strip() or uuid4().hex
    with desk().service.work() as work:
        made = open_once(work, caller(), cantine, plan_of(asked), desk().settings.public_url, key=key)
    return _seen(made), {"Location": url_for("meals.read", sitting_id=made)}


@blueprint.route("/<sitting_id>", methods=["GET"])
@blueprint.response(200, SittingSchema)
def read(sitting_id: str) -> dict[str, Any]:
    """One meal."""
    return _seen(sitting_id)


@blueprint.route("/<sitting_id>", methods=["PATCH"])
@blueprint.arguments(ChangeSchema(partial=True))
@blueprint.response(200, SittingSchema)
def change(asked: dict[str, Any], sitting_id: str) -> dict[str, Any]:
    """Change what is named and leave the rest; `{"open": false}` closes bookings. Nobody loses a confirmed place."""
    before = find_sitting(desk().service, caller(), sitting_id).sitting
    _check_partners(before.cantine, asked, before.own_kitchen)
    with desk().service.work() as work:
        amend_sitting(work, caller(), sitting_id, partial(amended, asked=asked), desk().settings.public_url)
    return _seen(sitting_id)


@blueprint.route("/<sitting_id>/release", methods=["POST"])
@blueprint.arguments(ReleaseSchema)
@blueprint.response(200, SittingSchema)
def release(asked: dict[str, Any], sitting_id: str) -> dict[str, Any]:
    """Release seats that are kept, before their hour: they go to who waits. Twice is the same as once."""
    kitchen = find_sitting(desk().service, caller(), sitting_id).sitting.seating.kitchen
    if not set(asked["kinds"]) <= {NEWCOMERS, WALK_INS, *(one.id for one in kitchen.partners)}:
        raise Problem(422, errors={"kinds": ["unknown_kind"]})
    with desk().service.work() as work:
        release_now(work, sitting_id, asked["kinds"], desk().settings.public_url, by_program(caller()))
    return _seen(sitting_id)


@blueprint.route("/<sitting_id>", methods=["DELETE"])
@blueprint.response(200, SittingSchema)
def cancel(sitting_id: str) -> dict[str, Any]:
    """Cancel for good: everybody who had booked is told. Twice is the same as once."""
    find_sitting(desk().service, caller(), sitting_id)
    with desk().service.work() as work:
        cancel_sitting(work, sitting_id, desk().settings.public_url, by_program(caller()))
    return _seen(sitting_id)


def _check_partners(cantine: str, asked: Mapping[str, Any], before: OwnKitchen = AS_USUAL) -> None:
    """Raises the problem 422 for seats kept for somebody who is no partner, and was none `before`."""
    named = set(asked.get("own_allotments", {}).get("partner_seats", {})) - set(dict(before.partner_seats or ()))
    if named and not named <= {one.id for one in find_kitchens(desk().service, [cantine])[cantine].partners}:
        raise Problem(422, errors={"partner_seats": ["unknown_partner"]})


def _field(flawed: str) -> str:
    """Where in a request stands what in a kitchen is this field: it names its partners by number."""
    return "partner_seats" if flawed.startswith("partner_") else flawed


def _seen(sitting_id: str) -> dict[str, Any]:
    seen = find_sitting(desk().service, caller(), sitting_id)
    return _shown(seen.sitting, seen.now)


def _shown(one: PlannedSitting, now: datetime) -> dict[str, Any]:
    seating = one.seating
    return {
        "id": one.id,
        "cantine": one.cantine,
        "date": one.date,
        "cooking_starts": one.cooking_starts,
        "meal_starts": one.meal_starts,
        "starts_at": one.starts_at,
        "cutoff_at": seating.cutoff_at,
        "status": seating.status,
        "at_risk": seating.at_risk,
        "awaits_a_decision": one.awaits_a_decision(now),
        "menu": one.menu,
        "allergens": one.allergens,
        "diets": one.diets,
        "break_even_price": one.break_even_price,
        "food_price": one.food_price,
        "seats": seating.limits.seats,
        "seats_held": seating.held,
        "seats_left": seating.seats_left,
        "seats_kept": seating.free_seats - seating.seats_left,
        "newcomer_seats": seating.still_kept.get(NEWCOMERS, 0),
        "allotments": [_allotment(one, seating) for one in seating.kitchen.allotments],
        "own_allotments": _own_allotments(one.own_kitchen),
        "cook_places": seating.limits.cook_places,
        "cooks_held": seating.cooks_held,
        "cook_places_left": seating.cook_places_left,
        "waitlist_length": seating.waitlist_length,
    }


def _allotment(one: Allotment, seating: Sitting) -> dict[str, Any]:
    partner, kept = seating.kitchen.partner(one.kind), seating.still_kept
    return {
        "kind": one.kind,
        "partner": partner.name if partner else None,
        "seats": one.seats,
        "hours": one.hours,
        "still_kept": kept.get(one.kind, 0),
        "released": one.kind not in kept,
    }


def _own_allotments(own: OwnKitchen) -> dict[str, Any]:
    return {
        "newcomer_seats": own.newcomer_seats,
        "newcomer_hours": own.newcomer_hours,
        "walk_in_seats": own.walk_in_seats,
        "walk_in_hours": own.walk_in_hours,
        "partner_seats": dict(own.partner_seats or ()),
    }
