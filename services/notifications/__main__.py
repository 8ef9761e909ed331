"""The command line of notifications: `python -m services.notifications --help`."""

import json

import click

from services.notifications.bootstrap import assemble
from services.notifications.bounces import add_bounces
from services.notifications.domain.letter import LetterKind
from services.notifications.domain.numbers import number_in
from services.notifications.trials import add_trials
from services.notifications.use_cases.export import as_json, export
from services.notifications.use_cases.look_at_failures import latest_failures
from shared.cli import add_loops, make_cli
from shared.links import Links

cli = make_cli("notifications", assemble)
add_loops(cli, assemble, "sender")
add_trials(cli, assemble)
add_bounces(cli, assemble)


@cli.command("failed")
@click.option("--limit", default=50, show_default=True)
def failed(limit: int) -> None:
    """The letters that could not be sent, latest first: kind, channel, booking, attempts, reason. No personal data."""
    letters = latest_failures(assemble().service, limit)
    for letter in letters:
        about = f"booking {letter.booking}" if letter.booking else "staff"
        if letter.kind is LetterKind.HOST_MESSAGE:
            about = f"guests of {letter.sitting}"
        click.echo(f"{letter.kind} by {letter.channel}, {about}, {letter.attempts} attempts: {letter.reason}")
    if not letters:
        click.echo("No letter has failed.")


@cli.command("export")
@click.argument("contact")
def show(contact: str) -> None:
    """All that notifications keeps of an e-mail address or a number, as JSON. It is personal: for them alone."""
    address = contact.strip() if "@" in contact else number_in(contact)
    if not address:
        raise click.ClickException("This is neither an e-mail address nor a telephone number.")
    parts = assemble()
    kept = export(parts.service, Links(parts.settings.secret_keys), address)
    click.echo(json.dumps(as_json(kept), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    cli()
