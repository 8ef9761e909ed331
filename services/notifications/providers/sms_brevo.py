"""SMS through Brevo: `POST /v3/transactionalSMS/send`.

Brevo honours no key for SMS (it does for e-mail), so an unknown outcome stays unknown; the letter's key goes along as a
tag, by which an operator finds it in Brevo's journal. The type is "transactional" for service messages, and "marketing"
for solicitations: Brevo holds those back at night, on Sundays and on holidays.
"""

import json
import re
from typing import Any

from urllib3.exceptions import HTTPError

from services.notifications.domain.receipts import Delivery
from services.notifications.domain.sending import Accepted, NotNow, Outcome, Outgoing, Refused, Unknown
from services.notifications.providers.http import LATER, make_pool, read_object, trouble

# In the message about a parameter that is wrong; a sender may be a phone number too.
_OF_NUMBER = re.compile(r"^(?!.*sender).*(phone|recipient|mobile)", re.IGNORECASE | re.DOTALL)


class BrevoSms:
    """Speaks to Brevo. Connections are kept from letter to letter."""

    name = "brevo"
    repeats_safely = False

    def __init__(
        self, *, api_key: str, sender: str, url: str = "https://api.brevo.com", connect: float = 3.0, read: float = 10.0
    ) -> None:
        self._url = f"{url}/v3/transactionalSMS/send"
        self._account = f"{url}/v3/account"
        self._sender = sender
        headers = {"api-key": api_key, "accept": "application/json", "content-type": "application/json"}
        self._pool = make_pool(headers, connect=connect, read=read)

    def send(self, outgoing: Outgoing) -> Outcome:
        body = {
            "sender": self._sender,
            "recipient": outgoing.to.removeprefix("+"),
            "content": outgoing.text,
            "type": "marketing" if outgoing.solicitation else "transactional",
            "tag": outgoing.key,
            "unicodeEnabled": False,
        }
        try:
            response = self._pool.request("POST", self._url, body=json.dumps(body))
        except HTTPError as error:
            return trouble(error)
        return _outcome(response.status, read_object(response.data))

    def credit(self) -> int | None:
        """The credits of the plan for SMS, in `GET /v3/account`."""
        try:
            response = self._pool.request("GET", self._account)
        except HTTPError:
            return None
        plans = read_object(response.data).get("plan") if response.status == 200 else None
        theirs = [one for one in plans if isinstance(one, dict)] if isinstance(plans, list) else []
        credits = [one.get("credits") for one in theirs if one.get("type") == "sms"]
        known = [int(one) for one in credits if isinstance(one, int | float) and not isinstance(one, bool)]
        return sum(known) if known else None

    def close(self) -> None:
        self._pool.clear()


def _outcome(status: int, answer: dict[str, Any]) -> Outcome:
    code = str(answer.get("code", ""))[:40]  # a word such as invalid_parameter; the message may hold the number
    if 200 <= status < 300:
        ref = answer.get("messageId")
        return Accepted(str(ref)) if ref else Unknown("an answer that cannot be understood")
    if code == "duplicate_parameter":
        return Accepted()
    if status in LATER or code == "not_enough_credits":
        return NotNow(f"HTTP {status} {code}".strip())
    if 400 <= status < 500:
        told = Delivery.DEAD if _OF_NUMBER.search(str(answer.get("message", ""))) else None
        return Refused(f"HTTP {status} {code}".strip(), told)
    return Unknown(f"HTTP {status}")
