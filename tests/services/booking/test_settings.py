"""What booking reads from the environment."""

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


def test_an_unknown_provider_stops_the_start() -> None:
    with pytest.raises(WrongSetting, match="SMS_PROVIDER must be one of"):
        Settings.from_env(ENV | {"SMS_PROVIDER": "pigeon"})
