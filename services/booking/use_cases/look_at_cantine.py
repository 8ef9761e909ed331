"""A resident gets to know a cantine, or looks where there are some."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from services.booking.domain.cantine_pages import CantinePage, Place
from services.booking.domain.errors import UnknownCantine
from services.booking.domain.maps import Map, draw
from services.booking.domain.photos import Photo
from services.booking.store import cantine_pages, lines, sittings
from services.booking.store.sittings import Filter
from shared.contracts.sitting import Cantine, SittingNotice
from shared.messaging.service import Service
from shared.text import is_storable

SHOWN = 21  # meals: about three weeks of a cantine
MOST_ON_MAP = 30  # cities; more names would cover one another
FEW = 40  # cantines; more have a page of their own


@dataclass(frozen=True, kw_only=True)
class SeenCantine:
    """A cantine as residents see it: what it tells of itself, its photos, its next meals and the present instant."""

    cantine: Cantine
    page: CantinePage
    photos: list[Photo]
    meals: list[SittingNotice]
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Cities:
    """The cantines (slug and name) that have meals to come, by city, and a map of the cities, if it can be drawn."""

    cantines: dict[str, list[tuple[str, str]]]
    map: Map | None

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The cities, to choose from."""
        return [(city, city) for city in self.cantines]

    @property
    def are_few(self) -> bool:
        """Whether all of them fit below something else."""
        return 0 < sum(len(some) for some in self.cantines.values()) <= FEW


def look_at_cantine(service: Service, slug: str) -> SeenCantine:
    """A cantine with its next meals. Raises UnknownCantine."""
    with service.read() as conn:
        cantine = sittings.cantine_of(conn, slug) if is_storable(slug) else None
        if cantine is None:
            raise UnknownCantine
        now = service.clock.now(conn)
        return SeenCantine(
            cantine=cantine,
            page=cantine_pages.find(conn, slug),
            photos=cantine_pages.photos(conn, slug),
            meals=lines.as_told(conn, sittings.to_come(conn, now, Filter(cantine=slug), limit=SHOWN)),
            now=now,
        )


def first_visit_at(service: Service, slug: str) -> str:
    """What a cantine tells of the first time there."""
    with service.read() as conn:
        return cantine_pages.find(conn, slug).first_visit


def find_picture(service: Service, slug: str, photo: str) -> bytes | None:
    """The content of a photo of a cantine."""
    if not is_storable(slug + photo):
        return None
    with service.read() as conn:
        return cantine_pages.picture(conn, slug, photo)


def look_at_cities(service: Service) -> Cities:
    """Where there are cantines."""
    with service.read() as conn:
        found, places = sittings.cantines(conn, service.clock.now(conn)), cantine_pages.places(conn)
    cantines: dict[str, list[tuple[str, str]]] = defaultdict(list)
    of_city: dict[str, list[Place]] = defaultdict(list)
    for city, slug, name in found:
        cantines[city].append((slug, name))
        if slug in places:
            of_city[city].append(places[slug])
    return Cities(cantines=dict(cantines), map=draw(of_city) if 0 < len(of_city) <= MOST_ON_MAP else None)
