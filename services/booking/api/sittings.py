"""The meals to come."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from services.booking.api.entrance import desk
from services.booking.api.schemas import SittingsAskedSchema, SittingSchema, SittingsSchema
from services.booking.domain.sittings import availability
from services.booking.store.sittings import Filter
from services.booking.use_cases.look import find_meal, find_meals
from shared.contracts.sitting import SittingNotice
from shared.web.api import Endpoints

blueprint = Endpoints("sittings", __name__, url_prefix="/api/v1/sittings", description="The meals to come.")


@blueprint.after_request
def let_other_sites_read(response: Response) -> Response:
    """The network's own website shows the meals too; nothing here is secret, and nothing can be changed here."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.route("", methods=["GET"])
@blueprint.arguments(SittingsAskedSchema, location="query")
@blueprint.response(200, SittingsSchema)
def find(asked: dict[str, Any]) -> dict[str, Any]:
    """Find meals, soonest first."""
    page, page_size = asked.pop("page"), asked.pop("page_size")
    found = find_meals(desk().service, Filter(**asked), skip=(page - 1) * page_size, limit=page_size)
    return {
        "items": [_shown(one, found.now) for one in found.items],
        "page": page,
        "page_size": page_size,
        "total": found.total,
        "next": _page_after(page) if page * page_size < found.total else None,
    }


@blueprint.route("/<sitting_id>", methods=["GET"])
@blueprint.response(200, SittingSchema)
def read(sitting_id: str) -> dict[str, Any]:
    """One meal."""
    return _shown(*find_meal(desk().service, sitting_id))


def _shown(sitting: SittingNotice, now: datetime) -> dict[str, Any]:
    return asdict(sitting) | {"availability": availability(sitting, now)}


def _page_after(page: int) -> str:
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return f"{request.path}?{urlencode([*asked, ('page', page + 1)])}"
