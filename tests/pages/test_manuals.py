"""The two products that the portal replaces have manuals, and people have learnt them: each sentence that these show
on a screen is on ours, letter for letter. Where the manuals differ, `product.md` chose."""

import json
import re
from functools import cache

import pytest
from reflex_base.registry import RegistrationContext

import pages  # noqa: F401  registers them
from portail_app.mails import access
from portail_app.services import activations, paper_choices, password_policy, payability
from portail_app.states import arrivals, passwords

DRAWN = {arguments["route"]: page for page, arguments in RegistrationContext.get().decorated_pages}
ON_SCREEN = {
    "/connexion": (
        "Veuillez vous connecter",
        "Identifiant",
        "Mot de passe",
        "Se souvenir de moi",
        "Connexion",
        "Oublié ?",
        "J'active mon compte",
    ),
    "/activation": (
        "J'active mon compte",
        "Email",
        "Code",
        "Code provisoire",
        "numéro d’abonné",
        "Activation",
        "Deux comptes ne peuvent pas utiliser la même adresse mail.",
    ),
    "/mot-de-passe": (
        "Choix d'un nouveau mot de passe",
        "Mot de passe",
        "Confirmation",
        "Nous vous conseillons de créer un mot de passe différent de votre numéro d'abonné.",
        "Enregistrer",
        "Me connecter sur mon compte",
    ),
    "/mot-de-passe-oublie": ("Mail :", "Valider", "Annuler"),
    "/": (
        "Accueil",
        "Mes factures",
        "Mes contrats",
        "Mes documents",
        "Mes demandes",
        "Mes données personnelles",
        "Contact",
        "Déconnexion",
        "Fermer",
    ),
    "/factures": (
        "Factures non réglées",
        "Factures réglées",
        "Factures en trésorerie",
        "Les factures en trésorerie n'ont pas été réglées dans les délais imposés, elles ont été transmises en "
        "trésorerie, un avis de somme à payer sera transmis par courrier pour procéder au règlement.",
        "Date",
        "Echéance",
        "Montant",
        "Numéro",
        "Objet",
    ),
    "/factures/[numero]": ("Télécharger PDF", "Payer la facture", "Le paiement a été temporairement suspendu."),
    "/paiement": (
        "Sélection des factures pour le règlement",
        "Date",
        "Numéro",
        "Montant à régler",
        "Factures sélectionnées :",
        "Nombre de factures :",
        "Montant à régler :",
        "Payer la facture",
        "Fermer",
        "Le paiement a été temporairement suspendu.",
    ),
    "/paiement/[reference]": (
        "Informations pour le paiement TIPI",
        "Identifiant collectivité :",
        "Montant du règlement :",
        "Références des factures :",
        "Attention, votre navigateur doit accepter les fenêtres contextuelles (pop-up).",
        "Cliquez sur le bouton de test pour vérifier que votre navigateur accepte les pop-up.",
        "Test d'accès au portail de paiement TIPI",
        "Payer la facture sur le portail TIPI",
        "Fermer",
    ),
    "/documents": (
        "Les documents concernant votre contrat ainsi que vos factures sont disponibles ici.",
        "Effectuez un clic droit sur :",
        "un document pour le télécharger",
        "un dossier pour ajouter un document",
        "▲",
        "Ajouter fichier",
        "Parcourir",
        "Envoyer",
        "Télécharger",
    ),
    "/contact": ("Contacter le service", "Effacer", "Envoyer", "Informations générales"),
    "/donnees-personnelles": (
        "Changer l'adresse mail",
        "Changer le mot de passe",
        "Ne pas recevoir les factures au format papier",
        "Confirmation",
        "Vous avez demandé à ne plus recevoir les factures au format papier.",
        "Si vous confirmez, un message électronique sera automatiquement envoyé au service concerné.",
        "Confirmer",
        "Annuler",
    ),
    "/donnees-personnelles/adresse-mail": (
        "n message électronique vous sera envoyé sur votre nouvelle adresse pour validation.",
        "C'est cette nouvelle adresse qui vous servira alors pour vous connecter sur votre compte.",
    ),
}
ANSWERED = (
    (activations.UNKNOWN, "Activation impossible, adresse inconnue"),
    (activations.ALREADY_ACTIVE, "Activation impossible, il existe déjà un compte actif avec cette adresse mail"),
    (activations.SENT, "Un message d'activation du compte vous a été envoyé avec succès"),
    (passwords.SAVED, "Le nouveau mot de passe a été enregistré avec succès."),
    (
        arrivals.NOTICES["mot-de-passe"],
        "Le nouveau mot de passe a bien été pris en compte. Vous pouvez maintenant vous connecter.",
    ),
    (
        password_policy.SAME_AS_NUMBER,
        "Nous vous conseillons de créer un mot de passe différent de votre numéro d'abonné.",
    ),
    (payability.SUSPENDED, "Le paiement a été temporairement suspendu."),
    (paper_choices.ASKED, "Vous avez demandé à ne plus recevoir les factures au format papier."),
    (access.SUBJECT, "Accès au portail des factures"),
)


@pytest.mark.parametrize(
    ("route", "words"), [(route, words) for route, all_of in ON_SCREEN.items() for words in all_of]
)
def test_the_screen_says_it_as_the_manual_does(route, words):
    assert words in _drawn(route)


@pytest.mark.parametrize(("answer", "words"), ANSWERED, ids=[words for _, words in ANSWERED])
def test_the_answer_begins_as_the_manuals(answer, words):
    assert answer.startswith(words)


def test_the_contracts_come_with_readings_consumption_and_a_graph():
    drawn = _drawn("/contrats/[numero]")
    assert all(word in drawn for word in ("Relèves", "Consommation", "Plot"))


@cache
def _drawn(route: str) -> str:
    """All that a page can show, in whatever state, as it reads."""
    written = json.dumps(DRAWN[route]().render(), default=str)
    return re.sub(r"\\+u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), written).replace("\\", "")
