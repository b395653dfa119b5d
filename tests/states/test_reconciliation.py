"""Rapprochement, as a tab of Chloé's knows it."""

import pytest

from models import Agreement, StaffRank
from portail_app.database import transaction
from portail_app.errors import Forbidden
from portail_app.states.clock import today
from portail_app.states.reconciliation import ReconciliationState
from portail_app.viewer import Viewer
from tests import factories
from tests.cast import Person
from tests.receipts import create_line, create_receipt
from tests.tabs import open_tab

PATH = "/agent/rapprochement"


@pytest.fixture
async def line(town):
    async with transaction(Viewer.system()) as session:
        return await create_line(session, town.utility, "INCONNU", today(), amount_cents=1000)


async def load(person, **query) -> ReconciliationState:
    tab = await open_tab(ReconciliationState, person, PATH, **query)
    await tab.load()
    return tab


async def test_the_page_opens_on_what_is_to_explain(town, line):
    tab = await load(town.chloe)

    assert [(one.reference, one.agreement) for one in tab.found.payments] == [("INCONNU", Agreement.NOT_HERE)]
    assert (tab.found.here_cents, tab.found.there_cents) == (0, 1000)
    assert (tab.place["tab"], tab.place["range"]) == ("ecarts", "Paiements 1 à 1 sur 1")


async def test_what_is_explained_moves_to_its_own_tab(town, line):
    tab = await load(town.chloe)
    await tab.explain(form_data={"ligne": str(line.id), "recu": "0", "motif": "Virement reçu par erreur"})

    assert (tab.done, tab.error) == ("L’explication est enregistrée.", "")
    assert tab.found.payments == ()
    (explained,) = (await load(town.chloe, onglet="expliques")).found.payments
    assert explained.reason == "Virement reçu par erreur"


@pytest.mark.parametrize(
    "sent",
    [
        {"motif": " "},
        {"motif": "x" * 5000},
        {"motif": ["Erreur"]},
        {"ligne": "abc"},
        {"ligne": "0"},
        {"recu": "-1"},
        {},
    ],
)
async def test_a_wrong_explanation_is_answered_and_nothing_is_explained(town, line, sent):
    tab = await load(town.chloe)
    await tab.explain(form_data={"ligne": str(line.id), "recu": "0", "motif": "Erreur"} | sent if sent else {})

    assert tab.error
    assert tab.done == ""
    assert (await load(town.chloe)).found.total == 1


async def test_who_may_only_read_is_told_so(town, line):
    async with transaction(Viewer.system()) as session:
        account = await factories.create_account(session, "agent@example.fr")
        await factories.appoint(session, account, town.utility, StaffRank.AGENT)
        agent = Person(*await factories.sign_in(session, account))
    tab = await load(agent)
    await tab.explain(form_data={"ligne": str(line.id), "recu": "0", "motif": "Erreur"})

    assert tab.found.total == 1
    assert tab.error == Forbidden.sentence


async def test_day_search_and_tab_live_in_the_url(town, line):
    tab = await load(town.chloe, jour=today().isoformat(), recherche="inc", onglet="tous")

    assert [one.reference for one in tab.found.payments] == ["INCONNU"]
    assert tab.place["day"] == today().isoformat()
    assert tab.links["export"] == f"{PATH}.csv?onglet=tous&jour={today()}&recherche=inc"
    assert "jour=2026-01-02&recherche=autre" in str(
        await tab.look_for(form={"jour": "2026-01-02", "recherche": "autre"})
    )
    assert "jour" not in str(await tab.look_for(form={"jour": "", "recherche": "autre"}))


@pytest.mark.parametrize(
    "query", [{"jour": "31/02/2026"}, {"onglet": "zzz"}, {"page": "-1"}, {"jour": "", "page": "x"}]
)
async def test_any_url_has_an_answer(town, line, query):
    assert (await load(town.chloe, **query)).found.total == 1


async def test_a_page_beyond_the_last_is_empty(town, line):
    tab = await load(town.chloe, page="9999")

    assert (tab.found.total, tab.place["range"], tab.place["next"]) == (0, "", "")


async def test_a_receipt_paid_here_today_waits_for_its_statement(town):
    async with transaction(Viewer.system()) as session:
        await create_receipt(session, town.alice.viewer, "000001", today())

    assert (await load(town.chloe)).found.total == 0
    (waiting,) = (await load(town.chloe, onglet="en-attente")).found.payments
    assert waiting.numbers == "2026-020-000001"
