"""The check of HTML sees flaws: on all pages that tests open it must find none."""

import pytest

from tests.html import check_html


def test_what_is_right_passes() -> None:
    check_html("<!doctype html>\n<html lang=fr><head><title>Repas</title></head><body><p>Soupe</p></body></html>")
    check_html("<p>Soupe</p>")


@pytest.mark.parametrize("flaw", ["<p><div>Soupe</div></p>", "<p>Soupe</p></div>", "<b>Soupe</i>"])
def test_flaws_are_seen(flaw: str) -> None:
    with pytest.raises(AssertionError):
        check_html(flaw)
