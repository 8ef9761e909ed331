"""Letters to staff: an alert, a link to sign in."""

from services.notifications.domain.facts import Sitting
from services.notifications.domain.letter import Letter
from services.notifications.letters.content import Content
from shared.languages import Language


def alert_full(language: Language, letter: Letter, sitting: Sitting) -> Content:
    """A meal has become full."""
    say, count = language.gettext, language.ngettext
    facts = letter.facts
    day, at = language.day(sitting.date), language.clock(sitting.meal_starts)
    return Content(
        subject=say("Full: %(cantine)s, %(day)s", cantine=sitting.cantine.name, day=day),
        greeting=say("Hello %(name)s,", name=facts["name"]),
        paragraphs=(say("The meal on %(day)s at %(time)s is full. There is nothing to do.", day=day, time=at),),
        facts=(
            (say("At table"), count("%(num)d person", "%(num)d people", int(facts["covers"]))),
            (say("In the kitchen"), count("%(num)d cook", "%(num)d cooks", int(facts["cooks"]))),
            (say("On the waiting list"), count("%(num)d booking", "%(num)d bookings", int(facts["waitlist_length"]))),
        ),
        link=(say("Open the meal"), str(facts["link"])),
        signature="",
    )


def sign_in(language: Language, letter: Letter, network: str) -> Content:
    """A link that opens the coordinators' pages."""
    say = language.gettext
    minutes = max(1, round((letter.latest_at - (letter.taken_at or letter.due_at)).total_seconds() / 60))
    return Content(
        subject=say("Your link to sign in to %(network)s", network=network),
        greeting=say("Hello %(name)s,", name=letter.facts["name"]),
        paragraphs=(
            say("With this link you sign in to the coordinators' pages."),
            language.ngettext("It is valid for %(num)d minute.", "It is valid for %(num)d minutes.", minutes),
        ),
        link=(say("Sign in"), str(letter.facts["link"])),
        notes=(say("You did not ask for it? Then do nothing: without the link nobody gets in."),),
        signature="",
    )
