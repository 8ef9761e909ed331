"""What the cantines of the demo tell of themselves, with drawings in the place of photos."""

from collections.abc import Iterator
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from services.booking.domain.cantine_pages import CantinePage, Place
from services.booking.store import cantine_pages, sittings
from services.booking.use_cases.pictures import remade
from shared.messaging.service import Service

_STANDS = {
    "lyon-vaise": Place(north=45.7780, east=4.8040),
    "lyon-guillotiere": Place(north=45.7540, east=4.8430),
    "lille-wazemmes": Place(north=50.6250, east=3.0480),
    "dijon-gresilles": Place(north=47.3360, east=5.0650),
    "metz-sablon": Place(north=49.1010, east=6.1720),
    "macon-saone": Place(north=46.3060, east=4.8330),
}
_ABOUT = (
    "Une grande cuisine ouverte sur la rue, deux tables longues et un coin pour les enfants. "
    "On épluche en bavardant, on goûte, on met le couvert, et on mange ensemble.\n"
    "Chacun vient comme il est : seul, à deux, avec les petits."
)
_FIRST = "Poussez la porte verte et demandez l’hôte du jour : on vous offre un café et on vous fait visiter."
_HOURS = "Quelqu’un répond du mardi au vendredi, de 9 h à 10 h et de 14 h à 16 h. Pendant le repas, laissez un message."
_WAY_IN = "La porte verte, entre la boulangerie et l’école. Arrêt de bus devant la maison ; vélos dans la cour."
_CLOTH, _LINE, _CREAM, _WOOD, _HERB = "#faf4e9", "#9a3b1a", "#fffdf8", "#7a2c11", "#4f6b22"
_SOUPS = ("#d98a3d", "#8a9a3f", "#b8483a", "#e0b34c")


def seed_pages(service: Service) -> None:
    """Let the cantines of the demo tell of themselves, where none does yet."""
    with service.work() as work:
        if not cantine_pages.is_empty(work.conn):
            return
        for number, (_city, slug, _name) in enumerate(sittings.cantines(work.conn, work.now)):
            page = CantinePage(
                about=_ABOUT,
                first_visit=_FIRST,
                phone_hours=_HOURS,
                way_in=_WAY_IN,
                step_free=number % 3 != 1,
                accessible_toilets=number % 3 != 1,
                hearing_loop=number % 2 == 0,
                place=_STANDS.get(slug),
            )
            cantine_pages.keep(work.conn, slug, page)
            for drawn, words in _drawings(number):
                cantine_pages.add_photo(work.conn, slug, remade(drawn), words, work.now)


def _drawings(number: int) -> Iterator[tuple[BytesIO, str]]:
    for bowls in (4, 2):
        image = Image.new("RGB", (960, 640), _CLOTH)
        _table(ImageDraw.Draw(image, "RGBA"), Random(number * 10 + bowls), bowls)  # noqa: S311 - the same each time
        body = BytesIO()
        image.save(body, "PNG")
        body.seek(0)
        yield body, f"Dessin : une nappe à carreaux et {bowls} bols de soupe"


def _table(draw: ImageDraw.ImageDraw, rng: Random, bowls: int) -> None:
    for column in range(0, 960, 80):
        draw.rectangle((column, 0, column + 39, 640), fill=(154, 59, 26, 60))
    for row in range(0, 640, 80):
        draw.rectangle((0, row, 960, row + 39), fill=(154, 59, 26, 60))
    for place in range(bowls):
        middle = 960 * (place + 0.5) / bowls, 320 + rng.randint(-90, 90)
        x, y = middle
        radius = 90 if bowls > 2 else 150
        _disc(draw, middle, radius, _CREAM, _LINE)
        _disc(draw, middle, radius * 0.72, rng.choice(_SOUPS), _WOOD)
        for _ in range(7):
            herb = x + rng.uniform(-0.4, 0.4) * radius, y + rng.uniform(-0.4, 0.4) * radius
            _disc(draw, herb, 6, _HERB, _HERB)
        spoon = x + radius + 22
        draw.line((spoon, y - radius * 0.3, spoon, y + radius), fill=_WOOD, width=9)
        draw.ellipse((spoon - 15, y - radius * 0.9, spoon + 15, y - radius * 0.2), fill=_WOOD)


def _disc(draw: ImageDraw.ImageDraw, middle: tuple[float, float], radius: float, fill: str, outline: str) -> None:
    x, y = middle
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill, outline=outline, width=4)
