"""Who is billed: the cast, then as many households of two utilities as are wanted, each with its four years."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from random import Random

from portail_app.demo_data.bills import Bill
from portail_app.demo_data.cast import DEMO, NEIGHBOUR
from portail_app.demo_data.fates import Fate
from portail_app.demo_data.history import draw_history
from portail_app.demo_data.people import Household, draw_household
from portail_app.demo_data.stories import story_of

FIRST_NUMBER, FIRST_NEIGHBOUR_NUMBER = 100_003, 500_001
FEWEST_SUBSCRIBERS = 10

History = Iterable[tuple[Bill, Fate]]


def draw_households(random: Random, count: int, today: date) -> Iterator[tuple[Household, History]]:
    """One in fifty belongs to the other utility, which has five at least."""
    elsewhere = max(5, count // 50)
    shares = ((DEMO, FIRST_NUMBER, count - elsewhere), (NEIGHBOUR, FIRST_NEIGHBOUR_NUMBER, elsewhere))
    for utility, first, count in shares:
        for number in range(first, first + count):
            household = replace(draw_household(random, utility, number), story=story_of(number - first))
            yield household, draw_history(random, household, today)
