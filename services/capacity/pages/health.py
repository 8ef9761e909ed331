"""Is everything moving, what is stuck, and since when: the three services on one page, for administrators."""

from flask import Blueprint, render_template

from services.capacity.domain.service_states import Motion
from services.capacity.pages import health_words
from services.capacity.pages.access import administrator
from services.capacity.pages.desk import desk
from services.capacity.use_cases.hear_states import look_at_services
from services.capacity.use_cases.look import zones_of_cantines
from shared.web.post import OF_ALL, PLACES
from shared.zones import zone_of_network

blueprint = Blueprint("health", __name__, template_folder="templates", url_prefix=OF_ALL)


@blueprint.get("")
def overview() -> str:
    """How each service is, as it told within the last minute; or since when it tells nothing."""
    administrator()
    found = look_at_services(desk().service)
    return render_template(
        "health.html",
        services=found,
        troubled=[one for one in found if one.motion is not Motion.MOVING],
        places=PLACES,
        zone=zone_of_network(zones_of_cantines(desk().service)),
        words=health_words,
    )
