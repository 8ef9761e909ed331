"""What alerts say: what happened, what to do and where, in both languages, by e-mail, SMS and in the digest."""

import re
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from services.notifications.domain.alerts import KnownAlert, News
from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from services.notifications.domain.sending import Outgoing
from services.notifications.letters.alerts import BY_KIND, words
from services.notifications.letters.write import Writer
from shared.contracts.alert import AlertKind, Severity
from shared.gsm7 import segments, to_gsm7
from shared.languages import Languages
from tests.services.notifications.domain.facts import SITTING
from tests.services.notifications.house import TUESDAY

LANGUAGES = Languages([Path(__file__).parents[4] / "services/notifications/translations"])
SITE = "https://cantines.tablee.example.org"
WRITER = Writer(LANGUAGES, public_url=SITE, network="Les Tablées")
SEPTEMBER = replace(
    SITTING,
    date=SITTING.date.replace(month=9, day=30),
    cantine=replace(SITTING.cantine, name="Les Tablées de la Guillotière"),
)
FACTS = {"covers": 134, "cooks": 12, "waiting": 16, "seats": 140, "seats_left": 13, "wanted": 20}
FACTS |= {"overhang": 12, "cook_overhang": 3, "mend_cooks": 2, "covers_before": 120, "cooks_before": 10}
FACTS |= {"wanted_covers": 140, "wanted_cooks": 14, "untaken": 12}


def news(kind: AlertKind) -> News:
    alert = KnownAlert(
        thing=f"{kind}-lunch",
        kind=kind,
        sitting="lunch",
        severity=Severity.URGENT,
        standing=True,
        raised=1,
        facts=FACTS,
        link=f"{SITE}/coordination/sittings/0e5a8d1c-8f5e-4c0b-b0a4-2d9f3c7a6e22",
        short_link=f"{SITE}/coordination/m/DlqNHI9eTAuwpC2fPHpuIg",
    )
    return News(alert=alert, sitting=SEPTEMBER)


def write(kind: LetterKind, language: str, channel: Channel, *told: News) -> Outgoing:
    letter = Letter(
        key="k",
        kind=kind,
        channel=channel,
        state=LetterState.ATTEMPTING,
        due_at=TUESDAY,
        latest_at=TUESDAY,
        facts={"name": "Camille", "email": "camille@example.org", "phone": "+33639980077", "language": language},
    )
    return WRITER.write(letter, None, None, told)


def test_every_kind_has_its_words() -> None:
    assert set(BY_KIND) == set(AlertKind)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", AlertKind)
class TestEveryAlert:
    def test_by_e_mail_says_what_to_do_and_where(self, kind: AlertKind, language: str) -> None:
        one = news(kind)
        said, letter = words(LANGUAGES[language], one), write(LetterKind.ALERT, language, Channel.EMAIL, one)
        for text in (said.what, said.to_do, one.alert.link, "Guillotière", LANGUAGES[language].clock(time(12, 30))):
            assert text in letter.text
        assert f'href="{one.alert.link}"' in letter.html
        assert letter.subject.startswith(said.headline)
        assert "%(" not in letter.text + letter.subject
        assert letter.to == "camille@example.org"

    def test_by_sms_does_so_in_one_segment(self, kind: AlertKind, language: str) -> None:
        one = news(kind)
        letter = write(LetterKind.ALERT, language, Channel.SMS, one)
        assert segments(letter.text) == 1, letter.text
        assert letter.text.endswith(" " + one.alert.short_link)
        assert to_gsm7(words(LANGUAGES[language], one).sms) in letter.text
        assert "Guillotière " + {"fr": "mer. 30 sept. 12h30: ", "en": "Wed 30 Sept 12:30: "}[language] in letter.text
        assert not re.search(r"stop|reply|répond|repond", letter.text, re.IGNORECASE)
        assert letter.to == "+33639980077"

    def test_in_the_digest_does_so_too(self, kind: AlertKind, language: str) -> None:
        one, other = news(kind), news(AlertKind.NO_MENU)
        said, letter = words(LANGUAGES[language], one), write(LetterKind.DIGEST, language, Channel.EMAIL, one, other)
        for text in (said.headline, said.what, said.to_do, one.alert.link, f"{SITE}/coordination/alerts"):
            assert text in letter.text
        assert f'href="{one.alert.link}"' in letter.html
        assert letter.subject.startswith("2 ")


def test_a_meal_at_risk_says_what_would_mend_it() -> None:
    what = words(LANGUAGES["en"], news(AlertKind.AT_RISK)).what
    assert "12 people have a place beyond what this meal can seat and feed." in what
    assert "Find 2 more cooks, or other help for 12 people." in what
    without = replace(news(AlertKind.AT_RISK).alert, facts={"overhang": 1, "cook_overhang": 0})
    assert "Find" not in words(LANGUAGES["en"], News(alert=without, sitting=SEPTEMBER)).what
