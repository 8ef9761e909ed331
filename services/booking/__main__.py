"""The command line of booking: `python -m services.booking --help`."""

import json

import click

from services.booking.bootstrap import assemble
from services.booking.domain.complaints import InvalidInput
from services.booking.domain.contact import Contact, way_of
from services.booking.use_cases.erase import erase
from services.booking.use_cases.export import as_json, export
from services.booking.use_cases.seed_demo import seed_demo
from services.booking.use_cases.voice import Voice
from shared.cli import make_cli
from shared.links import Links

cli = make_cli("booking", assemble)


@cli.command("seed-demo")
def seed() -> None:
    """Invented residents book the meals to come (only where there is no booking yet)."""
    parts = assemble()
    made = seed_demo(parts.service, parts.settings)
    click.echo(f"booking: {made} bookings made.")


@cli.command("export")
@click.argument("contact")
def show(contact: str) -> None:
    """All that booking keeps of an e-mail address or a mobile number, as JSON. It is personal: for them alone."""
    parts = assemble()
    kept = export(parts.service, Links(parts.settings.secret_keys), _way(contact))
    click.echo(json.dumps(as_json(kept), indent=2, ensure_ascii=False))


@cli.command("erase")
@click.argument("contact")
@click.confirmation_option(
    prompt="Their bookings to come are cancelled, except places of others for whom they booked."
    " This cannot be undone. Go on?"
)
def forget(contact: str) -> None:
    """Forget whoever is reached at an e-mail address or a mobile number, in booking and in notifications."""
    parts = assemble()
    links = Links(parts.settings.secret_keys)
    done = erase(parts.service, links, Voice(links, parts.settings.public_url), _way(contact))
    click.echo(
        f"{done.bookings} bookings do not lead to them any more:"
        f" {done.cancelled} of them were cancelled, {done.left} left to guests."
    )


def _way(contact: str) -> Contact:
    try:
        return way_of(contact, language="en", sms=True)
    except InvalidInput as error:
        raise click.ClickException(next(iter(error.complaints.values())).value) from error


if __name__ == "__main__":
    cli()
