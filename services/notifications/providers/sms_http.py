"""SMS through any provider that takes one HTTP request for each, told in the settings what to say.

The body is a JSON text with `{to}`, `{text}`, `{from}` and `{key}` in the places of its values; the answer is a JSON
object in which `ref` names the field with the provider's own name for the SMS. Each request carries the letter's key as
`Idempotency-Key`; whether the provider honours it is for the settings to say.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from urllib3.exceptions import HTTPError

from services.notifications.domain.sending import Accepted, NotNow, Outcome, Outgoing, Refused, Unknown
from services.notifications.providers.http import LATER, make_pool, read_object, trouble

PLACES = ("to", "text", "from", "key")


@dataclass(frozen=True, kw_only=True)
class Request:
    """How the provider wants to be asked. `body` is the JSON value of the body, with places to be filled."""

    url: str
    authorization: str = field(repr=False)
    body: Any
    ref: str = ""
    honours_keys: bool = False


def read_body(text: str) -> Any:
    """The body of a request. Raises ValueError if it is no JSON object, or has no place for the number and the text."""
    body = json.loads(text)
    if not isinstance(body, dict) or not {"{to}", "{text}"} <= set(_leaves(body)):
        raise ValueError("not a JSON object with {to} and {text}")
    return body


class HttpSms:
    """Speaks to a provider as the settings say. Connections are kept from letter to letter."""

    name = "http"

    def __init__(self, request: Request, *, sender: str, connect: float = 3.0, read: float = 10.0) -> None:
        self._request = request
        self._sender = sender
        self.repeats_safely = request.honours_keys
        headers = {"Authorization": request.authorization, "Content-Type": "application/json"}
        self._pool = make_pool(headers, connect=connect, read=read)

    def send(self, outgoing: Outgoing) -> Outcome:
        values = {"to": outgoing.to, "text": outgoing.text, "from": self._sender, "key": outgoing.key}
        body = json.dumps(_filled(self._request.body, values))
        headers = {**self._pool.headers, "Idempotency-Key": outgoing.key.encode("ascii", "replace").decode()}
        try:
            response = self._pool.request("POST", self._request.url, body=body, headers=headers)
        except HTTPError as error:
            return trouble(error)
        if 200 <= response.status < 300:
            return Accepted(_ref(read_object(response.data), self._request.ref))
        if response.status in LATER:
            return NotNow(f"HTTP {response.status}")
        if 400 <= response.status < 500:
            return Refused(f"HTTP {response.status}")  # whose fault that is, nobody says
        return Unknown(f"HTTP {response.status}")

    def close(self) -> None:
        self._pool.clear()


def _filled(value: Any, values: dict[str, str]) -> Any:
    """The body with what belongs into its places: whole values only, so that no text can break out of its own."""
    if isinstance(value, dict):
        return {name: _filled(part, values) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, values) for part in value]
    place = value[1:-1] if isinstance(value, str) and value[:1] == "{" and value[-1:] == "}" else None
    return values[place] if place in PLACES else value


def _leaves(value: Any) -> list[str]:
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [leaf for part in parts for leaf in _leaves(part)]
    return [value] if isinstance(value, str) else []


def _ref(answer: dict[str, Any], name: str) -> str:
    found = answer.get(name) if name else None
    return str(found)[:200] if isinstance(found, str | int) else ""
