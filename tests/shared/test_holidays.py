"""Public holidays, against the calendars of years gone by and to come."""

from datetime import date

import pytest

from shared.holidays import Holiday, Region, easter, holiday


@pytest.mark.parametrize(
    "sunday",
    [date(1961, 4, 2), date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2026, 4, 5), date(2027, 3, 28)],
)
def test_easter(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_the_eleven_of_2026() -> None:
    days = [date(2026, month, day) for month in range(1, 13) for day in range(1, 29)]
    days += [date(2026, 5, 29), date(2026, 12, 31)]
    found = {day for day in days if holiday(day, Region.FRANCE)}
    assert sorted(f"{day:%d/%m}" for day in found) == sorted(
        ["01/01", "06/04", "01/05", "08/05", "14/05", "25/05", "14/07", "15/08", "01/11", "11/11", "25/12"]
    )


def test_alsace_and_moselle_have_two_more() -> None:
    assert holiday(date(2026, 4, 3), Region.ALSACE_MOSELLE) is Holiday.GOOD_FRIDAY
    assert holiday(date(2026, 12, 26), Region.ALSACE_MOSELLE) is Holiday.SAINT_STEPHEN
    assert holiday(date(2026, 4, 3), Region.FRANCE) is holiday(date(2026, 12, 26), Region.FRANCE) is None
    assert holiday(date(2026, 7, 14), Region.ALSACE_MOSELLE) is Holiday.NATIONAL_DAY
