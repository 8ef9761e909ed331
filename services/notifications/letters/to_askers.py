"""Letters to guests who asked for something themselves, whoever of those who share the contact it was."""

from services.notifications.domain.letter import Letter
from services.notifications.letters.content import Content
from shared.languages import Language


def guest_link(language: Language, letter: Letter, network: str) -> Content:
    """The link to their own page, or to what they are to confirm. Nobody is greeted by name: telephones are shared."""
    if letter.facts.get("confirms"):
        return _question(language, letter, network)
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


def _question(language: Language, letter: Letter, network: str) -> Content:
    """Whether what was asked for in their name is theirs. Nothing that was typed is in it: nobody sends words by us."""
    left = letter.latest_at - (letter.taken_at or letter.due_at)
    hours, minutes = int((left.total_seconds() + 60) // 3600), max(1, int(left.total_seconds() // 60))
    names = {"network": network, "link": letter.facts["link"]}

    def _(text: str) -> str:
        return language.gettext(text, **names)

    good = (
        language.ngettext(
            "The link is good for %(num)d hour. After that, nothing is booked.",
            "The link is good for %(num)d hours. After that, nothing is booked.",
            hours,
        )
        if hours
        else language.ngettext(
            "The link is good for %(num)d minute. After that, nothing is booked.",
            "The link is good for %(num)d minutes. After that, nothing is booked.",
            minutes,
        )
    )
    return Content(
        subject=_("Please confirm your booking"),
        greeting=_("Hello,"),
        paragraphs=(
            _("A meal was asked for with this contact. Please confirm it: only then do we look whether there is room."),
            good,
        ),
        link=(_("See it and confirm"), str(letter.facts["link"])),
        notes=(_("You did not ask for it? Then do nothing, or say so behind the link: nothing is booked."),),
        signature=_("Warmly, %(network)s"),
        sms=_("%(network)s: confirm your booking here: %(link)s"),
    )
