"""The kitchens of my canteens: how many can eat with how many cooks."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any
from uuid import uuid4

from flask import Response

from services.capacity.api.entrance import ask_for_token, caller, check_is_mine, desk, keep_to_yourself
from services.capacity.api.schemas import KitchenChangeSchema, KitchenSchema, KitchensSchema
from services.capacity.domain.allotments import Partner
from services.capacity.domain.flaws import Flawed
from services.capacity.domain.kitchen import Hands, Kitchen
from services.capacity.use_cases.amend_kitchen import amend_kitchen, find_kitchens
from shared.web.api import Endpoints, must_be_json
from shared.web.errors import Problem, answer

blueprint = Endpoints("kitchens_api", __name__, url_prefix="/coordination/api/v1/kitchens", description="My kitchens.")
blueprint.before_request(ask_for_token)
blueprint.before_request(must_be_json)
blueprint.after_request(keep_to_yourself)


@blueprint.errorhandler(Flawed)
def flawed(error: Flawed) -> Response:
    """Say what is wrong in which field."""
    return answer(Problem(422, errors={field: [flaw.value] for field, flaw in error.flaws.items()}))


@blueprint.route("", methods=["GET"])
@blueprint.response(200, KitchensSchema)
def find() -> dict[str, Any]:
    """The usual kitchens of my canteens."""
    kitchens = find_kitchens(desk().service, caller().cantines)
    return {"items": [_shown(slug, kitchen) for slug, kitchen in kitchens.items()]}


@blueprint.route("/<cantine>", methods=["GET"])
@blueprint.response(200, KitchenSchema)
def read(cantine: str) -> dict[str, Any]:
    """What is usual in one kitchen."""
    check_is_mine(cantine)
    return _shown(cantine, find_kitchens(desk().service, [cantine])[cantine])


@blueprint.route("/<cantine>", methods=["PATCH"])
@blueprint.arguments(KitchenChangeSchema(partial=True))
@blueprint.response(200, KitchenSchema)
def change(asked: dict[str, Any], cantine: str) -> dict[str, Any]:
    """Change what is named and leave the rest. The meals to come follow; nobody loses a confirmed place."""
    check_is_mine(cantine)

    def amended(kitchen: Kitchen) -> Kitchen:
        return _amended(kitchen, asked)

    with desk().service.work() as work:
        amend_kitchen(work, caller(), cantine, amended, desk().settings.public_url)
    return _shown(cantine, find_kitchens(desk().service, [cantine])[cantine])


def _amended(kitchen: Kitchen, asked: Mapping[str, Any]) -> Kitchen:
    changes = dict(asked)
    counts_from = {
        name: changes.pop(f"counts_from_{name}") for name in ("days", "at") if f"counts_from_{name}" in asked
    }
    if "hands" in changes and changes["hands"] is not None:
        changes["hands"] = Hands(**changes["hands"])
    if "partners" in changes:
        known = {one.id for one in kitchen.partners}
        changes["partners"] = tuple(
            Partner(**one | {"id": one["id"] if one.get("id") in known else str(uuid4())})
            for one in changes["partners"]
        )
    return replace(kitchen, counts_from=replace(kitchen.counts_from, **counts_from), **changes)


def _shown(cantine: str, kitchen: Kitchen) -> dict[str, Any]:
    hands = kitchen.hands
    return {
        "cantine": cantine,
        "room": kitchen.room,
        "cook_places": kitchen.cook_places,
        "planned_cooks": kitchen.planned_cooks,
        "equipment": kitchen.equipment,
        "largest_party": kitchen.largest_party,
        "group_cap": kitchen.group_cap,
        "newcomer_seats": kitchen.newcomer_seats,
        "newcomer_hours": kitchen.newcomer_hours,
        "walk_in_seats": kitchen.walk_in_seats,
        "walk_in_hours": kitchen.walk_in_hours,
        "partners": [asdict(one) for one in kitchen.partners],
        "hands": None if hands is None else {"base": hands.base, "per_cook": hands.per_cook},
        "counts_from_days": kitchen.counts_from.days,
        "counts_from_at": kitchen.counts_from.at,
        "seats_by_cooks": [kitchen.seats(cooks) for cooks in range(kitchen.cook_places + 1)],
    }
