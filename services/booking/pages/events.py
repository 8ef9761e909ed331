"""What search engines and social networks read: schema.org in JSON-LD (https://schema.org/Event)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from services.booking.domain.photos import Photo
from services.booking.domain.sittings import Availability, availability
from services.booking.pages.calendar import AT_TABLE
from services.booking.pages.desk import desk
from shared.contracts.sitting import Cantine, SittingNotice, SittingStatus
from shared.web.language import gettext as _

SCHEMA = "https://schema.org"
_OFFERED = {Availability.PLACES: "InStock", Availability.FULL: "SoldOut"}


def of_meal(sitting: SittingNotice, now: datetime) -> dict[str, Any]:
    """A meal as an event, at a free price."""
    cantine, zone = sitting.cantine, ZoneInfo(sitting.cantine.zone)
    cancelled = sitting.status is SittingStatus.CANCELLED
    address = _absolute("meals.meal", sitting_id=sitting.thing)
    return {
        "@context": SCHEMA,
        "@type": "Event",
        "name": _("Meal at %(canteen)s", canteen=cantine.name),
        "description": sitting.menu or _("Decided that morning, with what the market gives."),
        "startDate": sitting.starts_at.astimezone(zone).isoformat(),
        "endDate": (sitting.starts_at + AT_TABLE).astimezone(zone).isoformat(),
        "eventStatus": f"{SCHEMA}/{'EventCancelled' if cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "url": address,
        "location": _place(cantine),
        "organizer": {
            "@type": "Organization",
            "name": cantine.name,
            "url": _page(cantine),
        },
        "offers": {
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "EUR",
            "availability": f"{SCHEMA}/{_OFFERED.get(availability(sitting, now), 'OutOfStock')}",
            "validThrough": sitting.cutoff_at.astimezone(zone).isoformat(),
            "url": address,
        },
    }


def of_cantine(cantine: Cantine, photos: Sequence[Photo]) -> dict[str, Any]:
    """A cantine as a place where one eats."""
    return {
        "@context": SCHEMA,
        **_place(cantine),
        "@type": "FoodEstablishment",
        "url": _page(cantine),
        "telephone": cantine.phone,
        "image": [_absolute("cantines.photo", slug=cantine.slug, photo=one.id) for one in photos],
        "acceptsReservations": True,
    }


def _place(cantine: Cantine) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "streetAddress": cantine.address, "addressLocality": cantine.city}
    return {"@type": "Place", "name": cantine.name, "address": address}


def _page(cantine: Cantine) -> str:
    return _absolute("cantines.show", slug=cantine.slug)


def _absolute(endpoint: str, **values: Any) -> str:
    return desk().public_url + url_for(endpoint, **values)
