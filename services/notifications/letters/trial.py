"""A letter that only shows that letters arrive: an operator sends it to themselves."""

from services.notifications.letters.content import Content
from shared.languages import Language


def trial(language: Language, network: str, public_url: str) -> Content:
    """A test."""
    _, names = language.gettext, {"network": network, "link": public_url}
    return Content(
        subject=_("A test from %(network)s", **names),
        greeting=_("Hello,"),
        paragraphs=(_("You read this: so the letters of %(network)s arrive here. There is nothing to do.", **names),),
        link=(_("Open the site"), public_url),
        signature="",
        sms=_("%(network)s: a test. You read this: so our text messages arrive. %(link)s", **names),
    )
