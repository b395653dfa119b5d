"""/, as it reads: what is due and when, one or several, and nothing of what there is none of."""

from datetime import UTC, date, datetime

import pytest

from portail_app.services.asks import Ask, AskKind
from portail_app.services.contract_list import ContractRow
from portail_app.services.due import Due
from portail_app.services.home import Home
from portail_app.services.papers import Paper
from portail_app.services.request_counts import OwnRequests
from portail_app.services.site import Owner, ShownNotice, Visitor
from portail_app.states.home import HomeState
from portail_app.states.site import SiteState
from tests.screens import Shown, hold, page, tab_of

UNTIL = date(2026, 12, 20)
IMPORTANT, ORDINARY = ShownNotice(1, "Coupure", "<p>Jeudi</p>", True), ShownNotice(2, "Travaux", "<p>Rue</p>", False)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (Due(1, 24311, UNTIL), "243,11 € 1 facture à régler, prochaine échéance le 20/12/2026."),
        (Due(2, 48622, UNTIL), "486,22 € 2 factures à régler, prochaine échéance le 20/12/2026."),
        (Due(1, 5), "0,05 € 1 facture à régler."),
        (Due(1, 100, None, 1), "1,00 € 1 facture à régler. 1 facture en retard"),
        (Due(3, 100, None, 2), "1,00 € 3 factures à régler. 2 factures en retard"),
    ],
)
async def test_what_is_due_is_met_first(due, words):
    assert (await card_of("À régler", due=due)).words() == f"À régler {words} Voir mes factures"


async def test_who_owes_nothing_is_told_so_and_led_to_what_was_paid():
    card = await card_of("À régler", due=Due())

    assert "Vous êtes à jour : aucune facture n’attend votre règlement." in card.words()
    assert card.links() == {"Voir mes factures": "/factures?onglet=reglees"}


async def test_what_the_bank_will_pay_is_apart_from_what_is_due():
    due = Due(debited_count=1, debited_cents=24311, next_debit_on=UNTIL)

    assert "Vous êtes à jour" in (await card_of("À régler", due=due)).words()
    debited = await card_of("Prélèvement automatique", due=due)
    assert debited.words() == "Prélèvement automatique 243,11 € seront prélevés, à partir du 20/12/2026."


@pytest.mark.parametrize(
    ("count", "waiting", "words"),
    [
        (1, 0, "1 demande en cours."),
        (2, 0, "2 demandes en cours."),
        (1, 1, "1 demande en cours. 1 attend votre réponse"),
        (4, 3, "4 demandes en cours. 3 attendent votre réponse"),
    ],
)
async def test_the_requests_that_go_on_are_counted(count, waiting, words):
    card = await card_of("Mes demandes", requests=OwnRequests(count, waiting))
    assert card.words() == f"Mes demandes {words} Voir mes demandes"


async def test_of_what_there_is_none_nothing_is_said():
    assert (await home()).said("h2") == ["À régler"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (181, "en 181 jours, soit 343 L par jour, au 3 rue Haute. Données du 20/12/2026."),
        (1, "en 1 jour, soit 62 000 L par jour, au 3 rue Haute. Données du 20/12/2026."),
    ],
)
async def test_the_last_consumption_of_each_contract_is_one_card(days, words):
    row = ContractRow("C1", "Eau", "3 rue Haute", "Lys", True, known_on=UNTIL, last_litres=62_000, last_days=days)
    card = await card_of("Dernière consommation", consumptions=(row,))

    assert card.words() == f"Dernière consommation 62 m³ {words} Voir ma consommation"
    assert card.links() == {"Voir ma consommation": "/contrats/C1"}


async def test_the_latest_documents_are_downloaded_from_here_with_their_day_in_paris():
    placed = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    card = await card_of("Derniers documents", latest=(Paper(5, "bail.pdf", "", 1000, placed, False, False),))

    assert card.said("li") == ["bail.pdf du 01/01/2027"]
    assert card.links()["bail.pdf"] == "/telecharger/documents/5"


@pytest.mark.parametrize(
    ("ask", "words", "link"),
    [
        (
            Ask(AskKind.VOLUME, 4, "C1", UNTIL, 180_000, 60_000),
            "Contrat C1 : 180 m³ depuis la dernière relève, plus du double du volume moyen (60 m³). Faites réparer la "
            "fuite et transmettez l’attestation du plombier jusqu’au 20/12/2026 : votre facture sera plafonnée.",
            ("Que faire ?", "/contrats/C1/fuite?dossier=4"),
        ),
        (
            Ask(AskKind.TELEMETRY, 4, "C1", UNTIL, 1_240),
            "Contrat C1 : 1,2 m³, jusqu’au 20/12/2026.",
            ("Voir l’alerte", "/contrats/C1/fuite?dossier=4"),
        ),
        (
            Ask(AskKind.READING, 9, "C1", UNTIL),
            "Contrat C1 : transmettez votre relève jusqu’au 20/12/2026.",
            ("Transmettre ma relève", "/contrats/C1"),
        ),
    ],
)
async def test_what_is_asked_says_until_when_and_leads_to_the_answer(ask, words, link):
    seen = await home(asks=(ask,))

    assert words in seen.said("p")
    assert link in seen.links().items()


async def test_an_important_notice_is_over_the_page_until_it_is_closed_and_stays_in_it():
    tab = await at_home()
    await hold(tab, SiteState, notices=(IMPORTANT, ORDINARY))
    (over,) = page("/", tab).every("dialog")
    assert over.said("h2") == ["Coupure"]
    assert over.properties["onClose"] == [{"name": "close_notice", "payload": {"notice_id": 1}}]

    tab.home = Home(closed_notice_ids=(1,))
    assert not page("/", tab).every("dialog")
    assert page("/", tab).only("main").said("h2") == ["À régler", "Coupure", "Travaux"]


async def test_nothing_is_put_over_a_page_that_does_not_know_yet_what_was_closed():
    tab = await tab_of(HomeState)
    await hold(tab, SiteState, notices=(IMPORTANT,))
    assert not page("/", tab).every("dialog")


async def test_before_it_has_loaded_nobody_is_told_that_nothing_is_due():
    seen = page("/", await tab_of(HomeState)).words()
    assert "Chargement en cours" in seen
    assert "Vous êtes à jour" not in seen


async def test_the_welcome_text_is_there_where_the_utility_wrote_one():
    tab = await at_home()
    assert len(page("/", tab).only("main").every("section")) == 1

    await hold(tab, SiteState, welcome_html="<p>Bienvenue</p>")
    _, welcome = page("/", tab).only("main").every("section")
    assert welcome.only("div").properties["dangerouslySetInnerHTML"] == {"__html": "<p>Bienvenue</p>"}


@pytest.mark.parametrize(("owner", "name"), [(Owner(), "Le portail des factures"), (Owner("Régie"), "Régie")])
async def test_the_frame_bears_the_utilitys_name_once_it_is_known(owner, name):
    tab = await at_home()
    await hold(tab, SiteState, owner=owner)
    assert page("/", tab).only("ReactRouterLink", className="brand").words() == name


async def test_only_who_is_both_is_offered_the_other_side():
    tab = await at_home()
    await hold(tab, SiteState, viewer=Visitor("Chloé Durand", is_both=True))
    menu = page("/", tab).only("div", id="account")
    assert menu.links()["Espace des agents"] == "/agent"
    assert menu.said("p") == ["Chloé Durand"]

    await hold(tab, SiteState, viewer=Visitor("Alice Martin"))
    assert set(page("/", tab).only("div", id="account").links()) == {"Mes données personnelles"}


async def test_a_suspension_is_read_out_above_every_page():
    tab = await at_home()
    await hold(tab, SiteState, suspension="Maintenance jusqu’à lundi.")
    assert "Maintenance jusqu’à lundi." in page("/", tab).only("main").said("div", role="status")


async def at_home(**values: object) -> HomeState:
    return await tab_of(HomeState, home=Home(**values), is_loaded=True)


async def home(**values: object) -> Shown:
    return page("/", await at_home(**values)).only("main")


async def card_of(title: str, **values: object) -> Shown:
    (card,) = (each for each in (await home(**values)).every("section") if each.said("h2") == [title])
    return card
