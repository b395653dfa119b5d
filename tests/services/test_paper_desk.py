"""Who receives invoices on paper, for staff: the last choice of each with its proof, and how many have left it."""

from datetime import timedelta

import pytest

from models import StaffRank
from portail_app.errors import Forbidden
from portail_app.services.paging import Sought
from portail_app.services.paper_choices import ASKED, PAPER_AGAIN, choose_paper
from portail_app.services.paper_desk import PaperFigures, PaperTab, count_papers, list_papers
from tests.factories import NOW, appoint, create_account, create_subscriber, create_utility, sign_in

LONG_AGO = NOW - timedelta(days=200)


async def choose(session, viewer, wants_paper, at=NOW):
    await choose_paper(session, viewer, *viewer.subscriber_ids, wants_paper, at)


async def names(session, viewer, tab, search=""):
    return [row.name for row in await list_papers(session, viewer, tab, Sought(search))]


async def test_who_never_chose_receives_paper_and_there_is_no_proof(session, alice, chloe):
    rows = await list_papers(session, chloe, PaperTab.PAPER, Sought())
    assert [(row.name, row.wants_paper, row.chosen_at, row.words) for row in rows] == [
        ("Alice Martin", True, None, ""),
        ("Bruno Petit", True, None, ""),
    ]
    assert await names(session, chloe, PaperTab.PAPERLESS) == await names(session, chloe, PaperTab.CHOSEN) == []


async def test_the_proof_of_a_choice_is_its_day_its_address_and_its_words(session, alice, chloe):
    await choose(session, alice, False)
    (row,) = await list_papers(session, chloe, PaperTab.PAPERLESS, Sought())
    assert (row.wants_paper, row.chosen_at, row.email) == (False, NOW, "alice@example.fr")
    assert row.words.startswith(ASKED)
    assert await names(session, chloe, PaperTab.PAPER) == ["Bruno Petit"]


async def test_the_last_choice_holds(session, alice, chloe):
    await choose(session, alice, False, LONG_AGO)
    await choose(session, alice, True)
    assert await names(session, chloe, PaperTab.PAPERLESS) == []
    (row,) = await list_papers(session, chloe, PaperTab.CHOSEN, Sought())
    assert (row.wants_paper, row.chosen_at, row.words) == (True, NOW, PAPER_AGAIN)


async def test_the_newest_choice_comes_first(session, alice, bruno, chloe):
    await choose(session, alice, False, LONG_AGO)
    await choose(session, bruno, False, NOW)
    assert await names(session, chloe, PaperTab.PAPERLESS) == ["Bruno Petit", "Alice Martin"]


@pytest.mark.parametrize(("search", "found"), [("petit", 1), ("PET", 1), ("%", 0), ("alice@", 0), ("", 2)])
async def test_a_search_is_a_part_of_a_name_or_number(session, bruno, chloe, search, found):
    assert len(await names(session, chloe, PaperTab.PAPER, search)) == found


async def test_a_long_list_has_pages_and_a_total(session, cast, chloe):
    for _ in range(7):
        await create_subscriber(session, cast.utility)
    page = await list_papers(session, chloe, PaperTab.PAPER, Sought(page=2, size=4))
    assert (len(page), page.total) == (4, 9)


async def test_staff_of_elsewhere_see_nobody_and_subscribers_see_no_list(session, alice, chloe):
    await choose(session, alice, False)
    other = await create_utility(session)
    account = await create_account(session, "ines@example.fr")
    await appoint(session, account, other, StaffRank.AGENT)
    ines = (await sign_in(session, account))[0]
    assert await names(session, ines, PaperTab.CHOSEN) == []
    assert await count_papers(session, ines, NOW) == PaperFigures()
    with pytest.raises(Forbidden):
        await list_papers(session, alice, PaperTab.CHOSEN, Sought())
    with pytest.raises(Forbidden):
        await count_papers(session, alice, NOW)


async def test_the_figures_say_how_many_and_how_many_more_lately(session, alice, bruno, chloe):
    assert await count_papers(session, chloe, NOW) == PaperFigures(2, 0, 0, 0)
    await choose(session, alice, False, LONG_AGO)
    assert await count_papers(session, chloe, NOW) == PaperFigures(2, 1, 0, 50)
    await choose(session, bruno, False)
    assert await count_papers(session, chloe, NOW) == PaperFigures(2, 2, 1, 100)
    await choose(session, alice, True)
    assert await count_papers(session, chloe, NOW) == PaperFigures(2, 1, 0, 50)


@pytest.mark.parametrize(("age", "lately"), [(timedelta(days=30), 1), (timedelta(days=30, seconds=1), 0)])
async def test_lately_is_thirty_days(session, alice, chloe, age, lately):
    await choose(session, alice, False, NOW - age)
    assert (await count_papers(session, chloe, NOW)) == PaperFigures(2, 1, lately, 50)


async def test_who_comes_back_to_paper_is_one_less(session, alice, bruno, chloe):
    await choose(session, alice, False, LONG_AGO)
    await choose(session, alice, True)
    assert (await count_papers(session, chloe, NOW)).lately == -1
    await choose(session, bruno, False)
    assert (await count_papers(session, chloe, NOW)).lately == 0


async def test_an_address_is_read_with_its_town_and_without_what_is_not_known(session, cast, chloe):
    values = {"address": "7 rue des Lilas", "postal_code": "59900", "city": "Lys"}
    await create_subscriber(session, cast.utility, name="Zoé", **values)
    await create_subscriber(session, cast.utility, name="Zoé", city="Lys")
    found = [row.address for row in await list_papers(session, chloe, PaperTab.PAPER, Sought("zoé"))]
    assert found == ["7 rue des Lilas, 59900 Lys", "Lys"]


async def test_who_left_and_came_back_lately_is_neither_more_nor_less(session, alice, chloe):
    await choose(session, alice, False, NOW - timedelta(days=3))
    await choose(session, alice, True, NOW - timedelta(days=2))
    assert (await count_papers(session, chloe, NOW)).lately == 0
    await choose(session, alice, False, NOW - timedelta(days=1))
    assert (await count_papers(session, chloe, NOW)).lately == 1
