"""Tables for spreadsheet programs: CSV as the program of each language opens it with a double click.

UTF-8 with a byte order mark, or accents break. Where a comma marks decimals (French), cells are divided by semicolons.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from io import StringIO

from shared.languages import Language

Cell = str | int | Decimal | date | time | None
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE = 200  # lines


def sheet(header: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language) -> Iterator[str]:
    """The text of a table, some lines at a time."""
    comma = language.decimal_mark == ","
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if comma else ",")
    text.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer.writerow([_written(cell, comma) for cell in header])
    for number, row in enumerate(rows, start=1):
        writer.writerow([_written(cell, comma) for cell in row])
        if number % _AT_ONCE == 0:
            yield _taken_from(text)
    yield _taken_from(text)


def euros(cents: int | None) -> Decimal | None:
    """A price as a number with two decimals."""
    return None if cents is None else Decimal(cents).scaleb(-2)


def _written(cell: Cell, comma: bool) -> str:
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULAS) else cell  # else somebody's text is computed
        case Decimal():
            return str(cell).replace(".", ",") if comma else str(cell)
        case time():
            return f"{cell:%H:%M}"
        case date():
            return cell.isoformat()
    return str(cell)


def _taken_from(text: StringIO) -> str:
    taken = text.getvalue()
    text.seek(0)
    text.truncate()
    return taken
