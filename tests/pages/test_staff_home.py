"""/agent, as it reads: what waits, one or several, and the way to it."""

import pytest

from portail_app.services.desk import Waiting
from portail_app.services.request_counts import RequestsWaiting
from portail_app.states.desk import DeskState
from portail_app.states.site import SiteState
from tests.screens import Shown, hold, page, tab_of


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "Rien n’attend."), (1, "1 paiement attend."), (2, "2 paiements attendent.")],
)
async def test_what_waits_is_counted_in_words(count, words):
    assert (await waiting_card("Paiements à vérifier", payments=count)).said("p")[0] == words


@pytest.mark.parametrize(
    ("title", "name", "words", "href"),
    [
        ("Documents déposés", "documents", "1 document attend.", "/agent/documents"),
        ("Relèves à valider", "readings", "1 relève attend.", "/agent/releves"),
        ("Fuites à décider", "leaks", "1 dossier attend.", "/agent/fuites"),
        ("Rapprochement", "differences", "1 écart attend une explication.", "/agent/rapprochement"),
        ("Paiements à vérifier", "payments", "1 paiement attend.", "/agent/paiements"),
    ],
)
async def test_each_thing_that_waits_is_counted_apart_and_one_click_away(title, name, words, href):
    card = await waiting_card(title, **{name: 1})
    assert card.said("p")[0] == words
    assert list(card.links().values()) == [href]


@pytest.mark.parametrize(
    ("requests", "words"),
    [
        (RequestsWaiting(0, 0, 0), ["Rien n’attend."]),
        (RequestsWaiting(1, 0, 1), ["1 demande attend une réponse.", "1 en retard"]),
        (RequestsWaiting(5, 2, 3), ["5 demandes attendent une réponse.", "Dont 2 à votre nom.", "3 en retard"]),
    ],
)
async def test_requests_say_whose_they_are_and_how_many_are_late(requests, words):
    seen = page("/agent", await tab_of(DeskState, requests=requests, is_loaded=True))
    assert card_of(seen, "Demandes").said("p")[:-1] == words


@pytest.mark.parametrize(
    ("suspension", "words"), [("", "Le paiement est ouvert."), ("Maintenance", "Le paiement est suspendu.")]
)
async def test_whether_payment_is_open_is_said_at_home(suspension, words):
    tab = await tab_of(DeskState, is_loaded=True)
    await hold(tab, SiteState, suspension=suspension)
    assert card_of(page("/agent", tab), "Paiement en ligne").said("p")[0] == words


async def waiting_card(title: str, **waiting: int) -> Shown:
    return card_of(page("/agent", await tab_of(DeskState, waiting=Waiting(**waiting), is_loaded=True)), title)


def card_of(seen: Shown, title: str) -> Shown:
    (card,) = (each for each in seen.every("section") if each.said("h2") == [title])
    return card
