"""The settings of booking."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from services.booking.domain.held import NOWHERE, Confirming, confirming_in
from services.booking.domain.legal import UNTOLD, Legal
from services.booking.domain.limits import NO_LIMITS, Limits
from shared.settings import CommonSettings, WrongSetting, sms_price, sms_providers, whole_number


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    """What booking needs besides the common settings.

    - SMS_PROVIDER, as notifications has it: with `none`, `sms` is false and every guest must give an e-mail address.
    - SMS_PRICE: what one part of an SMS costs, in euros such as 0.045; not said to hosts where it is not set.
    - LEGAL_PUBLISHER, LEGAL_ADDRESS, LEGAL_DIRECTOR, LEGAL_CONTACT, LEGAL_HOST: what the legal notice says;
      ACCESSIBILITY_RATE and ACCESSIBILITY_AUDITOR: what the accessibility statement says, once there was an audit.
    - BOOKINGS_FROM_ONE_PLACE, BOOKINGS_WITH_ONE_CONTACT (in an hour), OPEN_BOOKINGS_OF_ONE_CONTACT: 0 is no limit.
    - CONFIRM_BOOKINGS: the cantines (slugs, with commas), or `all`, where a message asks to confirm bookings.
    """

    sms: bool
    sms_price: Decimal | None = None
    legal: Legal = UNTOLD
    limits: Limits = NO_LIMITS
    confirming: Confirming = NOWHERE

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read them. Raises WrongSetting."""
        common: dict[str, Any] = cls.common("booking", env)
        sms = bool(sms_providers(env, demo=common["demo"]))
        return cls(
            **common,
            sms=sms,
            sms_price=sms_price(env),
            legal=_legal(env),
            limits=_limits(env),
            confirming=confirming_in(env.get("CONFIRM_BOOKINGS", "")),
        )


def _limits(env: Mapping[str, str]) -> Limits:
    limits = Limits(
        from_place=whole_number(env, "BOOKINGS_FROM_ONE_PLACE", 60),
        with_contact=whole_number(env, "BOOKINGS_WITH_ONE_CONTACT", 15),
        still_open=whole_number(env, "OPEN_BOOKINGS_OF_ONE_CONTACT", 30),
    )
    if min(limits.from_place, limits.with_contact, limits.still_open) < 0:
        raise WrongSetting("Limits of bookings are whole numbers, 0 for none.")
    return limits


def _legal(env: Mapping[str, str]) -> Legal:
    rate = env.get("ACCESSIBILITY_RATE", "").strip()
    if rate and not (rate.isdecimal() and int(rate) <= 100):
        raise WrongSetting("ACCESSIBILITY_RATE must be a whole number from 0 to 100, or nothing without an audit.")
    return Legal(
        publisher=env.get("LEGAL_PUBLISHER", "").strip() or None,
        address=env.get("LEGAL_ADDRESS", "").strip() or None,
        director=env.get("LEGAL_DIRECTOR", "").strip() or None,
        contact=env.get("LEGAL_CONTACT", "").strip() or None,
        host=env.get("LEGAL_HOST", "").strip() or None,
        rate=int(rate) if rate else None,
        auditor=env.get("ACCESSIBILITY_AUDITOR", "").strip() or None,
    )
