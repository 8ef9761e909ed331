"""A simple map of the cities of a network: where each dot and its name stand in a drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from statistics import fmean

from services.booking.domain.cantine_pages import Place

WIDTH, HEIGHT = 360, 340  # units of the drawing
_EDGE = 28
_LINE = 17  # the height of a name
_LETTER = 8.2  # the width of one, generously

# The outline of metropolitan France, coarsely: degrees north and east of capes, estuaries and corners of its borders.
FRANCE = tuple(
    Place(north=north, east=east)
    for north, east in (
        *((51.08, 2.54), (50.80, 3.15), (50.35, 3.67), (50.13, 4.20), (49.80, 4.85), (49.50, 5.47), (49.45, 6.37)),
        *((49.16, 6.85), (49.03, 7.90), (48.97, 8.23), (48.30, 7.70), (47.59, 7.59), (47.42, 6.99), (46.90, 6.46)),
        *((46.42, 6.06), (46.23, 6.12), (46.40, 6.80), (45.92, 7.04), (45.20, 6.90), (44.68, 6.95), (44.12, 7.70)),
        *((43.78, 7.53), (43.55, 7.02), (43.15, 6.40), (43.05, 5.85), (43.30, 5.36), (43.40, 4.60), (43.55, 4.00)),
        *((43.20, 3.20), (42.44, 3.16), (42.50, 1.95), (42.60, 1.45), (42.80, 0.65), (42.72, -0.10), (43.06, -1.40)),
        *((43.36, -1.78), (44.60, -1.25), (45.55, -1.10), (46.10, -1.15), (46.50, -1.80), (47.20, -2.20)),
        *((47.50, -2.75), (47.80, -4.10), (48.05, -4.72), (48.40, -4.78), (48.72, -3.95), (48.85, -3.10)),
        *((48.60, -2.30), (48.65, -1.50), (49.30, -1.75), (49.72, -1.94), (49.66, -1.26), (49.35, -1.10)),
        *((49.30, -0.20), (49.50, 0.12), (49.72, 0.20), (49.93, 1.08), (50.20, 1.50), (50.87, 1.58)),
    )
)


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A city in the drawing. Its name stands to the right of the dot, or to the `left`, at `name_y`."""

    city: str
    x: float
    y: float
    left: bool
    name_y: float


@dataclass(frozen=True, kw_only=True)
class Map:
    """The dots, and the outline of the country that they are in, if we know it."""

    dots: list[Dot]
    outline: list[tuple[float, float]]


def draw(cities: Mapping[str, Sequence[Place]]) -> Map:
    """The map of cities, each with the places of its cantines."""
    centres = {city: _centre(places) for city, places in cities.items() if places}
    if not centres:
        return Map(dots=[], outline=[])
    in_france = all(_is_in_france(place) for place in centres.values())
    project = _Projection(FRANCE if in_france else tuple(centres.values()))
    points = {city: project(place) for city, place in centres.items()}
    return Map(dots=_named(points), outline=[project(place) for place in FRANCE] if in_france else [])


def _centre(places: Sequence[Place]) -> Place:
    return Place(north=fmean(one.north for one in places), east=fmean(one.east for one in places))


def _is_in_france(place: Place) -> bool:
    return 42.3 <= place.north <= 51.2 and -5 <= place.east <= 8.3


class _Projection:
    """Equirectangular, true to scale in the middle: at the size of a country nobody sees the difference."""

    def __init__(self, shown: Sequence[Place]) -> None:
        norths, easts = [one.north for one in shown], [one.east for one in shown]
        self.north, self.east = (max(norths) + min(norths)) / 2, (max(easts) + min(easts)) / 2
        self.narrow = cos(radians(self.north))
        tall, wide = max(norths) - min(norths), (max(easts) - min(easts)) * self.narrow
        self.scale = min((HEIGHT - 2 * _EDGE) / max(tall, 0.1), (WIDTH - 2 * _EDGE) / max(wide, 0.1))

    def __call__(self, place: Place) -> tuple[float, float]:
        x = WIDTH / 2 + (place.east - self.east) * self.narrow * self.scale
        y = HEIGHT / 2 - (place.north - self.north) * self.scale
        return round(x, 1), round(y, 1)


def _named(points: Mapping[str, tuple[float, float]]) -> list[Dot]:
    """Each name on the side where there is room, moved down until it covers no other: from north to south."""
    taken: list[tuple[float, float, float]] = []  # from x to x, at y

    def is_covered(begin: float, end: float, y: float) -> bool:
        return any(begin < other_end and other < end and abs(y - at) < _LINE for other, other_end, at in taken)

    dots = []
    for city, (x, y) in sorted(points.items(), key=lambda one: (one[1][1], one[0])):
        width = _LETTER * len(city) + 12
        left = x + width > WIDTH
        begin, name_y = (x - width if left else x), y
        while is_covered(begin, begin + width, name_y):
            name_y += _LINE / 2
        taken.append((begin, begin + width, name_y))
        dots.append(Dot(city=city, x=x, y=y, left=left, name_y=round(name_y, 1)))
    return dots
