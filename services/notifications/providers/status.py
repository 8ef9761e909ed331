"""What mail servers say of an address, in a conversation or in a mail: their enhanced status codes (RFC 3463)."""

import re

from services.notifications.domain.receipts import Delivery

_NOBODY_THERE = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}  # RFC 3463, 7505: a bad address, a closed box
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_WORDS = re.compile(r"no such|unknown|not exist|n't exist|not found|invalid (recipient|mailbox)")


def failed(status: str) -> Delivery:
    """What a letter that was refused for good with this status tells: nobody is there, or only this one did not go."""
    return Delivery.DEAD if status in _NOBODY_THERE else Delivery.RETURNED


def status_in(said: str) -> str:
    """The enhanced status code with which a server's words begin; "" if they have none."""
    found = _STATUS.match(said)
    return found[1] if found else ""


def refused(said: str) -> Delivery:
    """What a server tells that refuses a recipient for good: by its status or, where it has none, by its words."""
    status, words = status_in(said), said.casefold()
    if status:
        return failed(status)
    return Delivery.DEAD if _WORDS.search(words) and "sender" not in words else Delivery.RETURNED
