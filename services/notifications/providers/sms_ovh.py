"""SMS through OVHcloud: `POST /1.0/sms/{service}/jobs`, each request signed with the account's secrets.

It honours no key, so an unknown outcome stays unknown. `noStopClause` says that these are service messages: one with a
stop clause counts as advertising, and is held back at night and on Sundays.
"""

import json
import time
from hashlib import sha1
from typing import Any

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from services.notifications.domain.receipts import Delivery
from services.notifications.domain.sending import Accepted, NotNow, Outcome, Outgoing, Refused, Unknown
from services.notifications.providers.http import LATER, make_pool, read_object, trouble

VALID_FOR = 24 * 60  # minutes in which OVHcloud tries to deliver
CLOCK_IS_GOOD_FOR = 3600.0  # seconds; a signature holds for 30 s around the server's time


class OvhSms:
    """Speaks to OVHcloud. Connections are kept from letter to letter. Not for two threads at once."""

    name = "ovh"
    repeats_safely = False

    def __init__(
        self,
        *,
        service: str,
        application: str,
        secret: str,
        consumer: str,
        sender: str,
        url: str = "https://eu.api.ovh.com",
        connect: float = 3.0,
        read: float = 10.0,
    ) -> None:
        self._url = f"{url}/1.0"
        self._account = f"{self._url}/sms/{service}"
        self._secret = secret
        self._consumer = consumer
        self._sender = sender
        self._ahead = 0.0  # seconds by which the server's clock is ahead of ours
        self._asked_at = -CLOCK_IS_GOOD_FOR
        headers = {"X-Ovh-Application": application, "X-Ovh-Consumer": consumer, "Content-Type": "application/json"}
        self._pool = make_pool(headers, connect=connect, read=read)

    def send(self, outgoing: Outgoing) -> Outcome:
        job = {
            "receivers": [outgoing.to],
            "message": outgoing.text,
            "sender": self._sender,
            "senderForResponse": False,
            "noStopClause": True,
            "charset": "UTF-8",
            "coding": "7bit",
            "priority": "high",
            "validityPeriod": VALID_FOR,
        }
        try:
            self._set_clock()
        except HTTPError as error:  # nothing was handed over yet
            return NotNow(f"no time from the server: {type(error).__name__}")
        try:
            response = self._ask("POST", f"{self._account}/jobs", json.dumps(job))
        except HTTPError as error:
            return trouble(error)
        return _outcome(response.status, read_object(response.data))

    def credit(self) -> int | None:
        """`creditsLeft` of the account."""
        try:
            self._set_clock()
            response = self._ask("GET", self._account)
        except HTTPError:
            return None
        left = read_object(response.data).get("creditsLeft") if response.status == 200 else None
        return int(left) if isinstance(left, int | float) and not isinstance(left, bool) else None

    def close(self) -> None:
        self._pool.clear()

    def _set_clock(self) -> None:
        """Ask what time it is there, now and then: a server whose clock is off would sign in vain."""
        if time.monotonic() - self._asked_at < CLOCK_IS_GOOD_FOR:
            return
        answer = self._pool.request("GET", f"{self._url}/auth/time").data.strip()
        if answer.isdigit():
            self._ahead, self._asked_at = int(answer) - time.time(), time.monotonic()

    def _ask(self, method: str, url: str, body: str = "") -> BaseHTTPResponse:
        now = str(int(time.time() + self._ahead))
        signed = "+".join((self._secret, self._consumer, method, url, body, now))
        signature = sha1(signed.encode(), usedforsecurity=False).hexdigest()  # as OVHcloud has it
        headers = {**self._pool.headers, "X-Ovh-Timestamp": now, "X-Ovh-Signature": f"$1${signature}"}
        return self._pool.request(method, url, body=body or None, headers=headers)


def _outcome(status: int, answer: dict[str, Any]) -> Outcome:
    if 200 <= status < 300:
        ids, wrong = answer.get("ids"), answer.get("invalidReceivers")
        if isinstance(ids, list) and ids:
            return Accepted(str(ids[0]))
        if wrong:
            return Refused("the number is not valid", Delivery.DEAD)
        return Unknown("an answer that cannot be understood")
    code = str(answer.get("errorCode", ""))[:40]  # a word such as INVALID_CREDENTIAL; the message may hold the number
    if status in LATER:
        return NotNow(f"HTTP {status} {code}".strip())
    if 400 <= status < 500:
        return Refused(f"HTTP {status} {code}".strip())
    return Unknown(f"HTTP {status}")
