"""The commands that try a provider: `send-test-email` and `send-test-sms`."""

import sys
from collections.abc import Callable

import click
import phonenumbers
from email_validator import EmailNotValidError, validate_email

from services.notifications.bootstrap import LANGUAGES, make_providers, make_writer
from services.notifications.domain.letter import Channel
from services.notifications.domain.sending import Accepted, NotNow, Outcome, Refused
from services.notifications.settings import Settings
from services.notifications.use_cases.send_test import send_test
from shared.assembly import Assembly
from shared.languages import DEFAULT, Language

REGION = "FR"
NOT_TAKEN, UNKNOWN = 1, 3  # how the commands end; 2 is click's, for what was typed wrong

Assemble = Callable[[], Assembly]
_language = click.option(
    "--language",
    type=click.Choice(LANGUAGES.codes),
    default=DEFAULT,
    show_default=True,
    help="Of the letter, and of the answer.",
)


def add_trials(cli: click.Group, assemble: Assemble) -> None:
    """Give the command line both commands."""

    @cli.command("send-test-email")
    @click.argument("address")
    @_language
    def send_test_email(address: str, language: str) -> None:
        """Send one e-mail to ADDRESS through the configured provider, and say what it said."""
        try:
            to = validate_email(address, check_deliverability=False, test_environment=True).normalized
        except EmailNotValidError as error:
            raise click.BadParameter("This is no e-mail address.") from error
        _try(assemble(), Channel.EMAIL, to, language)

    @cli.command("send-test-sms")
    @click.argument("number")
    @_language
    def send_test_sms(number: str, language: str) -> None:
        """Send one SMS to NUMBER (such as 06 39 98 00 11) through the configured provider, and say what it said."""
        try:
            parsed = phonenumbers.parse(number, REGION)
        except phonenumbers.NumberParseException as error:
            raise click.BadParameter("This is no telephone number.") from error
        if not phonenumbers.is_possible_number(parsed):
            raise click.BadParameter("This is no telephone number.")
        to = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        _try(assemble(), Channel.SMS, to, language)


def _try(parts: Assembly, channel: Channel, to: str, language: str) -> None:
    settings, speaks = parts.settings, LANGUAGES[language]
    if not isinstance(settings, Settings):
        raise TypeError("not the settings of notifications")
    provider = make_providers(settings, parts.service).get(channel)
    if provider is None:
        raise click.ClickException(speaks.gettext("No SMS can leave: SMS_PROVIDER is none."))
    outcome = send_test(provider, make_writer(settings), channel=channel, to=to, language=language)
    click.echo(_words(outcome, provider.name, speaks), err=not isinstance(outcome, Accepted))
    if not isinstance(outcome, Accepted):
        sys.exit(NOT_TAKEN if isinstance(outcome, Refused | NotNow) else UNKNOWN)


def _words(outcome: Outcome, provider: str, language: Language) -> str:
    _ = language.gettext
    if isinstance(outcome, Accepted):
        if provider == "recorder":
            return _("Nothing left: the recorder keeps it in the mailbox.")
        taken = _("%(provider)s has taken it.", provider=provider)
        return f"{taken} {_('Its name there: %(ref)s', ref=outcome.ref)}" if outcome.ref else taken
    if isinstance(outcome, Refused):
        return _("%(provider)s refuses it: %(reason)s.", provider=provider, reason=outcome.reason)
    if isinstance(outcome, NotNow):
        return _("%(provider)s did not take it now: %(reason)s.", provider=provider, reason=outcome.reason)
    return _(
        "Nobody knows whether %(provider)s took it: %(reason)s. See whether it arrived before you try again.",
        provider=provider,
        reason=outcome.reason,
    )
