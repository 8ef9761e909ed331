"""The command to which a mailbox hands e-mails that came back: `take-bounce`."""

from collections.abc import Callable
from typing import BinaryIO

import click

from services.notifications.providers import hook_bounces
from services.notifications.use_cases.hear_receipts import receive_receipt
from shared.assembly import Assembly


def add_bounces(cli: click.Group, assemble: Callable[[], Assembly]) -> None:
    """Give the command line the command."""

    @cli.command("take-bounce")
    @click.argument("message", type=click.File("rb"), default="-")
    def take_bounce(message: BinaryIO) -> None:
        """Take one e-mail that came back (RFC 3464), or a report of a complaint (RFC 5965), from a file or from what is
        piped in. Any other e-mail is left alone.
        """
        service = assemble().service
        heard = hook_bounces.read(message.read(hook_bounces.LONGEST))
        if heard is None:
            click.echo("It tells nothing of a letter of ours.")
            return
        receive_receipt(service, "smtp", ref=heard.ref, name=heard.name, delivery=heard.delivery, detail=heard.detail)
        click.echo(f"Taken: {heard.delivery}.")
