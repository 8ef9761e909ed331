"""The map of a network's cities."""

from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.cantine_pages import Place
from services.booking.domain.maps import FRANCE, HEIGHT, WIDTH, draw

LYON, LILLE, MACON = Place(north=45.76, east=4.84), Place(north=50.63, east=3.06), Place(north=46.31, east=4.83)
places = st.builds(Place, north=st.floats(-85, 85), east=st.floats(-180, 180))
french = st.builds(Place, north=st.floats(42.5, 51), east=st.floats(-4.5, 8))
names = st.text("abcdefghij -", min_size=1, max_size=20)


def test_a_city_stands_where_it_is() -> None:
    dots = {dot.city: dot for dot in draw({"Lyon": [LYON], "Lille": [LILLE], "Mâcon": [MACON]}).dots}
    assert dots["Lille"].y < dots["Mâcon"].y < dots["Lyon"].y
    assert dots["Lille"].x < dots["Lyon"].x


def test_a_city_with_two_cantines_is_one_dot_between_them() -> None:
    east = Place(north=LYON.north, east=LYON.east + 0.2)
    (dot,) = draw({"Lyon": [LYON, east]}).dots
    (middle,) = draw({"Lyon": [Place(north=LYON.north, east=LYON.east + 0.1)]}).dots
    assert dot == middle


def test_france_is_drawn_around_french_cities_only() -> None:
    assert len(draw({"Lyon": [LYON]}).outline) == len(FRANCE)
    assert draw({"Lyon": [LYON], "Roma": [Place(north=41.9, east=12.5)]}).outline == []


def test_nothing_is_drawn_of_who_does_not_tell_where() -> None:
    assert draw({"Lyon": []}).dots == []


@given(st.dictionaries(names, st.lists(places, min_size=1, max_size=3), min_size=1, max_size=8))
def test_every_dot_is_in_the_drawing(cities: dict[str, list[Place]]) -> None:
    drawn = draw(cities)
    assert len(drawn.dots) == len(cities)
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in drawn.dots)


@given(st.dictionaries(names, st.lists(french, min_size=1, max_size=3), min_size=1, max_size=12))
def test_no_name_covers_another(cities: dict[str, list[Place]]) -> None:
    dots = draw(cities).dots
    for number, one in enumerate(dots):
        for other in dots[number + 1 :]:
            beside = (one.left == other.left) and abs(one.x - other.x) > 200
            assert beside or abs(one.name_y - other.name_y) >= 17 or not _meet(one, other)


def _meet(one: object, other: object) -> bool:
    begin, end = _span(one)
    other_begin, other_end = _span(other)
    return begin < other_end and other_begin < end


def _span(dot: object) -> tuple[float, float]:
    width = 8.2 * len(dot.city) + 12  # type: ignore[attr-defined]
    return (dot.x - width, dot.x) if dot.left else (dot.x, dot.x + width)  # type: ignore[attr-defined]
