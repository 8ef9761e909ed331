"""Replies to SMS that Brevo brings: transactional SMS events as JSON, those with a `reply`.

`to` is the guest's number and `messageId` the SMS that they reply to (developers.brevo.com, “Transactional webhooks”).
How a reply is told there is known from the API's list of events, not from an example: try it once before you rely on
it. A reply has no name of its own, so one is made of the SMS, the time and the words.
"""

from hashlib import sha256

from services.notifications.providers.hooks import Fields, TextHeard, text_from, word


def read(fields: Fields) -> TextHeard | None:
    """A reply; all other events are not for us. Raises Unreadable."""
    reply = word(fields, "reply")
    if not reply:
        return None
    when, about = word(fields, "ts_event", "ts", "date"), word(fields, "messageId", "reference")
    name = sha256(f"{about} {when} {reply}".encode("utf-8", "replace")).hexdigest()
    return text_from(name, word(fields, "to", "phoneNumber"), reply)
