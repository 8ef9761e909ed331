"""E-mails that come back, as mail servers write them: delivery status notifications (RFC 3464), and reports of
complaints (RFC 5965).

Both say which e-mail they are about by bringing it, or its header, along: its Message-ID is ours. What does not, such
as a guest's own words or an answer that somebody is away, is not for us.
"""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from services.notifications.domain.receipts import Delivery
from services.notifications.providers.hooks import ReceiptHeard, our_name, receipt_from
from services.notifications.providers.status import failed

LONGEST = 1_000_000  # bytes
_STATUS, _COMPLAINT = "message/delivery-status", "message/feedback-report"


def read(raw: bytes) -> ReceiptHeard | None:
    """What a message tells of a letter of ours, if anything."""
    try:
        return _read(list(message_from_bytes(raw[:LONGEST], policy=policy.compat32).walk()))
    except RecursionError:  # parts in parts in parts
        return None


def _read(parts: list[Message]) -> ReceiptHeard | None:
    name = next(filter(None, map(our_name, _ids(parts))), "")
    told = next(filter(None, map(_told, parts)), None)
    if not (name and told):
        return None
    return receipt_from(told[0], name=name, detail=told[1])


def _told(part: Message) -> tuple[Delivery, str] | None:
    kind = part.get_content_type()
    if kind == _COMPLAINT:
        return Delivery.COMPLAINED, "report"
    if kind != _STATUS:
        return None
    blocks = part.get_payload()
    fields = [one for one in blocks if isinstance(one, Message) and one["Action"]] if isinstance(blocks, list) else []
    return next(filter(None, map(_of_recipient, fields)), None)


def _of_recipient(fields: Message) -> tuple[Delivery, str] | None:
    """There is one: each of our letters goes to one address."""
    action, status = (str(fields[name] or "").split("(")[0].strip().casefold() for name in ("Action", "Status"))
    if action == "failed":
        return failed(status), status
    told = {"delayed": Delivery.DELAYED, "delivered": Delivery.DELIVERED}.get(action)
    return (told, status) if told else None


def _ids(parts: list[Message]) -> Iterator[str]:
    """The Message-IDs of what was brought along."""
    for part in parts:
        kind, content = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(content, list):
            yield from (str(one["Message-ID"] or "") for one in content if isinstance(one, Message))
        elif kind == "text/rfc822-headers":
            header = part.get_payload(decode=True)
            if isinstance(header, bytes):
                yield str(message_from_bytes(header)["Message-ID"] or "")
