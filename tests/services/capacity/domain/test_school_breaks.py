"""School holidays in each zone, as the ministry of education has set them for 2026 and 2027."""

from datetime import date

from services.capacity.domain.school_breaks import school_breaks


def test_a_break_is_the_same_in_all_zones_or_goes_by_turns() -> None:
    christmas, winter, *_ = school_breaks(date(2026, 11, 26), date(2027, 11, 26))
    assert {(one.first, one.last) for one in christmas.values()} == {(date(2026, 12, 19), date(2027, 1, 3))}
    assert [(one.zone, one.first, one.last) for one in winter.values()] == [
        ("C", date(2027, 2, 6), date(2027, 2, 21)),
        ("A", date(2027, 2, 13), date(2027, 2, 28)),
        ("B", date(2027, 2, 20), date(2027, 3, 7)),
    ]


def test_a_break_is_there_until_its_last_day() -> None:
    def zones_in_winter_break(today: date) -> set[str]:
        return {zone for each in school_breaks(today, date(2027, 3, 1)) for zone in each}

    assert zones_in_winter_break(date(2027, 2, 21)) == {"A", "B", "C"}
    assert zones_in_winter_break(date(2027, 2, 22)) == {"A", "B"}


def test_where_no_days_are_set_yet_there_are_none() -> None:
    assert school_breaks(date(2040, 1, 1), date(2041, 1, 1)) == []
