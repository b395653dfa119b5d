"""Paper, campaigns, notices, publications and types of request, as staff read them."""

from datetime import UTC, date, datetime

import pytest

from models import (
    Notice,
    ReadingCampaign,
    RequestType,
    Subscriber,
    Utility,
)
from portail_app.services.campaign_progress import CampaignProgress
from portail_app.services.campaign_query import CampaignDraft
from portail_app.services.paper_desk import PaperFigures, PaperRow
from portail_app.services.publications import Publication
from portail_app.states.campaigns import CampaignsState
from portail_app.states.notices import NoticesState
from portail_app.states.papers import PapersState
from portail_app.states.publications import PublicationsState
from portail_app.states.request_types import RequestTypesState
from portail_app.states.staff_new_request import StaffNewRequestState
from tests.factories import TODAY
from tests.screens import page, tab_of

AT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
UTILITIES = (Utility(id=1, code="eau", name="Eau"), Utility(id=2, code="dechets", name="Déchets"))


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (PaperFigures(10, 0, 0, 0), "0 abonné ne reçoit plus de papier, sur 10 (0 %)."),
        (PaperFigures(10, 1, 1, 10), "1 abonné ne reçoit plus de papier, sur 10 (10 %) ; 1 de plus en 30 jours."),
        (PaperFigures(10, 2, -3, 20), "2 abonnés ne reçoivent plus de papier, sur 10 (20 %) ; 3 de moins en 30 jours."),
    ],
)
async def test_how_many_do_without_paper_and_which_way_it_goes(figures, words):
    seen = page("/agent/papier", await tab_of(PapersState, figures=figures, is_loaded=True))
    assert words in seen.said("p")


async def test_a_choice_of_paper_bears_its_proof_and_who_never_chose_none():
    proof = {"wants_paper": False, "chosen_at": AT, "email": "alice@example.fr", "words": "Sans papier."}
    rows = (PaperRow(1, 1, "1", "Alice", "Lys", **proof), PaperRow(2, 1, "2", "Bruno", "Lys", True, None, "", ""))
    chosen, never = page("/agent/papier", await tab_of(PapersState, rows=rows, is_loaded=True)).only("tbody").children

    assert [cell.words() for cell in chosen.children][3:] == [
        *("Sans papier", "01/07/2026 00:30", "alice@example.fr « Sans papier. »"),
    ]
    assert [cell.words() for cell in never.children][3:] == ["Papier", "Toujours", "—"]


@pytest.mark.parametrize(
    ("found", "words"),
    [(1, "1 contrat sera invité"), (2, "2 contrats seront invités")],
)
async def test_a_campaign_says_how_many_it_will_write_to_before_it_does(found, words):
    draft = CampaignDraft(1, "Relève d’automne", TODAY, date(2026, 12, 20), date(2026, 12, 8))
    tab = await tab_of(CampaignsState, utilities=UTILITIES, pending=draft, found=found)
    seen = page("/agent/campagnes", tab).only("div", role="status", className="stack")

    assert "« Relève d’automne », du 22/11/2026 au 20/12/2026." in seen.words()
    assert f"{words} par courriel à relever leur compteur" in seen.words()
    assert seen.pressed("Lancer la campagne") == ("launch", {})


@pytest.mark.parametrize(("stopped_at", "action"), [(None, "Arrêter"), (AT, "Arrêtée")])
async def test_a_campaign_is_stopped_once(stopped_at, action):
    days = {"opens_on": TODAY, "closes_on": TODAY, "launched_at": AT, "launched_by": 1}
    campaign = ReadingCampaign(id=6, utility_id=1, title="Automne", stopped_at=stopped_at, **days)
    seen = page("/agent/campagnes", await tab_of(CampaignsState, campaigns=(CampaignProgress(campaign, 9, 8, 7, 3),)))

    assert [cell.words() for cell in seen.only("tbody").only("tr").children][3:] == ["9", "8", "7", "3 sur 9", action]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ["—", "Important", "Retirer"]),
        ({"is_important": False, "ends_on": TODAY}, ["22/11/2026", "Ordinaire", "Retirer"]),
        ({"withdrawn_at": AT}, ["—", "Retiré", ""]),
    ],
)
async def test_a_notice_says_its_weight_until_it_is_withdrawn(values, words):
    notice = Notice(id=1, utility_id=1, title="Coupure", body="", starts_on=TODAY, published_by=1, **values)
    seen = page("/agent/avis", await tab_of(NoticesState, notices=(notice,)))
    assert [cell.words() for cell in seen.only("tbody").only("tr").children][2:] == words


@pytest.mark.parametrize(("readers", "words"), [(1, "retiré à un abonné."), (3, "retiré à 3 abonnés.")])
async def test_taking_a_publication_back_says_from_how_many(readers, words):
    chosen = Publication(3, "reglement.pdf", AT, readers)
    seen = page("/agent/documents", await tab_of(PublicationsState, publications=(chosen,), chosen=chosen))
    assert f"reglement.pdf sera {words}" in seen.only("dialog", id="retirer-publication").said("p")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({}, "Pour Alice Martin (100001)"),
        (
            {"address": "3 rue Haute", "postal_code": "59900", "city": "Lys"},
            "Pour Alice Martin (100001), 3 rue Haute 59900 Lys",
        ),
    ],
)
async def test_whoever_calls_is_told_from_another_by_what_is_known(place, words):
    who = Subscriber(id=5, utility_id=1, number="100001", name="Alice Martin", **place)
    seen = page("/agent/demandes/nouvelle", await tab_of(StaffNewRequestState, chosen=who, is_loaded=True))
    assert words in seen.only("main").said("p")


@pytest.mark.parametrize(
    ("found", "is_said"), [((), False), ((Subscriber(id=5, utility_id=1, number="1", name="A"),), True)]
)
async def test_a_caller_who_is_not_found_is_said_not_to_be(found, is_said):
    tab = await tab_of(StaffNewRequestState, search="martin", found=found, is_loaded=True)
    seen = page("/agent/demandes/nouvelle", tab).only("main")
    assert ("Aucun abonné" in seen.said("h2")) is not is_said
    assert seen.links().get("A") == ("/agent/demandes/nouvelle?abonne=5" if is_said else None)


@pytest.mark.parametrize(("due_days", "words"), [(0, "0 jour"), (1, "1 jour"), (2, "2 jours")])
async def test_a_type_of_request_says_its_delay(due_days, words):
    kind = RequestType(id=1, utility_id=1, code="fuite", name="Fuite", due_days=due_days, position=1)
    seen = page("/agent/types-de-demande", await tab_of(RequestTypesState, types=(kind,)))
    assert seen.only("td", data_label="Délai").words() == words
