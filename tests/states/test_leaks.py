"""The pages of leaks and campaigns, as tabs of the browser know them: what is shown, sent and refused."""

from datetime import timedelta

import pytest

from models import LeakState as State
from portail_app.database import transaction
from portail_app.errors import Forbidden, NotFound, NotSignedIn
from portail_app.services.leaks.certificates import REFUSALS, send_certificate
from portail_app.states.campaigns import CampaignsState
from portail_app.states.clock import now, today
from portail_app.states.contract_costs import ContractCostsState
from portail_app.states.home import HomeState
from portail_app.states.leak import LeakState
from portail_app.states.leak_decision import LeakDecisionState
from portail_app.states.leak_watch import LeakWatchState
from portail_app.states.leaks import LeaksState
from portail_app.viewer import Viewer
from tests.dwellings import create_dwelling, read_at
from tests.factories import save
from tests.leaks import leak_at_alices
from tests.services.leaks.files import draft, kept
from tests.services.test_costs import rate
from tests.tabs import open_tab

OF_STAFF = (CampaignsState, LeakDecisionState, LeaksState)
OF_SUBSCRIBERS = (ContractCostsState, LeakState, LeakWatchState)


@pytest.fixture
async def leak(town):
    return await leak_at_alices(town)


def page(dwelling):
    return f"/contrats/{dwelling.contract.number}/fuite"


@pytest.mark.parametrize("state", OF_STAFF)
async def test_a_subscriber_and_nobody_open_no_page_of_staff(town, state):
    with pytest.raises(Forbidden):
        await (await open_tab(state, town.alice)).load()
    with pytest.raises(NotSignedIn):
        await (await open_tab(state, None)).load()


@pytest.mark.parametrize("state", OF_SUBSCRIBERS)
async def test_staff_who_hold_no_contract_and_nobody_open_no_page_of_subscribers(town, state):
    with pytest.raises(Forbidden):
        await (await open_tab(state, town.chloe)).load()
    with pytest.raises(NotSignedIn):
        await (await open_tab(state, None)).load()


async def test_alice_sees_the_file_of_her_leak_and_her_home_page_tells_of_it(town, leak):
    alert, dwelling = leak
    tab, home = await open_tab(LeakState, town.alice, page(dwelling)), await open_tab(HomeState, town.alice)
    await tab.load()
    await home.load()

    assert (tab.file.alert.id, tab.file.contract, tab.missing) == (alert.id, dwelling.contract.number, "")
    assert (tab.file.relief.water_m3, tab.file.relief.wastewater_m3) == (120, 60)
    assert [ask.contract for ask in home.home.asks] == [dwelling.contract.number]


async def test_a_neighbour_is_told_that_the_contract_is_missing(town, leak):
    tab = await open_tab(LeakState, town.bruno, page(leak[1]))
    await tab.load()

    assert (tab.file, tab.alerts, tab.missing) == (None, (), "Contrat introuvable.")


async def test_what_a_certificate_answered_is_said_in_the_portals_own_words(town, leak):
    refused = await open_tab(LeakState, town.alice, page(leak[1]), refus="poids", lieu="Jardin")
    forged = await open_tab(LeakState, town.alice, page(leak[1]), refus="<b>Appelez le 0899</b>")
    await refused.load()
    await forged.load()

    assert (refused.words["error"], refused.words["field"], refused.words["lieu"]) == (
        REFUSALS["poids"],
        "file",
        "Jardin",
    )
    assert (forged.words["error"], forged.words["field"]) == ("", "")


async def test_staff_find_a_file_by_tab_and_by_search(town, leak):
    alert, dwelling = leak
    awaited = await open_tab(
        LeaksState, town.chloe, "/agent/fuites", onglet="attendues", recherche=dwelling.point.address
    )
    elsewhere = await open_tab(LeaksState, town.chloe, "/agent/fuites", onglet="attendues", recherche="100%")
    await awaited.load()
    await elsewhere.load()

    assert [row.alert.id for row in awaited.leaks] == [alert.id]
    assert elsewhere.leaks == ()
    assert awaited.counts["attendues"] == 1
    assert awaited.counts["a-decider"] == 0


async def test_staff_decide_of_a_file(town, leak):
    alert, _ = leak
    async with transaction(town.alice.viewer) as session:
        await send_certificate(session, town.alice.viewer, alert.id, draft(repaired_on=today()), kept(), now())
    tab = await open_tab(LeakDecisionState, town.chloe, f"/agent/fuites/{alert.id}")
    await tab.load()
    assert tab.file.alert.state is State.RECEIVED

    await tab.refuse(alert_id=alert.id, form_data={"reason": ""})
    assert (tab.error_field, tab.done, tab.file.alert.state) == ("reason", "", State.RECEIVED)

    await tab.accept(alert_id=alert.id)
    assert tab.file.alert.state is State.ACCEPTED
    assert tab.done == "L’écrêtement est accordé, l’abonné est prévenu."

    await tab.close(alert_id=alert.id, form_data={"reason": "Trop tard."})
    assert (tab.error, tab.done) == ("Ce dossier est déjà décidé.", "")


async def test_a_file_that_does_not_exist_is_said_to_be_missing(town):
    for number in ("1", "0", "abc", "99999999999"):
        tab = await open_tab(LeakDecisionState, town.chloe, f"/agent/fuites/{number}")
        await tab.load()
        assert (tab.file, tab.missing) == (None, "Alerte fuite introuvable.")


async def test_thresholds_are_kept_and_shown_again(town, leak):
    _, dwelling = leak
    async with transaction(Viewer.system()) as session:
        dwelling.meter.is_telemetered = True
        session.add(dwelling.meter)
    tab = await open_tab(LeakWatchState, town.alice, page(dwelling))
    await tab.load()
    assert (tab.is_offered, tab.watch) == (True, None)

    await tab.keep(form_data={"most_litres_a_day": "beaucoup"})
    assert (tab.error_field, tab.watch) == ("most_litres_a_day", None)

    await tab.keep(form_data={"most_litres_a_day": "1 500", "warns_of_flow": "on", "away_from": "2027-02-01"})
    assert (tab.done, tab.watch.most_litres_a_day, tab.watch.warns_of_flow) == (
        "Vos alertes sont enregistrées.",
        1500,
        True,
    )

    other = await open_tab(LeakWatchState, town.bruno, page(dwelling))
    await other.load()
    assert (other.is_offered, other.watch) == (False, None)
    await other.keep(form_data={})
    assert other.error == "Contrat introuvable."


async def test_a_campaign_is_counted_then_confirmed(town, leak):
    tab = await open_tab(CampaignsState, town.chloe)
    await tab.load()
    form = {"utility_id": str(town.utility.id), "title": "Automne", "closes_on": str(today() + timedelta(days=20))}

    await tab.prepare(form_data={**form, "city": "Nulle-Part"})
    assert (tab.error_field, tab.pending) == ("city", None)
    await tab.prepare(form_data=form)
    assert (tab.found, tab.pending.title, tab.campaigns) == (1, "Automne", ())
    await tab.launch()
    assert (tab.done, tab.pending) == ("La campagne est lancée.", None)
    (progress,) = tab.campaigns
    assert (progress.asked, progress.answered) == (1, 0)

    await tab.stop(campaign_id=progress.campaign.id)
    assert tab.campaigns[0].campaign.stopped_at is not None
    with pytest.raises(Forbidden):
        await (await open_tab(CampaignsState, town.alice)).stop(campaign_id=progress.campaign.id)


async def test_launching_without_a_prepared_campaign_does_nothing(town):
    tab = await open_tab(CampaignsState, town.chloe)

    await tab.launch()

    assert (tab.campaigns, tab.done) == ((), "")


async def test_a_contract_shows_what_it_cost_and_line_by_line_the_chosen_period(town):
    async with transaction(Viewer.system()) as session:
        dwelling = await create_dwelling(session, town.utility, town.alice.viewer)
        for on, index in (("2025-12-31", 0), ("2026-06-30", 60), ("2026-09-30", 100)):
            await read_at(session, dwelling, on, index)
        await save(session, rate("1.00", utility_id=town.utility.id))
    path = f"/contrats/{dwelling.contract.number}"
    tab = await open_tab(ContractCostsState, town.alice, path)
    await tab.load()

    assert [(row.litres, row.total_cents) for row in tab.costs] == [(40_000, 4_220), (60_000, 6_330)]
    assert tab.totals == {"net": 4_000, "gross": 4_220, "fixed": 0, "used": 4_220}
    assert [line.amount_cents for line in tab.lines] == [4_000]
    assert tab.shares == ({"basis_points": 550, "cents": 220},)

    for place, gross in (("1", 6_330), ("9", 4_220), ("x", 4_220), ("9" * 5_000, 4_220)):
        await tab.choose(place=place)
        assert tab.totals["gross"] == gross

    neighbour = await open_tab(ContractCostsState, town.bruno, path)
    await neighbour.load()
    assert (neighbour.costs, neighbour.lines) == ((), ())


async def test_a_decision_by_staff_of_elsewhere_is_refused(town, leak):
    tab = await open_tab(LeakDecisionState, town.bruno)
    with pytest.raises(Forbidden):
        await tab.accept(alert_id=leak[0].id)
    async with transaction(Viewer.system()) as session:
        with pytest.raises(NotFound):
            await send_certificate(session, town.bruno.viewer, leak[0].id, draft(), kept(), now())
