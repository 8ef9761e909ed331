"""The alphabet of SMS."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.gsm7 import Size, segments, septets, size_of, to_gsm7


@pytest.mark.parametrize(
    ("written", "as_sms"),
    [
        ("C’est noté : à bientôt !", "C'est noté : à bientot !"),
        ("œuf, forêt, maïs, Noël, garçon, ÇA", "oeuf, foret, mais, Noel, garcon, ÇA"),
        ("«\u00a0déjà\u00a0» — 12,50\u202f€…", '" déjà " - 12,50 €...'),
        ("jeu. 26 nov. 12\u202fh\u202f30, ou 18\u202fh ; 2\u202fhuîtres", "jeu. 26 nov. 12h30, ou 18h ; 2 huitres"),
        ("Œ Ÿ É È Ê À Î Łódź 😀 ½", "OE Y É E E A I Lodz  1/2"),
        ("e\u0301te\u0301", "été"),
        ("東京", ""),
    ],
)
def test_what_gsm7_lacks_is_written_otherwise(written: str, as_sms: str) -> None:
    assert to_gsm7(written) == as_sms


@given(st.text())
def test_the_result_is_always_gsm7_and_stays_as_it_is(text: str) -> None:
    once = to_gsm7(text)
    assert septets(once) >= len(once)
    assert to_gsm7(once) == once


@given(st.text(alphabet="abc é€^", max_size=700))
def test_segments_hold_160_or_153_each(text: str) -> None:
    length = septets(text)
    assert length == len(text) + sum(text.count(two) for two in "€^")
    parts = segments(text)
    assert parts == 1 if length <= 160 else (parts - 1) * 153 < length <= parts * 153


@pytest.mark.parametrize(("length", "parts"), [(0, 1), (160, 1), (161, 2), (306, 2), (307, 3)])
def test_segments_at_the_edges(length: int, parts: int) -> None:
    assert segments("a" * length) == parts


def test_what_is_not_gsm7_has_no_length() -> None:
    with pytest.raises(ValueError, match="GSM-7"):
        septets("ê")


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("abc€", Size("GSM-7", 5, 1)),
        ("a" * 161, Size("GSM-7", 161, 2)),
        ("forêt", Size("UCS-2", 5, 1)),
        ("ê" * 71, Size("UCS-2", 71, 2)),
        ("🥕" * 35, Size("UCS-2", 70, 1)),
    ],
)
def test_one_letter_outside_gsm7_brings_all_into_ucs2(text: str, size: Size) -> None:
    assert size_of(text) == size
