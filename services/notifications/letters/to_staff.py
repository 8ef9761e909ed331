"""Letters to staff: an alert, a link to sign in."""

from services.notifications.domain.facts import Sitting
from services.notifications.domain.letter import Letter
from services.notifications.letters.content import Content
from shared.languages import Language


def alert_full(language: Language, letter: Letter, sitting: Sitting) -> Content:
    """A meal has become full."""
    _, ngettext = language.gettext, language.ngettext
    facts = letter.facts
    day, at = language.day(sitting.date), language.clock(sitting.meal_starts)
    return Content(
        subject=_("Full: %(cantine)s, %(day)s", cantine=sitting.cantine.name, day=day),
        greeting=_("Hello %(name)s,", name=facts["name"]),
        paragraphs=(_("The meal on %(day)s at %(time)s is full. There is nothing to do.", day=day, time=at),),
        facts=(
            (_("At table"), ngettext("%(num)d person", "%(num)d people", int(facts["covers"]))),
            (_("In the kitchen"), ngettext("%(num)d cook", "%(num)d cooks", int(facts["cooks"]))),
            (_("On the waiting list"), ngettext("%(num)d booking", "%(num)d bookings", int(facts["waitlist_length"]))),
        ),
        link=(_("Open the meal"), str(facts["link"])),
        signature="",
    )


def sign_in(language: Language, letter: Letter, network: str) -> Content:
    """A link that opens the coordinators' pages."""
    _, ngettext = language.gettext, language.ngettext
    minutes = max(1, round((letter.latest_at - (letter.taken_at or letter.due_at)).total_seconds() / 60))
    return Content(
        subject=_("Your link to sign in to %(network)s", network=network),
        greeting=_("Hello %(name)s,", name=letter.facts["name"]),
        paragraphs=(
            _("With this link you sign in to the coordinators' pages."),
            ngettext("It is valid for %(num)d minute.", "It is valid for %(num)d minutes.", minutes),
        ),
        link=(_("Sign in"), str(letter.facts["link"])),
        notes=(_("You did not ask for it? Then do nothing: without the link nobody gets in."),),
        signature="",
    )
