"""What is known of a sitting once it is over: how many came, what the food cost, what was given in all."""

from dataclasses import dataclass

MAX_SUM = 1_000_000  # cents


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """People: of those expected `came` and `absent`, and `walk_ins`, who had not reserved."""

    came: int
    absent: int
    walk_ins: int

    @property
    def covers(self) -> int:
        """How many ate."""
        return self.came + self.walk_ins


@dataclass(frozen=True, kw_only=True)
class Money:
    """What the food cost and what all guests gave together, in cents. What one person gave is nobody's business."""

    food_cost: int
    contributions: int


def cost_per_cover(money: Money, attendance: Attendance) -> int | None:
    """What the food of one cover cost, in cents, rounded half up; None where nobody was counted.

    Example: 119.00 € of food for 34 covers is 3.50 €.
    """
    if not attendance.covers:
        return None
    return (2 * money.food_cost + attendance.covers) // (2 * attendance.covers)
