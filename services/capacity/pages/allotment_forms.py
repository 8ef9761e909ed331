"""The fields in which is said for whom seats are kept: of a cantine with its partners, or of a meal."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import uuid4

from werkzeug.datastructures import MultiDict

from services.capacity.domain.allotments import HOURS, MOST_PARTNERS, Partner
from services.capacity.domain.flaws import Flaw
from services.capacity.domain.kitchen import Kitchen, OwnKitchen
from services.capacity.pages.numbers import read_count

COUNTS = ("newcomer_seats", "newcomer_hours", "walk_in_seats", "walk_in_hours")
OF_A_PARTNER = ("id", "name", "seats", "monthly", "hours", "ends")
OF_A_MEAL = "partner_seats_"  # how a field begins that says how many seats a meal keeps for a partner
ROWS = range(MOST_PARTNERS + 1)


def written(kitchen: Kitchen | OwnKitchen) -> dict[str, str]:
    """What is kept, as one would type it; what is None is empty."""
    numbers = {field: getattr(kitchen, field) for field in COUNTS}
    if isinstance(kitchen, OwnKitchen):
        numbers |= {f"{OF_A_MEAL}{partner}": seats for partner, seats in kitchen.partner_seats or ()}
    return {field: "" if number is None else str(number) for field, number in numbers.items()}


def written_partners(kitchen: Kitchen) -> list[dict[str, str]]:
    """The partners of a kitchen as one would type them, and a blank row for one more."""
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "seats": str(one.seats),
            "monthly": "" if one.monthly is None else str(one.monthly),
            "hours": str(one.hours),
            "ends": "",
        }
        for one in kitchen.partners
    ]
    return [*rows, _BLANK]


_BLANK = {"id": "", "name": "", "seats": "", "monthly": "", "hours": str(HOURS), "ends": ""}


def typed_partners(form: MultiDict[str, str]) -> list[dict[str, str]]:
    """The rows that were sent, to be shown again: those that stay partners first, as their flaws are counted."""
    rows = [{part: form.get(f"partner_{row}_{part}", "").strip() for part in OF_A_PARTNER} for row in ROWS]
    rows = [row for row in rows if row["id"] or not _is_blank(row)]
    return sorted(rows, key=lambda row: not _stays(row)) + ([] if len(rows) == len(ROWS) else [_BLANK])


def partners_in(form: MultiDict[str, str], before: Iterable[Partner], flaws: dict[str, Flaw]) -> tuple[Partner, ...]:
    """The partners that a form means; what cannot be read is added to the flaws. One that was there keeps its id."""
    known = {one.id for one in before}
    rows = [row for row in typed_partners(form) if _stays(row) and not (_is_blank(row) and not row["id"])]
    return tuple(_partner(number, row, known, flaws) for number, row in enumerate(rows))


def partner_seats_in(form: Mapping[str, str], flaws: dict[str, Flaw]) -> tuple[tuple[str, int], ...] | None:
    """How many seats a meal keeps for which partner, where it says so."""
    seats = [
        (field.removeprefix(OF_A_MEAL), number)
        for field in sorted(form)
        if field.startswith(OF_A_MEAL) and (number := _count(form[field], field, flaws)) is not None
    ]
    return tuple(seats) or None


def keeps_otherwise(values: Mapping[str, object], errors: Mapping[str, str]) -> bool:
    """Whether a meal says itself for whom seats are kept, or something is wrong with what it says."""

    def is_of_these(field: str) -> bool:
        return field in COUNTS or field.startswith(OF_A_MEAL)

    return any(is_of_these(field) for field in errors) or any(
        value and is_of_these(field) for field, value in values.items()
    )


def field_of_a_meal(field: str, partners: Sequence[Partner]) -> str:
    """Where in the form of a meal stands what in that of its cantine is this field, of one of its partners."""
    number = field.removeprefix("partner_").removesuffix("_seats")
    return f"{OF_A_MEAL}{partners[int(number)].id}" if number.isdecimal() and int(number) < len(partners) else field


def _partner(number: int, row: Mapping[str, str], known: set[str], flaws: dict[str, Flaw]) -> Partner:
    def count(part: str) -> int | None:
        return _count(row[part], f"partner_{number}_{part}", flaws)

    hours = count("hours")
    return Partner(
        id=row["id"] if row["id"] in known else str(uuid4()),
        name=row["name"],
        seats=count("seats") or 0,
        monthly=count("monthly"),
        hours=HOURS if hours is None else hours,
    )


def _count(text: str, field: str, flaws: dict[str, Flaw]) -> int | None:
    try:
        return read_count(text.strip()) if text.strip() else None
    except ValueError:
        flaws[field] = Flaw.UNREADABLE
        return None


def _stays(row: Mapping[str, str]) -> bool:
    return row["ends"] != "1"


def _is_blank(row: Mapping[str, str]) -> bool:
    return not (row["name"] or row["seats"] or row["monthly"])
