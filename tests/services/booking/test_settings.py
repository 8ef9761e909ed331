"""What booking reads from the environment."""

from decimal import Decimal

import pytest

from services.booking.settings import Settings
from shared.settings import WrongSetting
from tests.services.booking.conftest import SETTINGS

ENV = {**SETTINGS, "BOOKING_DATABASE_URL": "sqlite://", "SMS_PROVIDER": ""}


@pytest.mark.parametrize(
    ("more", "sms"),
    [
        ({}, False),
        ({"DEMO": "1"}, True),
        ({"DEMO": "1", "SMS_PROVIDER": "none"}, False),
        ({"SMS_PROVIDER": "brevo"}, True),
    ],
)
def test_whether_guests_can_be_written_to_by_sms(more: dict[str, str], sms: bool) -> None:
    assert Settings.from_env(ENV | more).sms is sms


@pytest.mark.parametrize(("text", "price"), [("", None), ("0.045", Decimal("0.045")), (" 0 ", Decimal(0))])
def test_what_a_part_of_an_sms_costs(text: str, price: Decimal | None) -> None:
    assert Settings.from_env(ENV | {"SMS_PRICE": text}).sms_price == price


@pytest.mark.parametrize("text", ["much", "-1", "0,045", "NaN", "10"])
def test_a_price_that_is_none_stops_the_start(text: str) -> None:
    with pytest.raises(WrongSetting, match="SMS_PRICE"):
        Settings.from_env(ENV | {"SMS_PRICE": text})


def test_an_unknown_provider_stops_the_start() -> None:
    with pytest.raises(WrongSetting, match="SMS_PROVIDER must be one of"):
        Settings.from_env(ENV | {"SMS_PROVIDER": "pigeon"})
