"""An operator tries a provider: one letter, handed over once. Nothing is kept of it, and nothing is tried again."""

import secrets

from services.notifications.domain.letter import Channel
from services.notifications.domain.sending import Outcome, Unknown
from services.notifications.letters.write import Writer
from services.notifications.providers.provider import Provider


def send_test(provider: Provider, writer: Writer, *, channel: Channel, to: str, language: str) -> Outcome:
    """Hand over one test, and say what the provider said, within seconds."""
    outgoing = writer.write_trial(f"test:{secrets.token_hex(8)}", channel, to, language)
    try:
        return provider.send(outgoing)
    except Exception as error:  # noqa: BLE001 - whatever a provider does, it is told
        return Unknown(type(error).__name__)
    finally:
        provider.close()
