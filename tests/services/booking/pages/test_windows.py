"""Those who look after a cantine write what it tells of itself, and show photos."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from services.booking.store.tables import cantine_photo
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CANTINE, BookingHouse
from tests.services.booking.pages.conftest import Browser, hidden
from tests.services.booking.pages.team import browser_of

PAGE = "/table/window/lyon-saone"


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (2000, 1500), **more: object) -> bytes:
    """What a telephone makes."""
    body = BytesIO()
    Image.new("RGB", size, "peru").save(body, kind, **more)
    return body.getvalue()


def send(browser: Browser, body: bytes, description: str = "Une longue table", consent: str = "1") -> TestResponse:
    """Send a photo with its form."""
    form = hidden(browser.open(PAGE).text)
    photo = FileStorage(BytesIO(body), filename="photo.jpg")
    typed = {**form, "photo": photo, "description": description, "consent": consent}
    boundary, sent = encode_multipart(typed)
    content_type = f"multipart/form-data; boundary={boundary}"
    return browser.client.post(f"{PAGE}/photos", data=sent, content_type=content_type)


@pytest.fixture
def camille(house: BookingHouse) -> Browser:
    house.announce()
    return browser_of(house, "Camille", StaffRole.COORDINATOR)


def test_what_is_written_is_seen_by_everybody(camille: Browser, browser: Browser) -> None:
    saved = camille.send(PAGE, about="Ici on rit.", step_free="yes", place="45.9990, 4.8040")
    assert saved.status_code == 303
    seen = browser.open("/cantines/lyon-saone").text
    assert "Ici on rit." in seen and "Without a step" in seen
    again = camille.open(PAGE).text
    assert "Ici on rit." in again and 'value="45.999, 4.804"' in again


def test_what_is_wrong_is_said_and_nothing_is_lost(camille: Browser) -> None:
    answer = camille.send(PAGE, about="Ici on rit.", place="près du pont")
    assert answer.status_code == 422
    assert "as maps on the web do" in answer.text
    assert "Ici on rit." in answer.text and 'value="près du pont"' in answer.text


def test_a_new_cantine_begins_with_the_words_of_another(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.announce("elsewhere", cantine=replace(CANTINE, slug="lyon-rhone", name="La Tablée du Rhône"))
    nora = browser_of(house, "Nora", StaffRole.ADMINISTRATOR)
    nora.send(PAGE, about="Ici on rit.", place="45.9990, 4.8040")
    assert "La Tablée de Saône</option>" in nora.open("/table/window/lyon-rhone").text
    begun = nora.open("/table/window/lyon-rhone?like=lyon-saone").text
    assert "Ici on rit." in begun and "45.999" not in begun
    assert "Ici on rit." not in browser.open("/cantines/lyon-rhone").text


def test_words_of_a_cantine_that_is_not_mine_are_not_taken(camille: Browser) -> None:
    assert camille.open(f"{PAGE}?like=lille-moulin").status_code == 404


def test_a_photo_is_shown_smaller_and_without_what_the_camera_noted(camille: Browser, browser: Browser) -> None:
    notes = Image.Exif()
    notes[0x013B] = "Camille Exemple"  # the artist
    assert send(camille, a_photo(exif=notes)).status_code == 303
    page = browser.open("/cantines/lyon-saone").text
    assert 'alt="Une longue table"' in page and 'width="1280" height="960"' in page
    shown = browser.open(page.split('class="photos"')[1].split('<img src="')[1].split('"')[0])
    assert shown.mimetype == "image/webp" and "immutable" in shown.headers["Cache-Control"]
    assert b"Camille" not in shown.data
    with Image.open(BytesIO(shown.data)) as image:
        assert image.size == (1280, 960)


def test_a_photo_that_lies_on_its_side_is_put_upright(camille: Browser, browser: Browser) -> None:
    lying = Image.Exif()
    lying[0x0112] = 6  # to be turned by a quarter
    send(camille, a_photo(size=(400, 300), exif=lying))
    assert 'width="300" height="400"' in browser.open("/cantines/lyon-saone").text


def test_the_same_photo_sent_twice_is_one(house: BookingHouse, camille: Browser) -> None:
    send(camille, a_photo())
    send(camille, a_photo(), description="Une table")
    assert house.count(cantine_photo) == 1


def test_a_photo_is_taken_away(house: BookingHouse, camille: Browser) -> None:
    send(camille, a_photo())
    action = camille.open(PAGE).text.split("/remove")[0].rsplit('action="', 1)[1] + "/remove"
    camille.send(PAGE, action)
    assert house.count(cantine_photo) == 0


def test_a_wide_picture_is_not_read_whole_into_memory(camille: Browser) -> None:
    """A JPEG that is lower than what we keep cannot be read smaller: it would be in memory with all its pixels."""
    body = BytesIO()
    Image.new("L", (25_000, 1_200)).save(body, "JPEG")
    assert send(camille, body.getvalue()).status_code == 422


def test_an_address_that_no_database_can_hold_removes_nothing(house: BookingHouse, camille: Browser) -> None:
    send(camille, a_photo())
    assert camille.send(PAGE, f"{PAGE}/photos/%00/remove").status_code == 303
    assert house.count(cantine_photo) == 1


@pytest.mark.parametrize(
    "body", [b"", b"no picture", a_photo()[:300], a_photo("GIF"), b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_photo_is_refused_kindly(house: BookingHouse, camille: Browser, body: bytes) -> None:
    answer = send(camille, body)
    assert answer.status_code == 422 and "We cannot read this photo" in answer.text
    assert 'value="Une longue table"' in answer.text
    assert house.count(cantine_photo) == 0


def test_a_picture_that_would_fill_the_memory_is_refused(camille: Browser) -> None:
    body = BytesIO()
    Image.new("1", (12_000, 12_000)).save(body, "PNG")
    assert len(body.getvalue()) < 100_000
    assert send(camille, body.getvalue()).status_code == 422


NO_WORDS, NO_CONSENT = ("", "1", "what the photo shows"), ("Table", "", "Please ask everybody")


@pytest.mark.parametrize(("description", "consent", "words"), [NO_WORDS, NO_CONSENT])
def test_a_photo_needs_words_and_the_consent_of_who_is_on_it(
    camille: Browser, description: str, consent: str, words: str
) -> None:
    answer = send(camille, a_photo(), description, consent)
    assert answer.status_code == 422 and words in answer.text


def test_six_photos_are_enough(house: BookingHouse, camille: Browser) -> None:
    for width in range(6):
        send(camille, a_photo(size=(300 + width, 200)))
    assert "take one away first" in send(camille, a_photo()).text
    assert house.count(cantine_photo) == 6


def test_a_form_larger_than_any_photo_is_refused(camille: Browser) -> None:
    said = {"CONTENT_LENGTH": str(13 * 1024 * 1024), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = camille.client.post(f"{PAGE}/photos", environ_overrides=said)
    assert answer.status_code == 413


def test_a_photo_of_some_megabytes_is_taken(house: BookingHouse, camille: Browser) -> None:
    body = BytesIO()
    Image.effect_noise((2400, 1800), 90).save(body, "JPEG", quality=95)
    assert len(body.getvalue()) > 2_000_000
    assert send(camille, body.getvalue()).status_code == 303
    assert house.count(cantine_photo) == 1


def test_helpers_and_other_cantines_staff_may_not(house: BookingHouse, camille: Browser) -> None:
    helper = browser_of(house, "Yanis", StaffRole.HELPER)
    stranger = browser_of(house, "Samira", StaffRole.COORDINATOR, "lille-moulin")
    assert helper.open(PAGE).status_code == 403
    assert stranger.open(PAGE).status_code == 404
    assert stranger.send("/table/window", PAGE, about="Nous aussi").status_code in {400, 404}
