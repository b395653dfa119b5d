"""What staff write about their own utility."""

import pytest

from models import StaffRank, Utility
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services import audit, utilities
from tests import factories
from tests.services.staff import staff_of


async def test_a_manager_writes_the_welcome_text_and_the_former_one_is_kept_in_the_trail(session, cast, chloe):
    await utilities.write_welcome_text(session, chloe, cast.utility.id, "Bienvenue.")
    await utilities.write_welcome_text(session, chloe, cast.utility.id, " Bonjour. ")

    assert (await session.get(Utility, cast.utility.id)).welcome_text == "Bonjour."
    entries = await audit.list_entries(session, chloe)
    assert [(line.entry.action, line.entry.details) for line in entries] == [
        ("Texte d’accueil modifié", {"avant": "Bienvenue."}),
        ("Texte d’accueil modifié", {"avant": ""}),
    ]


async def test_saving_the_same_text_again_is_no_change(session, cast, chloe):
    await utilities.write_welcome_text(session, chloe, cast.utility.id, "Bienvenue.")
    await utilities.write_welcome_text(session, chloe, cast.utility.id, "Bienvenue.")

    assert len(await audit.list_entries(session, chloe)) == 1


async def test_a_text_that_is_too_long_is_refused(session, cast, chloe):
    with pytest.raises(Invalid):
        await utilities.write_welcome_text(session, chloe, cast.utility.id, "x" * 4_001)


async def test_neither_a_subscriber_nor_an_agent_nor_a_stranger_writes_it(session, cast, alice):
    agent = await staff_of(session, cast.utility, StaffRank.AGENT)
    stranger = await staff_of(session, await factories.create_utility(session), StaffRank.ADMINISTRATOR)
    for viewer, refusal in ((alice, Forbidden), (agent, Forbidden), (stranger, NotFound)):
        with pytest.raises(refusal):
            await utilities.write_welcome_text(session, viewer, cast.utility.id, "Piraté")
    assert (await session.get(Utility, cast.utility.id)).welcome_text == ""


async def test_staff_choose_among_their_own_utilities_only(session, cast, alice, chloe):
    await factories.create_utility(session)

    assert await utilities.list_staffed(session, chloe) == [cast.utility]
    assert await utilities.list_staffed(session, alice) == []
