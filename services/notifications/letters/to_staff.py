"""Letters to staff: an alert, the day's alerts together, a link to sign in."""

from collections.abc import Sequence

from services.notifications.domain.alerts import News
from services.notifications.domain.facts import Sitting
from services.notifications.domain.letter import Letter
from services.notifications.letters.alerts import words
from services.notifications.letters.content import Content, Item
from services.notifications.letters.names import in_one_sms, shortened
from shared.gsm7 import to_gsm7
from shared.languages import Language

ACCOUNTS = {"brevo": "https://app.brevo.com", "ovh": "https://www.ovh.com/manager/"}


def alert(language: Language, letter: Letter, news: News) -> Content:
    """One alert: what happened, what to do, and where."""
    _, ngettext = language.gettext, language.ngettext
    said, sitting, facts = words(language, news), news.sitting, news.alert.facts
    cantine, day, at = sitting.cantine.name, language.day(sitting.date), sitting.meal_starts
    return Content(
        subject=_("%(headline)s: %(cantine)s, %(day)s", headline=said.headline, cantine=cantine, day=day),
        greeting=_("Hello %(name)s,", name=letter.facts["name"]),
        paragraphs=(
            _("%(cantine)s, meal on %(day)s at %(time)s:", cantine=cantine, day=day, time=language.clock(at)),
            said.what,
            said.to_do,
        ),
        facts=(
            (_("At table"), ngettext("%(num)d person", "%(num)d people", facts["covers"])),
            (_("In the kitchen"), ngettext("%(num)d cook", "%(num)d cooks", facts["cooks"])),
            (_("On the waiting list"), ngettext("%(num)d booking", "%(num)d bookings", facts["waiting"])),
        ),
        link=(_("Open the meal"), news.alert.link),
        notes=(_("You are on it? Say so on that page: then nobody else is disturbed."),),
        signature="",
        sms=_sms(_when(language, sitting), said.sms, news),
    )


def digest(language: Language, letter: Letter, news: Sequence[News], alerts_page: str) -> Content:
    """What can wait until once a day, together."""
    _, ngettext = language.gettext, language.ngettext
    inner = sorted(news, key=lambda one: (one.sitting.starts_at, one.sitting.id, one.alert.kind))
    return Content(
        subject=ngettext("One thing about your meals", "%(num)d things about your meals", len(news)),
        greeting=_("Hello %(name)s,", name=letter.facts["name"]),
        paragraphs=(_("Here is what is new about the meals that you look after. None of it is urgent."),),
        items=tuple(_item(language, one) for one in inner),
        items_lead=True,
        link=(_("See all alerts"), alerts_page),
        signature="",
    )


def _item(language: Language, news: News) -> Item:
    said, _, cantine = words(language, news), language.gettext, news.sitting.cantine.name
    day = _when(language, news.sitting)
    return Item(
        title=_("%(headline)s: %(cantine)s, %(day)s", headline=said.headline, cantine=cantine, day=day),
        text=f"{said.what} {said.to_do}",
        link=(_("Open the meal"), news.alert.link),
    )


def _when(language: Language, sitting: Sitting) -> str:
    return f"{language.short_day(sitting.date)} {language.clock(sitting.meal_starts)}"


def _sms(when: str, said: str, news: News) -> str:
    """One SMS, whatever the canteen is called."""
    rest = to_gsm7(f" {when}: {said} {news.alert.short_link}")
    return in_one_sms(shortened(to_gsm7(news.sitting.cantine.name)), lambda name: name + rest)


def sms_credit(language: Language, letter: Letter) -> Content:
    """Soon no SMS can be sent."""
    _, ngettext = language.gettext, language.ngettext
    left = int(letter.facts["left"])
    again = (_("We write again: it has sunk further, or nobody is on it yet."),) if letter.facts.get("again") else ()
    return Content(
        subject=ngettext(
            "Only %(num)d text message can still be sent", "Only %(num)d text messages can still be sent", left
        ),
        greeting=_("Hello %(name)s,", name=letter.facts["name"]) if "name" in letter.facts else _("Hello,"),
        paragraphs=(
            *again,
            ngettext(
                "Your credit with %(provider)s is enough for %(num)d more text message.",
                "Your credit with %(provider)s is enough for %(num)d more text messages.",
                left,
                provider=str(letter.facts["provider"]).capitalize(),
            ),
            _("When it is used up, guests without an e-mail address are told nothing any more. Please top it up."),
        ),
        link=(_("Open your account"), ACCOUNTS.get(str(letter.facts["provider"]), "")),
        notes=(
            _("You are on it? Say so here, then nobody else is disturbed: %(page)s", page=letter.facts["page"])
            if "page" in letter.facts
            else _("We write to you once, and again only if it runs low after having been topped up."),
        ),
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
