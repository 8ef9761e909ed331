"""French public holidays, as the law sets them (Code du travail, L3133-1 and, in Alsace-Moselle, L3134-13)."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Region(StrEnum):
    """Which law of holidays a cantine lives under."""

    FRANCE = "france"
    ALSACE_MOSELLE = "alsace_moselle"


class Holiday(StrEnum):
    """A public holiday."""

    NEW_YEAR = "new_year"
    GOOD_FRIDAY = "good_friday"
    EASTER_MONDAY = "easter_monday"
    LABOUR_DAY = "labour_day"
    VICTORY = "victory"
    ASCENSION = "ascension"
    WHIT_MONDAY = "whit_monday"
    NATIONAL_DAY = "national_day"
    ASSUMPTION = "assumption"
    ALL_SAINTS = "all_saints"
    ARMISTICE = "armistice"
    CHRISTMAS = "christmas"
    SAINT_STEPHEN = "saint_stephen"


_FIXED = {
    (1, 1): Holiday.NEW_YEAR,
    (5, 1): Holiday.LABOUR_DAY,
    (5, 8): Holiday.VICTORY,
    (7, 14): Holiday.NATIONAL_DAY,
    (8, 15): Holiday.ASSUMPTION,
    (11, 1): Holiday.ALL_SAINTS,
    (11, 11): Holiday.ARMISTICE,
    (12, 25): Holiday.CHRISTMAS,
}
_AFTER_EASTER = {1: Holiday.EASTER_MONDAY, 39: Holiday.ASCENSION, 50: Holiday.WHIT_MONDAY}


def holiday(day: date, region: Region) -> Holiday | None:
    """Which public holiday a day is, if any. Of two on one day (1 May 2008) it is the one that moves."""
    return _of_year(day.year, region).get(day)


def is_holiday_somewhere(day: date) -> bool:
    """Whether a day is a public holiday in some region: where the region is not known, all of them count."""
    return any(holiday(day, region) for region in Region)


@lru_cache(64)
def _of_year(year: int, region: Region) -> Mapping[date, Holiday]:
    sunday = easter(year)
    days = {date(year, month, day): name for (month, day), name in _FIXED.items()}
    days |= {sunday + timedelta(days=number): name for number, name in _AFTER_EASTER.items()}
    if region is Region.ALSACE_MOSELLE:
        days |= {sunday - timedelta(days=2): Holiday.GOOD_FRIDAY, date(year, 12, 26): Holiday.SAINT_STEPHEN}
    return days


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Oudin, 1940)."""
    golden, century = year % 19, year // 100
    moon_shift = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = moon_shift - (moon_shift // 28) * (1 - (29 // (moon_shift + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    distance = moon - weekday
    month = 3 + (distance + 40) // 44
    return date(year, month, distance + 28 - 31 * (month // 4))
