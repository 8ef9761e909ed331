"""Each check sees what it is there to see, and nothing else."""

from dataclasses import replace

import pytest

from tests.faults.verdict import Facts, Held, Letter, Standing, Wish, as_letters, repeated, seen_by

WELL = Facts(
    seats={"lunch": 3},
    wishes={
        "in": Wish("lunch", 2),
        "waits": Wish("lunch", 2),
        "gone": Wish("lunch", 1, cancelled=True),
    },
    standings={
        "in": Standing("confirmed", 2, 2, checking=False),
        "waits": Standing("waitlisted", 2, 2, checking=False),
        "gone": Standing("cancelled", 1, 1, checking=False),
    },
    letters=[
        Letter("in", "k1", "confirmed", 2),
        Letter("waits", "k2", "waitlisted", 2),
        Letter("gone", "k3", "confirmed", 1),
        Letter("gone", "k4", "cancelled", 0),
    ],
    committed={
        "in": frozenset({("confirmed", 2)}),
        "waits": frozenset({("waitlisted", 2)}),
        "gone": frozenset({("confirmed", 1), ("cancelled", 0)}),
    },
    held=[Held(1, "lunch", "b1", 2), Held(2, "lunch", "b3", 1), Held(3, "lunch", "b3", 0)],
)


def with_standing(who: str, standing: Standing) -> Facts:
    return replace(WELL, standings={**WELL.standings, who: standing})


def with_letters(*letters: Letter) -> Facts:
    return replace(WELL, letters=[*WELL.letters, *letters])


def test_all_is_well() -> None:
    assert seen_by(WELL) == set()
    assert repeated(WELL) == []


@pytest.mark.parametrize(
    "facts",
    [
        replace(WELL, standings={who: one for who, one in WELL.standings.items() if who != "waits"}),
        replace(WELL, wishes={**WELL.wishes, "waits": Wish("lunch", 3)}),
        replace(WELL, wishes={**WELL.wishes, "waits": Wish("lunch", 2, cancelled=True)}),
        with_standing("waits", Standing("cancelled", 2, 2, checking=False)),
    ],
)
def test_an_accepted_answer_that_did_not_stay_is_lost(facts: Facts) -> None:
    assert "lost" in seen_by(facts)


def test_a_booking_without_an_answer() -> None:
    assert "unanswered" in seen_by(with_standing("waits", Standing("requested", 2, 2, checking=True)))
    assert "unanswered" in seen_by(with_standing("in", Standing("confirmed", 2, 2, checking=True)))


def test_more_confirmed_than_there_are_seats() -> None:
    assert "oversold" in seen_by(with_standing("waits", Standing("confirmed", 2, 2, checking=False)))


def test_more_held_than_there_are_seats_for_a_moment() -> None:
    assert seen_by(replace(WELL, held=[*WELL.held, Held(4, "lunch", "b2", 2), Held(5, "lunch", "b2", 0)])) == {
        "oversold"
    }
    swapped = [*WELL.held, Held(4, "lunch", "b2", 2), Held(4, "lunch", "b1", 0)]
    assert seen_by(replace(WELL, held=swapped)) == set()


def test_a_seat_that_reaches_nobody() -> None:
    assert seen_by(replace(WELL, seats={"lunch": 4})) == {"seats withheld from who waits"}


def test_a_standing_that_is_not_told() -> None:
    assert seen_by(replace(WELL, letters=WELL.letters[1:])) == {"final standings without a letter"}


def test_a_standing_that_two_letters_tell() -> None:
    assert seen_by(with_letters(Letter("in", "k9", "confirmed", 2))) == {"standings told by two letters"}


def test_a_letter_that_comes_again_is_only_counted() -> None:
    again = with_letters(Letter("in", "k1", "confirmed", 2))
    assert (seen_by(again), repeated(again)) == (set(), ["k1"])


def test_a_letter_of_what_never_was() -> None:
    lie = [Letter("in", "k0", "waitlisted", 2), *WELL.letters]
    assert seen_by(replace(WELL, letters=lie)) == {"letters of a standing never committed"}


def test_a_last_letter_that_is_no_longer_so() -> None:
    assert seen_by(replace(WELL, letters=[*WELL.letters[:2], *reversed(WELL.letters[2:])])) == {
        "last letters that are no longer so"
    }


def test_letters_are_read_from_mails() -> None:
    mails = [
        ("a", "k1", "Your meal on Tuesday is booked", "- When: noon\n- For: 2 people, 1 of you cooks\n"),
        ("a", "k2", "Your booking for Tuesday is cancelled", ""),
        ("a", "k3", "We have your request for Tuesday", "- For: 2 people\n"),
        ("a", "k4", "A place came free for the meal on Tuesday: you are expected", "- For: 1 person\n"),
    ]
    told = [("k1", "confirmed", 2), ("k2", "cancelled", 0), ("k4", "confirmed", 1)]
    assert as_letters(mails) == [Letter("a", *one) for one in told]
