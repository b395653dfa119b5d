"""What each form of the portal sends, and to which event: the names that its handler reads."""

import pytest

from tests.pages.test_every_screen import ROUTES, is_for_staff, opened
from tests.screens import Shown

SEARCH = ("look_for", "Rechercher", ["recherche"])
SEARCH_BY_DAY = ("look_for", "Rechercher", ["jour", "recherche"])
FORMS = {
    "/activation": [("activate", "Activation", ["email", "code"])],
    "/agent/avis": [
        ("publish", "Publier", ["utility_id", "title", "body", "is_important", "starts_on", "ends_on"]),
        SEARCH,
        ("save", "Enregistrer", ["utility_id", "welcome_text"]),
    ],
    "/agent/campagnes": [
        (
            "prepare",
            "Continuer",
            ["utility_id", "title", "opens_on", "closes_on", "remind_on", "city", "area", "unread_since"],
        )
    ],
    "/agent/demandes": [SEARCH],
    "/agent/demandes/[numero]": [
        ("assign", "Enregistrer", ["account_id", "due_on"]),
        ("answer", "Envoyer à l’abonné", ["key", "seen", "text", "status"]),
        ("write_note", "Ajouter la note", ["key", "note"]),
    ],
    "/agent/demandes/nouvelle": [SEARCH],
    "/agent/documents": [
        SEARCH,
        (
            "prepare",
            "Continuer",
            ["utility_id", "file_id", "kind", "number", "words", "city", "only_direct_debit"],
        ),
    ],
    "/agent/fuites": [SEARCH],
    "/agent/fuites/[dossier]": [("close", "Classer l’alerte sans suite", ["reason"])],
    "/agent/journal": [SEARCH_BY_DAY],
    "/agent/paiements": [("suspend", "Suspendre le paiement", ["utility_id", "reason", "until"]), SEARCH_BY_DAY],
    "/agent/papier": [SEARCH],
    "/agent/rapprochement": [
        ("rehearse", "", ["file_id"]),
        SEARCH_BY_DAY,
        ("explain", "Enregistrer", ["ligne", "recu", "motif"]),
    ],
    "/agent/releves": [
        ("correct", "Valider l’index corrigé", ["index-1", "sent_id"]),
        ("refuse", "Refuser la relève", ["reason-1", "sent_id"]),
    ],
    "/agent/types-de-demande": [("add", "Créer", ["utility_id", "name"])],
    "/connexion": [("sign_in", "Connexion", ["email", "password", "remember"])],
    "/contact": [("send", "Envoyer", ["type", "subscriber_id", "key", "message"])],
    "/contrats/[numero]": [("send", "Transmettre", ["index", "read_on", "comment"])],
    "/demandes/[numero]": [("send", "Envoyer", ["key", "text"])],
    "/donnees-personnelles/adresse-mail": [("ask", "Valider", ["email", "current_password"])],
    "/donnees-personnelles/mes-donnees": [
        ("ask", "Demander la suppression de mon compte", ["current_password"]),
    ],
    "/donnees-personnelles/mot-de-passe": [
        ("save", "Enregistrer", ["current_password", "password", "confirmation"]),
    ],
    "/donnees-personnelles/personnes-autorisees": [
        ("invite", "Envoyer l’invitation", ["subscriber_id", "email", "hold"])
    ],
    "/factures": [SEARCH],
    "/mot-de-passe-oublie": [("ask", "Valider", ["email"])],
}


@pytest.mark.parametrize("route", ROUTES)
async def test_a_form_sends_what_its_handler_reads(busy, route):
    seen = await opened(busy.cast.chloe if is_for_staff(route) else busy.cast.alice, route, busy.address(route))
    assert [told(form, seen) for form in seen.every("form") if "onSubmit" in form.properties] == FORMS.get(route, [])


@pytest.mark.parametrize("route", ROUTES)
async def test_no_form_of_the_browser_itself_puts_anything_in_the_url(busy, route):
    """Not even before the page's script has loaded; a search is what its URL says."""
    seen = await opened(busy.cast.chloe if is_for_staff(route) else busy.cast.alice, route, busy.address(route))
    forms = [form for form in seen.every("form") if form.properties.get("className") != "filters-search"]
    assert {form.properties["method"] for form in forms} <= {"post", "dialog"}


def told(form: Shown, seen: Shown) -> tuple[str, str, list[str]]:
    """A button may stand outside its form, and a field of another form inside."""
    (event,) = form.properties["onSubmit"]
    own = form.properties.get("id", "none")
    buttons = [*form.every("button", type="submit"), *seen.every("button", type="submit", form=own)]
    fields = [field for tag in ("input", "select", "textarea") for field in form.every(tag)]
    names = [each.properties.get("name") for each in form.walk() if each in fields and "form" not in each.properties]
    (word,) = {button.words() for button in buttons}
    return event, word, [name for name in names if name]
