"""Letters to guests who asked for something themselves, whoever of those who share the contact it was."""

from services.notifications.domain.letter import Letter
from services.notifications.letters.content import Content
from shared.languages import Language


def guest_link(language: Language, letter: Letter, network: str) -> Content:
    """The link to their own page. Nobody is greeted by name: a telephone may be shared."""
    minutes = max(1, round((letter.latest_at - (letter.taken_at or letter.due_at)).total_seconds() / 60))
    names = {"network": network, "link": letter.facts["link"]}

    def _(text: str) -> str:
        return language.gettext(text, **names)

    return Content(
        subject=_("The link to your bookings"),
        greeting=_("Hello,"),
        paragraphs=(
            _("Here is the link to your bookings, your usual places, and all that you agreed to."),
            language.ngettext("It is valid for %(num)d minute.", "It is valid for %(num)d minutes.", minutes),
        ),
        link=(_("See my bookings"), str(letter.facts["link"])),
        notes=(
            _("You did not ask for it? Then do nothing. Whoever has the link sees your bookings: keep it to yourself."),
        ),
        signature=_("Warmly, %(network)s"),
        sms=_("%(network)s: your bookings, for 30 minutes: %(link)s"),
    )
