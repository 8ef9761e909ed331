"""Every e-mail as it looks on a telephone: each kind in both languages, by day and by night."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from services.notifications.domain.letter import Channel, LetterKind
from services.notifications.letters.samples import Scene, samples
from services.notifications.letters.write import Writer
from shared.languages import Languages
from tests.looks import check_accessible, check_fits

pytestmark = pytest.mark.xdist_group("browser")

LANGUAGES = Languages([Path(__file__).parents[2] / "services/notifications/translations"])
WRITER = Writer(LANGUAGES, public_url="https://tablee.example", network="Les Tablées")
BUILDS = {LetterKind.CONFIRMED, LetterKind.REMINDER, LetterKind.COOK_CALL, LetterKind.DIGEST, LetterKind.SIGN_IN}
_PAPER = "() => getComputedStyle(document.querySelector('table td, div, body')).color"


@pytest.fixture
def telephone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("language", "axe"), [("fr", "light"), ("en", "dark")])
def test_every_letter_fits_a_telephone_and_is_readable(telephone: Page, language: str, axe: str) -> None:
    """All samples fit, by day and by night; one of each build is held to what axe asks, in one of the two lights."""
    for kind in LetterKind:
        for number, one in enumerate(samples(kind, Scene(language=language, channel=Channel.EMAIL))):
            telephone.set_content(WRITER.compose(one).html)
            inks = set()
            for scheme in ("light", "dark"):
                telephone.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                check_fits(telephone)
                inks.add(telephone.evaluate(_PAPER))
                if kind in BUILDS and number == 0 and scheme == axe:
                    check_accessible(telephone, letter=True)
            assert len(inks) == 2, f"{kind}: by night it is as by day"
