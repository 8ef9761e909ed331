"""Tables, read back as a spreadsheet program does."""

import csv
from datetime import date, time
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.languages import Language, Languages
from shared.sheets import Cell, euros, sheet

LANGUAGES = Languages([Path(__file__).parents[2] / "shared/web/translations"])
FRENCH, ENGLISH = LANGUAGES["fr"], LANGUAGES["en"]


def written(*cells: Cell, language: Language = FRENCH) -> str:
    return "".join(sheet(["Repas"], [cells], language))


def read(text: str, divider: str = ";") -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=divider))


def test_a_french_program_finds_semicolons_and_decimal_commas() -> None:
    text = written("Crème; brûlée", 34, euros(1250), date(2026, 12, 1), time(12, 30), None)
    assert text.encode().startswith(b"\xef\xbb\xbfRepas\r\n")
    assert read(text)[1] == ["Crème; brûlée", "34", "12,50", "2026-12-01", "12:30", ""]


def test_an_english_program_finds_commas_and_decimal_points() -> None:
    assert read(written("Soup, bread", euros(5), language=ENGLISH), ",")[1] == ["Soup, bread", "0.05"]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_no_text_is_computed(formula: str) -> None:
    assert read(written(formula))[1] == [f"'{formula}"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=2))
def test_whatever_is_written_comes_back_and_computes_nothing(texts: list[str]) -> None:
    (_header, row) = read(written(*texts))
    assert [cell.removeprefix("'") for cell in row] == [text.removeprefix("'") for text in texts]
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_a_long_table_comes_in_pieces() -> None:
    pieces = list(sheet(["Day"], ([number] for number in range(1000)), FRENCH))
    assert len(pieces) > 3 and len(read("".join(pieces))) == 1001
