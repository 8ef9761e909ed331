"""Days and times as each language writes them."""

from datetime import date, time
from pathlib import Path

from shared.languages import Languages

LANGUAGES = Languages([Path(__file__).parents[2] / "shared" / "web" / "translations"])


def test_the_first_of_a_month() -> None:
    first, second = date(2026, 12, 1), date(2026, 12, 2)
    assert [LANGUAGES["fr"].day(day) for day in (first, second)] == ["mardi 1er décembre", "mercredi 2 décembre"]
    assert LANGUAGES["fr"].short_day(first) == "mar. 1er déc."
    assert LANGUAGES["en"].day(first) == "Tuesday 1 December"


def test_french_writes_hours_with_an_h_and_narrow_spaces() -> None:
    half, full = time(9, 30), time(18)
    assert [LANGUAGES["fr"].clock(at) for at in (half, full)] == ["9\u202fh\u202f30", "18\u202fh"]
    assert [LANGUAGES["en"].clock(at) for at in (half, full)] == ["09:30", "18:00"]
