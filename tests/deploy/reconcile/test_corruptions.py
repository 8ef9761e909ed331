"""What a hand (or a fault of ours) spoils in one database is found, in the right thing and by the right name."""

import pytest
import sqlalchemy as sa

from deploy.reconcile.findings import Finding
from tests.deploy.reconcile.conftest import Story


def names(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(finding.thing, finding.what) for finding in findings}


def says(findings: list[Finding], what: str) -> dict[str, object]:
    (finding,) = [finding for finding in findings if finding.what == what]
    return dict(finding.says)


def test_a_house_in_order_has_no_differences_and_its_rows_are_counted(story: Story) -> None:
    differences, tally = story.look()
    assert differences == []
    assert tally.rows == {
        ("booking", "booking"): 6,
        ("booking", "sitting"): 2,
        ("capacity", "claim"): 6,
        ("capacity", "claims"): 2,
        ("capacity", "sitting"): 2,
        ("notifications", "booking"): 6,
        ("notifications", "letter"): tally.rows["notifications", "letter"],
        ("notifications", "sitting"): 2,
    }
    assert tally.rows["notifications", "letter"] > 6
    assert not tally.on_its_way and not tally.not_sent


def test_capacity_released_a_booking_that_is_confirmed(story: Story) -> None:
    nobody = {"held_eaters": 0, "wished_eaters": 0}
    story.change("capacity", "claim", {"booking": story.grew}, standing="released", **nobody)
    story.change("capacity", "sitting", {"id": story.lunch}, held=2)
    found = story.find()
    copies = {(story.lunch, "seats_left")}
    assert names(found) == {(story.grew, "standing"), (story.grew, "held"), (story.grew, "wish")} | copies
    assert says(found, "standing") == {"booking": "held", "capacity": "released"}


def test_more_seats_are_held_than_there_are(story: Story) -> None:
    story.change("capacity", "claim", {"booking": story.cooks}, held_eaters=7, wished_eaters=7)
    found = story.find()
    assert {(story.lunch, "oversold"), (story.lunch, "held"), (story.cooks, "held")} <= names(found)
    assert says(found, "oversold") == {"capacity": "6 and 0 of overhang", "claims": 11}


def test_a_kind_of_booking_is_counted_otherwise_than_its_claims_come_to(story: Story) -> None:
    story.change("capacity", "sitting", {"id": story.lunch}, taken_by={"newcomers": 1})
    assert names(story.find()) == {(story.lunch, "taken by kind")}
    story.change("capacity", "claim", {"booking": story.cooks}, kind="newcomers")
    assert says(story.find(), "taken by kind") == {"capacity": {"newcomers": 1}, "claims": {"newcomers": 2}}


def test_overhang_hides_that_more_could_be_sold(story: Story) -> None:
    story.change("capacity", "sitting", {"id": story.lunch}, overhang=2)
    assert names(story.find()) == {(story.lunch, "overhang"), (story.lunch, "at_risk")}


def test_a_claim_is_lost(story: Story) -> None:
    story.lose("capacity", "claim", booking=story.waits)
    assert names(story.find()) == {(story.waits, "claim"), (story.lunch, "in line")}


def test_a_claim_belongs_to_no_booking(story: Story) -> None:
    story.double("capacity", "claim", {"booking": story.left}, booking="nobody-s")
    found = story.find()
    assert names(found) == {("nobody-s", "claim")}
    assert says(found, "claim") == {"booking": None, "capacity": "released"}


def test_a_booking_is_lost(story: Story) -> None:
    story.lose("booking", "booking", id=story.waits)
    assert names(story.find()) == {(story.waits, "claim"), (story.waits, "notice")}


def test_a_wish_never_reached_capacity(story: Story) -> None:
    story.change("booking", "booking", {"id": story.waits}, revision=2**60)
    assert names(story.find()) >= {(story.waits, "wish's revision")}


def test_a_party_is_stale_in_notifications(story: Story) -> None:
    story.change("notifications", "known_booking", {"id": story.grew}, eaters=1)
    found = story.find()
    assert names(found) == {(story.grew, "party")}
    assert says(found, "party")["notifications"] == {"cooks": 0, "eaters": 1, "children": 0}


def test_a_counter_is_off_by_one(story: Story) -> None:
    story.change("capacity", "sitting", {"id": story.lunch}, held=5)
    found = story.find()
    assert names(found) == {(story.lunch, "held"), (story.lunch, "seats_left")}
    assert says(found, "held") == {"capacity": 5, "claims": 4}


def test_booking_s_copy_of_a_sitting_is_stale(story: Story) -> None:
    story.change("booking", "sitting", {"id": story.lunch}, seats_left=6, revision=1)
    assert names(story.find()) == {(story.lunch, "seats_left"), (story.lunch, "revision")}


def test_notifications_copy_of_a_sitting_is_stale(story: Story) -> None:
    story.change("notifications", "known_sitting", {"id": story.lunch}, menu="Soup")
    found = story.find()
    assert names(found) == {(story.lunch, "menu")}
    assert says(found, "menu") == {"capacity": "Velouté de potimarron", "notifications": "Soup"}


def test_notifications_never_heard_of_a_sitting(story: Story) -> None:
    story.change("notifications", "known_sitting", {"id": story.lunch}, starts_at=None)
    assert (story.lunch, "copy") in names(story.find())


def test_a_contact_differs_and_is_not_told(story: Story) -> None:
    story.change("notifications", "known_booking", {"id": story.cooks}, email="somebody-else@example.org")
    found = story.find()
    assert names(found) == {(story.cooks, "contact")}
    assert "@" not in str(found)


def test_the_letter_that_confirms_is_missing(story: Story) -> None:
    story.lose("notifications", "letter", booking=story.cooks, kind="confirmed")
    found = story.find()
    assert names(found) == {(story.cooks, "letter")}
    assert says(found, "letter")["notifications"] is None


def test_the_letter_that_confirms_was_given_up_as_not_wanted(story: Story) -> None:
    letter = {"booking": story.cooks, "kind": "confirmed"}
    story.change("notifications", "letter", letter, state="dropped", reason="no longer wanted")
    assert names(story.find()) == {(story.cooks, "letter")}


def test_a_letter_that_failed_says_why_and_is_no_difference(story: Story) -> None:
    letter = {"booking": story.cooks, "kind": "confirmed"}
    story.change("notifications", "letter", letter, state="failed", reason="550 no such mailbox")
    differences, tally = story.look()
    assert differences == []
    assert tally.not_sent == {"failed: 550 no such mailbox": 1}


@pytest.mark.parametrize("fate", ["delivered", "returned", "complained"])
def test_what_became_of_a_letter_is_no_difference_but_what_it_told_may_be(story: Story, fate: str) -> None:
    letter = {"booking": story.cooks, "kind": "confirmed"}
    story.change("notifications", "letter", letter, state=fate)
    assert story.find() == []
    story.change("notifications", "letter", letter, key=f"{story.cooks}:confirmed:{2**60}")
    assert (story.cooks, "letter") in names(story.find())


@pytest.mark.parametrize("ending", ["0-again", str(2**60)])
def test_a_letter_tells_what_never_was(story: Story, ending: str) -> None:
    key = f"{story.cooks}:confirmed:{ending}"
    story.double("notifications", "letter", {"booking": story.cooks, "kind": "confirmed"}, key=key)
    found = story.find()
    assert names(found) == {(story.cooks, "letter")}
    assert says(found, "letter")["notifications"] == f"confirmed ({ending})"


def test_one_standing_is_told_twice(story: Story) -> None:
    known = story.house["notifications"].metadata.tables["known_booking"]
    with story.house["notifications"].service.read() as conn:
        news = conn.execute(sa.select(known.c.news).where(known.c.id == story.cooks)).scalar_one()
    which = {"booking": story.cooks, "kind": "confirmed"}
    story.double("notifications", "letter", which, kind="change_refused", key=f"{story.cooks}:change_refused:{news}")
    assert names(story.find()) == {(story.cooks, "letter")}


def test_a_guest_was_told_that_the_meal_is_off_and_it_is_not(story: Story) -> None:
    which = {"booking": story.cooks, "kind": "confirmed"}
    off = "cancelled_by_cantine"
    story.double("notifications", "letter", which, kind=off, key=f"{story.cooks}:{off}:once")
    assert names(story.find()) == {(story.cooks, "letter")}
