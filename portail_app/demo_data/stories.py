"""What happened to a household's meter: one story each, so that the demonstration has them all."""

from enum import StrEnum


class Story(StrEnum):
    """Read twice a year unless it says otherwise."""

    HALF_YEARLY = "half-yearly"
    YEARLY = "read once a year, estimated in between"
    REPLACED = "the meter was replaced"
    TELEMETERED = "a volume a day for a year"
    TURNED_OVER = "the index turned over"
    EMPTY = "nobody has lived there for a year and a half"
    LEAK = "a leak in the last half-year"
    ALICE = "ten years of days, a replaced meter, a leak since three weeks, and a flat without history"

    @property
    def shares(self) -> tuple[float, ...]:
        """How much of what is usual was used in each of the eight half-years."""
        match self:
            case Story.EMPTY:
                return (1,) * 5 + (0,) * 3
            case Story.LEAK:
                return (1,) * 7 + (4.5,)
        return (1,) * 8


def story_of(place: int) -> Story:
    """By the place of a household among those of its utility."""
    rare = {4: Story.TELEMETERED, 10: Story.TURNED_OVER, 15: Story.LEAK, 20: Story.EMPTY, 29: Story.TELEMETERED}
    if place % 50 in rare:
        return rare[place % 50]
    return Story.REPLACED if place % 10 == 6 else Story.YEARLY if place % 3 == 1 else Story.HALF_YEARLY
