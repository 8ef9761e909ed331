"""The meals of a period, as a spreadsheet program opens them."""

import csv
from datetime import date, timedelta
from io import StringIO

from services.capacity.use_cases.add_coordinator import add_coordinator
from shared.contracts.party import Party
from tests.services.capacity.pages.conftest import Browser

TABLE = "/coordination/programs/meals.csv"
DECEMBER = f"{TABLE}?from=2026-12-01&to=2026-12-31"


def rows(camille: Browser, address: str = DECEMBER) -> list[list[str]]:
    text = camille.client.get(address, headers={"Accept-Language": "fr"}).data.decode("utf-8-sig")
    header, *found = csv.reader(StringIO(text, newline=""), delimiter=";")
    assert header[:2] == ["Cantine", "Jour"]
    return found


def test_a_meal_is_a_line(camille: Browser) -> None:
    sitting = camille.house.opens(seats=3, cook_places=2, menu="Soupe; pain", food_price=350)
    camille.house.asked(sitting, "a", Party(cooks=1, eaters=1))
    camille.house.asked(sitting, "b", Party(cooks=0, eaters=2))
    assert rows(camille) == [
        [
            *("Les Tablées de Vaise", "2026-12-01", "09:30", "12:30", "Ouvert"),
            *("3", "2", "0", "2", "1", "1", "12,50", "3,50", "Soupe; pain"),
        ]
    ]


def test_it_is_a_file_of_its_own(camille: Browser) -> None:
    answer = camille.client.get(DECEMBER, headers={"Accept-Language": "fr"})
    assert answer.mimetype == "text/csv" and answer.is_streamed
    assert answer.headers["Content-Disposition"] == 'attachment; filename="repas-2026-12-01-2026-12-31.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"\xef\xbb\xbf")


def test_a_menu_is_never_computed(camille: Browser) -> None:
    camille.house.opens(menu='=HYPERLINK("http://example.org")')
    (row,) = rows(camille)
    assert row[-1] == '\'=HYPERLINK("http://example.org")'


def test_both_days_are_part_of_a_period_however_long(camille: Browser) -> None:
    days = [date(2026, 12, 1) + timedelta(days=31 * number) for number in range(4)]
    for day in days:
        camille.house.opens(day=day)
    found = rows(camille, f"{TABLE}?from={days[0]}&to={days[-1]}")
    assert [row[1] for row in found] == [day.isoformat() for day in days]


def test_only_my_cantines_are_in_it(camille: Browser) -> None:
    camille.house.opens(cantine="metz-sablon")
    assert rows(camille) == []
    assert camille.opens(f"{DECEMBER}&cantine=metz-sablon").status_code == 403
    with camille.house.parts.service.work() as work:
        both = ["metz-sablon", "lyon-vaise"]
        add_coordinator(work, email="camille@example.org", name="Camille", language="fr", cantines=both)
    camille.house.opens()
    assert len(rows(camille)) == 2 and len(rows(camille, f"{DECEMBER}&cantine=metz-sablon")) == 1


def test_a_period_that_cannot_be_understood(camille: Browser) -> None:
    ends_of_the_calendar = "from=0001-01-01&to=9999-12-31", "from=9999-12-31&to=9999-12-31"
    for query in ("", "from=2026-12-01", "from=x&to=y", "from=2026-12-02&to=2026-12-01", *ends_of_the_calendar):
        answer = camille.opens(f"{TABLE}?{query}")
        assert answer.status_code == 422 and "text/html" in answer.content_type


def test_the_page_offers_last_month(camille: Browser) -> None:
    page = camille.opens("/coordination/programs").text
    assert 'value="2026-10-01"' in page and 'value="2026-10-31"' in page
