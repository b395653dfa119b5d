"""« Mes données personnelles » and its other pages, as they read: one's own, a delegate's, and what is over."""

from datetime import UTC, datetime

import pytest

from models import DataExport, PaperChoice, Subscriber
from portail_app.services.accesses import Access
from portail_app.services.delegate_list import Delegate, Delegations, Own
from portail_app.services.own_changes import OwnChange
from portail_app.services.own_sessions import OpenSession
from portail_app.services.personal_data import OwnFile
from portail_app.states.accesses import AccessesState
from portail_app.states.data_change import DataChangeState
from portail_app.states.delegates import DelegatesState
from portail_app.states.deletion import DeletionState
from portail_app.states.exports import ExportsState
from portail_app.states.personal_data import PersonalDataState
from portail_app.states.sessions import SessionsState
from tests.screens import Shown, hold, page, tab_of

HOME = "/donnees-personnelles"
AT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
KNOWN = {"id": 5, "utility_id": 1, "number": "100001", "name": "Alice Martin", "email": "alice@example.fr"}


async def test_a_holder_sees_all_that_is_known_and_what_is_not():
    card = await card_of("Abonné 100001", OwnFile(Subscriber(**KNOWN), "Régie", is_holder=True))

    assert dict(zip(card.said("dt"), card.said("dd"), strict=True)) == {
        "Service": "Régie",
        "Nom": "Alice Martin",
        "Adresse": "Non renseignée",
        "Téléphone": "Non renseigné",
        "Adresse mail": "alice@example.fr",
    }
    assert card.links()["Modifier mes informations"] == "/donnees-personnelles/modifier?abonne=5"


async def test_an_address_is_on_two_lines():
    home = Subscriber(**KNOWN, address="3 rue Haute", postal_code="59900", city="Lys")
    assert "3 rue Haute 59900 Lys" in (await card_of("Abonné 100001", OwnFile(home, "Régie", True))).said("dd")


async def test_a_delegate_sees_a_number_and_a_name_and_may_change_nothing():
    card = await card_of("Abonné 100001", OwnFile(Subscriber(**KNOWN, phone="0467000000"), "Régie", is_holder=False))

    assert card.said("dt") == ["Service", "Nom"]
    assert "Vous êtes délégué pour cet abonnement" in card.words()
    assert not card.links()
    assert not card.every("button")


@pytest.mark.parametrize(
    ("values", "words", "button", "event"),
    [
        ({}, "Vos factures vous sont envoyées au format papier.", "Ne pas recevoir", "ask_paperless"),
        (
            {"wants_paper": False, "paper_chosen_at": AT},
            "Vous ne recevez plus vos factures au format papier depuis le 01/07/2026 00:30.",
            "Recevoir à nouveau",
            "return_to_paper",
        ),
        (
            {"paper_chosen_at": AT},
            "Vos factures vous sont envoyées au format papier depuis le 01/07/2026 00:30.",
            "Ne pas recevoir",
            "ask_paperless",
        ),
    ],
)
async def test_paper_says_what_holds_since_when_and_offers_the_contrary(values, words, button, event):
    card = await card_of("Abonné 100001", OwnFile(Subscriber(**KNOWN), "Régie", True, **values))

    assert words in card.said("p")
    (only,) = card.every("button")
    assert only.words() == f"{button} les factures au format papier"
    assert only.properties["onClick"] == [{"name": event, "payload": {"subscriber_id": 5}}]


async def test_each_choice_of_paper_stays_as_its_dated_proof():
    chosen = {"subscriber_id": 5, "account_id": 1, "words": "", "email": ""}
    choices = tuple(PaperChoice(wants_paper=wanted, chosen_at=AT, **chosen) for wanted in (True, False))
    card = await card_of("Abonné 100001", OwnFile(Subscriber(**KNOWN), "Régie", True, choices=choices))

    assert card.said("li") == [
        "01/07/2026 00:30 : Recevoir à nouveau les factures au format papier",
        "01/07/2026 00:30 : Ne pas recevoir les factures au format papier",
    ]


@pytest.mark.parametrize("asked_id", [0, 5])
async def test_the_confirmation_is_open_while_it_is_asked(asked_id):
    seen = page(HOME, await tab_of(PersonalDataState, is_loaded=True, asked_id=asked_id))
    assert seen.said("dialog") == [] or asked_id
    if asked_id:
        assert seen.only("dialog").pressed("Confirmer") == ("confirm_paperless", {})
        assert seen.only("dialog").properties["onClose"] == [{"name": "cancel", "payload": {}}]


async def test_who_holds_nothing_is_told_what_will_be_here():
    assert "Aucun abonnement" in page(HOME, await tab_of(PersonalDataState, is_loaded=True)).said("h2")


async def test_what_one_asked_to_change_says_what_became_of_it():
    change = OwnChange(5, "D1", "phone", "Téléphone", "", "04 67", "refusee", "Numéro incomplet", AT)
    seen = page(HOME, await tab_of(PersonalDataState, changes=(change,), is_loaded=True))
    line = seen.only("tbody").only("tr")

    assert [cell.words() for cell in line.children] == [
        *("Téléphone", "non renseigné", "04 67", "Refusée Numéro incomplet", "D1"),
    ]
    assert line.links() == {"D1": "/demandes/D1"}


@pytest.mark.parametrize(
    ("values", "state", "is_ready"),
    [
        ({}, "En attente", False),
        ({"parts": 3, "parts_in_all": 8}, "3 sur 8", False),
        ({"parts_in_all": 8, "done_at": AT}, "Prête", True),
        ({"failed_at": AT}, "Échec Demandez-en une autre.", False),
        ({"done_at": AT, "removed_at": AT}, "Supprimée", False),
    ],
)
async def test_a_copy_of_ones_data_is_downloaded_while_it_is_there(values, state, is_ready):
    export = DataExport(id=7, account_id=1, asked_at=AT, expires_at=AT, **values)
    seen = page(f"{HOME}/mes-donnees", await tab_of(ExportsState, exports=(export,), is_loaded=True))

    assert seen.only("td", data_label="État").words() == state
    assert seen.only("td", data_label="Disponible jusqu’au").words() == ("01/07/2026 00:30" if is_ready else "—")
    expected = {"Télécharger": "/telecharger/mes-donnees/7.zip"} if is_ready else {}
    assert seen.only("td", data_label="Fichier").links() == expected


async def test_while_a_copy_is_made_no_second_one_is_asked_for():
    seen = page(f"{HOME}/mes-donnees", await tab_of(ExportsState, is_running=True, is_loaded=True))
    (asking,) = (each for each in seen.every("button") if each.words() == "Demander une copie de mes données")
    assert (asking.properties["aria_busy"], asking.properties["aria_disabled"]) == ("true", "true")


async def test_a_deletion_that_waits_takes_the_place_of_the_form():
    tab = await tab_of(DeletionState)
    assert "Demander la suppression de mon compte" in page(f"{HOME}/mes-donnees", tab).words()

    tab.asked = (OwnChange(0, "D9", "", "", "", "", "en_attente", "", AT),)
    seen = page(f"{HOME}/mes-donnees", tab)
    assert "Demander la suppression de mon compte" not in seen.words()
    assert "Demandée le 01/07/2026 00:30, en attente du service : D9" in seen.words()


@pytest.mark.parametrize("others", [0, 1, 2])
async def test_ones_own_session_cannot_be_closed_by_mistake(others):
    own = OpenSession(1, "Firefox", "127.0.0.1", AT, AT, is_this=True)
    rest = tuple(OpenSession(2 + place, "Chrome", "127.0.0.2", AT, AT, is_this=False) for place in range(others))
    seen = page(f"{HOME}/sessions", await tab_of(SessionsState, sessions=(own, *rest), is_loaded=True))
    actions = seen.every("td", data_label="Action")

    assert actions[0].words() == "Cette session"
    assert [action.pressed("Fermer") for action in actions[1:]] == [
        ("close", {"session_id": 2 + place}) for place in range(others)
    ]
    assert ("Fermer les autres sessions" in seen.words()) is bool(others)


async def test_the_history_says_who_looked_and_keeps_from_where_a_delegate_came():
    own = Access(AT, "connexion", "Alice Martin", "", True, "", "Firefox", "127.0.0.1")
    look = Access(AT, "consultation", "Chloé Durand", "Administrateur", False, "Vos documents", "", "")
    tab = await tab_of(SessionsState)
    await hold(tab, AccessesState, accesses=(own, look), is_loaded=True)
    mine, theirs = page(f"{HOME}/sessions", tab).only("tbody").every("tr")

    assert [cell.words() for cell in mine.children][1:] == ["Vous", "Connexion", "Firefox", "127.0.0.1"]
    assert [cell.words() for cell in theirs.children][1:] == [
        *("Chloé Durand", "Administrateur Vos documents", "—", "—"),
    ]


@pytest.mark.parametrize(
    ("hold_of", "right"),
    [("delegue_consultation", "Voir les factures"), ("delegue_paiement", "Voir et payer les factures")],
)
async def test_whom_one_lets_in_is_said_with_what_they_may_do_and_put_out_again(hold_of, right):
    delegate = a_delegate(hold=hold_of, account_id=9)
    line = page(f"{HOME}/personnes-autorisees", await delegating(delegates=(delegate,))).only("tbody").only("tr")

    assert [cell.words() for cell in line.children][:4] == [
        "Bruno Petit bruno@example.fr",
        "100001",
        right,
        "Autorisée",
    ]
    assert line.pressed("Retirer l’accès") == ("remove", {"subscriber_id": 5, "account_id": 9})


async def test_an_invitation_says_until_when_and_is_taken_back():
    invited = a_delegate(who="bruno@example.fr", invitation_id=3, until=AT)
    line = page(f"{HOME}/personnes-autorisees", await delegating(delegates=(invited,))).only("tbody").only("tr")

    assert [cell.words() for cell in line.children][::3] == ["bruno@example.fr", "Invitée jusqu’au 01/07/2026 00:30"]
    assert line.pressed("Retirer l’invitation") == ("withdraw", {"invitation_id": 3})


async def test_an_invitation_that_was_received_is_accepted_or_refused():
    seen = page(f"{HOME}/personnes-autorisees", await delegating(received=(a_delegate(invitation_id=3),)))

    assert "Bruno Petit (abonné 100001) vous invite : Voir les factures." in seen.said("p")
    assert seen.pressed("Accepter") == ("accept", {"invitation_id": 3})
    assert seen.pressed("Refuser") == ("decline", {"invitation_id": 3})


async def test_who_holds_nobodys_subscription_invites_nobody():
    seen = page(f"{HOME}/personnes-autorisees", await delegating(own=(), delegated=(a_delegate(),)))

    assert "Inviter une personne" not in seen.words()
    assert seen.pressed("Ne plus y avoir accès") == ("leave", {"subscriber_id": 5})


@pytest.mark.parametrize("count", [1, 2])
async def test_one_is_asked_for_which_subscription_where_there_are_several(count):
    own = tuple(Own(id, f"Abonné {id}") for id in range(1, count + 1))
    seen = page(f"{HOME}/personnes-autorisees", await delegating(own=own))
    assert ("Abonnement" in seen.said("label")) is (count > 1)
    assert len(seen.every("input", type="hidden", name="subscriber_id")) == (count == 1)


async def test_a_field_that_waits_for_an_answer_can_be_read_and_no_more():
    tab = await tab_of(DataChangeState, subscriber=Subscriber(**KNOWN, phone="01"), waiting=("phone",))
    seen = page(f"{HOME}/modifier", tab)
    phone, name = seen.only("input", name="phone"), seen.only("input", name="name")

    assert (phone.properties["readOnly"], name.properties["readOnly"]) == ("true", "false")
    assert (phone.properties["defaultValue"], phone.properties["autoComplete"]) == ("01", "tel")
    hint = "Une demande est déjà en attente pour cette information."
    assert seen.only("p", id="field-phone-hint").words() == hint
    assert seen.only("p", id="field-name-hint").words() != hint


async def test_what_was_sent_takes_the_place_of_the_form_and_leads_to_the_answer():
    tab = await tab_of(DataChangeState, subscriber=Subscriber(**KNOWN), sent="D7")
    seen = page(f"{HOME}/modifier", tab).only("main")

    assert "Votre demande D7 est envoyée." in seen.words()
    assert seen.links()["Suivre ma demande"] == "/demandes/D7"
    assert not seen.every("input")


def a_delegate(**values: object) -> Delegate:
    who = {"who": "Bruno Petit", "email": "bruno@example.fr", "hold": "delegue_consultation"}
    usual = {"subscriber_id": 5, "subscriber": "100001", **who}
    return Delegate(**{**usual, **values})


async def delegating(**known: object) -> DelegatesState:
    return await tab_of(DelegatesState, known=Delegations(**{"own": (Own(5, "Régie"),), **known}), is_loaded=True)


async def card_of(title: str, file: OwnFile) -> Shown:
    seen = page(HOME, await tab_of(PersonalDataState, files=(file,), is_loaded=True))
    (card,) = (each for each in seen.every("section") if each.said("h2") == [title])
    return card
