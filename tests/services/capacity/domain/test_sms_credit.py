"""The alert about the SMS credit neither flaps nor nags."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.capacity.domain.sms_credit import MOST_REMINDERS, Credit, heard
from shared.contracts.sms_credit import SmsCredit

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
tellings = st.tuples(st.booleans(), st.booleans(), st.sampled_from(["", "answer", "remind"]))


@given(st.lists(tellings))
def test_while_it_is_low_it_is_told_a_few_times_at_most(story: list[tuple[bool, bool, str]]) -> None:
    credit: Credit | None = None
    for number, (low, scarce, then) in enumerate(story, start=1):
        told = SmsCredit(thing="brevo", revision=number, left=9, low=low, scarce=low and scarce)
        credit = heard(credit, told, NOW)
        assert credit
        assert (credit.raised_at is not None) == low
        if then == "answer":
            credit = credit.answered("awa", NOW)
        elif then == "remind" and credit.escalates_at:
            credit = credit.unanswered(NOW)
        assert credit.telling <= 2 + MOST_REMINDERS  # low, scarce, and the reminders
        assert not (credit.escalates_at and credit.answered_at)


def test_what_was_told_before_is_old_news() -> None:
    late = heard(None, SmsCredit(thing="brevo", revision=2, left=900, low=False), NOW)
    assert late
    assert heard(late, SmsCredit(thing="brevo", revision=1, left=9, low=True), NOW + timedelta(hours=1)) is None
