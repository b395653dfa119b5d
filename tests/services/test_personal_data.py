"""« Mes données personnelles »: all of it to the holder, a number and a name to a delegate, nothing to anybody else."""

from datetime import timedelta

import pytest

from models import Account, Hold, Subscriber
from portail_app.services.paper_choices import choose_paper
from portail_app.services.personal_data import list_files
from portail_app.viewer import Viewer
from tests.factories import NOW, create_subscriber, let_in, link


@pytest.fixture
async def known(session, alice) -> Subscriber:
    """What billing knows of her."""
    subscriber = await session.get_one(Subscriber, next(iter(alice.subscriber_ids)))
    subscriber.address, subscriber.city, subscriber.phone = "12 rue du Moulin", "Lys", "03 27 00 00 00"
    await session.flush()
    return subscriber


async def test_the_holder_reads_all_of_it(session, cast, alice, known):
    (file,) = await list_files(session, alice)
    assert (file.subscriber, file.utility, file.is_holder) == (known, cast.utility.name, True)
    assert (file.wants_paper, file.paper_chosen_at, file.choices) == (True, None, ())


@pytest.mark.parametrize("hold", [Hold.MAY_SEE, Hold.MAY_PAY])
async def test_a_delegate_reads_the_number_and_the_name_and_nothing_that_a_page_could_show_besides(
    session, alice, known, hold
):
    await choose_paper(session, alice, known.id, False, NOW)
    (file,) = await list_files(session, await let_in(session, alice, hold))
    assert (file.subscriber.number, file.subscriber.name, file.is_holder) == (known.number, "Alice Martin", False)
    shown = str(file.subscriber.model_dump())
    assert not any(word in shown for word in ("Moulin", "Lys", "03 27", "alice@example.fr"))
    assert (file.wants_paper, file.choices) == (True, ())


async def test_the_last_choice_holds_and_all_are_the_proof(session, alice, known):
    for days, wants_paper in enumerate((False, True, False)):
        await choose_paper(session, alice, known.id, wants_paper, NOW + timedelta(days=days))
    (file,) = await list_files(session, alice)
    assert (file.wants_paper, file.paper_chosen_at) == (False, NOW + timedelta(days=2))
    assert [choice.wants_paper for choice in file.choices] == [False, True, False]
    assert [choice.chosen_at for choice in file.choices] == sorted(
        (choice.chosen_at for choice in file.choices), reverse=True
    )


async def test_a_choice_about_one_subscription_is_not_one_about_another(session, cast, alice, known):
    second = await create_subscriber(session, cast.utility, number="000001", name="Alice Martin, résidence")
    await link(session, await session.get_one(Account, alice.account_id), second)
    await choose_paper(session, alice, second.id, False, NOW)
    files = await list_files(session, alice)
    assert [(file.subscriber.number, file.wants_paper) for file in files] == [("000001", False), (known.number, True)]


async def test_a_neighbour_staff_and_nobody_have_nothing_of_hers(session, bruno, chloe, known):
    assert [file.subscriber.name for file in await list_files(session, bruno)] == ["Bruno Petit"]
    assert await list_files(session, chloe) == []
    assert await list_files(session, Viewer.nobody()) == []
