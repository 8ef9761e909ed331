"""A booking, as the three services know it: the wish against the claim, what became of it against what was told."""

from collections.abc import Iterator

from deploy.reconcile.findings import Facts, Finding, Group


def compare_booking(group: Group) -> Iterator[Finding]:
    """Everything about one booking but its letters."""
    booking, claim = group.one("booking", "booking"), group.one("capacity", "claim")
    known = group.one("notifications", "booking")
    if booking:
        yield from group.unless_equal(
            "searched as", booking=booking["searched_as"], outcome=[booking["status"], booking["waiting"]]
        )
    if booking and claim:
        yield from _wish(group, booking, claim)
        yield from _answer(group, booking, claim)
    elif booking or claim:
        yield group.finding("claim", booking=booking and booking["status"], capacity=claim and claim["standing"])
    if booking and known:
        yield from _told(group, booking, known)
    elif known or (booking and booking["status"] != "requested"):  # before an answer there is nothing to tell
        yield group.finding("notice", booking=booking and booking["status"], notifications=known and known["status"])


def _wish(group: Group, booking: Facts, claim: Facts) -> Iterator[Finding]:
    """What the guest wishes, against what capacity applied."""
    yield from group.unless_equal("sitting", booking=booking["sitting"], capacity=claim["sitting"])
    yield from group.unless_equal("wish's revision", booking=booking["revision"], capacity=claim["request_revision"])
    yield from group.unless_equal("wish", booking=booking["wish"], capacity=claim["wished"])


def _answer(group: Group, booking: Facts, claim: Facts) -> Iterator[Finding]:
    """What capacity holds, against the answer that booking keeps."""
    answer = booking["answer"]
    if answer is None:
        yield group.finding("answer", booking=None, capacity=claim["standing"])
        return
    yield from group.unless_equal("answer's revision", booking=answer["revision"], capacity=claim["revision"])
    yield from group.fields_that_differ(("standing", "held", "why", "offer"), booking=answer, capacity=claim)
    if not booking["checking"]:
        yield from group.unless_equal("waiting", booking=booking["waiting"], capacity=claim["waits"])


def _told(group: Group, booking: Facts, known: Facts) -> Iterator[Finding]:
    """What notifications has heard. While a wish is being checked, it knows how things stood before."""
    yield from group.unless_equal(
        "notice's revision", booking=booking["notice_revision"], notifications=known["notice_revision"]
    )
    names = ["sitting", "news"]
    if not booking["checking"]:
        names += ["status", "party", "why", "offer_until"]
    if booking["contact"] is not None:
        names += ["contact", "language"]
    yield from group.fields_that_differ(names, booking=booking, notifications=known)
