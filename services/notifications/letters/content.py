"""What one letter says, before it takes the shape of an e-mail or an SMS."""

from dataclasses import dataclass


def one_line(text: str) -> str:
    """Names may hold line breaks; a header, an SMS, or a line of a calendar may not."""
    return (text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)).strip()


def subject_line(text: str) -> str:
    """One line, in which a colon stays with the word before it, as French has it."""
    return "\N{NO-BREAK SPACE}".join(one_line(part) for part in text.split("\N{NO-BREAK SPACE}"))


@dataclass(frozen=True, kw_only=True)
class Item:
    """One of several things in a letter, with a link (label and address) of its own."""

    title: str
    text: str
    link: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Content:
    """The words of a letter in one language.

    `facts` are pairs of label and value; `items` are things that each have their own link: what the letter tells
    (`items_lead`), or what one may do instead; `link` is a pair of label and address; `notes` stand below the link;
    `sms` is the whole letter for a telephone (before it is brought into GSM-7), "" where a letter only goes by e-mail.
    """

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[Item, ...] = ()
    items_lead: bool = False
    link: tuple[str, str]
    notes: tuple[str, ...] = ()
    signature: str
    sms: str = ""
