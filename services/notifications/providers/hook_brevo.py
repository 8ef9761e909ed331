"""What Brevo brings, as JSON: transactional events of e-mail and SMS, and replies to SMS.

Written from developers.brevo.com, “Transactional webhooks”. An e-mail is known by its Message-ID, which is ours, or by
the header that we send along for that (`X-Mailin-custom`, which Brevo brings back; its relay may have Message-IDs of
its own). An SMS is known by `messageId`, as Brevo called it when it took it, or by the tag that we gave it. How a reply
is told is known from the API's list of events, not from an example: try it once before you rely on it.
"""

from hashlib import sha256

from services.notifications.domain.letter import name_of
from services.notifications.domain.receipts import Delivery
from services.notifications.providers.hooks import Fields, Heard, our_name, receipt_from, text_from, word

# An e-mail is deferred while Brevo tries, for 36 hours; "soft bounce" says that it has stopped (help.brevo.com, "What
# is a bounce"). Of SMS nothing is published: to be told twice is better than never. What Brevo blocks never left it.
_OF_EMAIL = {
    "delivered": Delivery.DELIVERED,
    "deferred": Delivery.DELAYED,
    "soft_bounce": Delivery.RETURNED,
    "hard_bounce": Delivery.DEAD,
    "invalid_email": Delivery.DEAD,
    "blocked": Delivery.RETURNED,
    "error": Delivery.RETURNED,
    "spam": Delivery.COMPLAINED,
}
_OF_SMS = {
    "delivered": Delivery.DELIVERED,
    "soft_bounce": Delivery.RETURNED,
    "hard_bounce": Delivery.DEAD,
    "rejected": Delivery.RETURNED,
}


def read(fields: Fields) -> Heard:
    """A reply or a receipt; all other events are not for us. Raises Unreadable."""
    reply = word(fields, "reply")
    if reply:
        when, about = word(fields, "ts_event", "ts", "date"), word(fields, "messageId", "reference")
        sender = word(fields, "to", "phoneNumber")
        name = sha256(f"{sender} {about} {when} {reply}".encode("utf-8", "replace")).hexdigest()
        return text_from(name, sender, reply)
    if "msg_status" in fields:
        return _of_sms(fields)
    told = _OF_EMAIL.get(word(fields, "event"))
    if told is None:
        return None
    name = our_name(word(fields, "X-Mailin-custom")) or our_name(word(fields, "message-id"))
    return receipt_from(told, name=name, detail=word(fields, "event")) if name else None


def _of_sms(fields: Fields) -> Heard:
    told = _OF_SMS.get(word(fields, "msg_status"))
    if told is None:
        return None
    tag = fields.get("tag")
    tagged = word({"tag": tag[0] if isinstance(tag, list) and tag else tag if isinstance(tag, str) else ""}, "tag")
    detail = f"{word(fields, 'msg_status')} {word(fields, 'error_code')}"
    return receipt_from(
        told, ref=word(fields, "messageId"), name=name_of(tagged) if tagged else "", detail=detail.strip()
    )
