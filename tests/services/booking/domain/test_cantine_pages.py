"""What a cantine tells of itself."""

import pytest

from services.booking.domain.cantine_pages import CantinePage, Place, cantine_page_of, place_of
from services.booking.domain.complaints import Complaint, InvalidInput


def test_nothing_needs_to_be_told() -> None:
    assert cantine_page_of({}) == CantinePage()


def test_what_is_written_is_told_with_its_lines() -> None:
    about = " Nadia cuisine.\r\nHugo plie les nappes.\r\n"
    page = cantine_page_of({"about": about, "step_free": "yes", "hearing_loop": "no"})
    assert page.about == "Nadia cuisine.\nHugo plie les nappes."
    assert (page.step_free, page.accessible_toilets, page.hearing_loop) == (True, None, False)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("45.7780, 4.8040", Place(north=45.778, east=4.804)),
        ("45.778,4.804", Place(north=45.778, east=4.804)),
        ("-20.9 55.5", Place(north=-20.9, east=55.5)),
        ("Lyon", None),
        ("45.7780", None),
        ("91.0, 4.8", None),
        ("45.0, 181", None),
    ],
)
def test_a_place_is_read_as_maps_write_it(text: str, place: Place | None) -> None:
    assert place_of(text) == place


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        cantine_page_of({"about": "x" * 1501, "way_in": "a\x00b", "place": "here"})
    assert caught.value.complaints == {
        "about": Complaint.WORDS_LONG,
        "way_in": Complaint.WORDS_CHARACTERS,
        "place": Complaint.PLACE_WRONG,
    }
