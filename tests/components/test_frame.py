"""The frame: one h1, landmarks, a way to skip to the content, menus that need no script of ours."""

import json

import pytest
import reflex as rx

from portail_app.components.basics.badge import badge
from portail_app.components.basics.behaviour import closes, opens
from portail_app.components.basics.button import button
from portail_app.components.layout.appearance import STYLESHEETS, appearance, error_boundary, overlay
from portail_app.components.layout.card import amount, card, fact, facts
from portail_app.components.layout.dialog import dialog, modal
from portail_app.components.layout.empty import empty
from portail_app.components.layout.frame import access_layout, portal_layout, staff_layout
from portail_app.components.layout.skeleton import skeleton
from portail_app.components.layout.toast import toast
from tests.components.rendering import rendered

LAYOUTS = {
    "portal": portal_layout("Mes factures", "contenu"),
    "staff": staff_layout("Paiements", "contenu"),
    "access": access_layout("Veuillez vous connecter", "contenu"),
}
HOMES = {"portal": portal_layout("Accueil"), "staff": staff_layout("Accueil")}


@pytest.fixture(params=LAYOUTS.values(), ids=LAYOUTS)
def framed(request):
    return rendered(request.param)


def test_every_page_has_one_h1_one_main_and_a_footer(framed):
    assert len(framed.every("h1")) == len(framed.every("main")) == len(framed.every("footer")) == 1


def test_the_first_link_leads_to_the_content(framed):
    skip = next(each for each in framed.walk() if each.tag in ("a", "ReactRouterLink"))

    assert skip.tag == "a"  # an anchor moves the focus, the router's link does not
    assert skip.properties["href"] == "#" + framed.only("main").properties["id"]
    assert framed.only("main").properties["tabIndex"] == "-1"


def test_the_legal_pages_are_one_click_away(framed):
    links = framed.only("footer").every("ReactRouterLink")

    assert [each.properties["to"] for each in links] == ["/accessibilite", "/mentions-legales", "/confidentialite"]


@pytest.mark.parametrize(("layout", "home"), [("portal", "/"), ("staff", "/agent")])
def test_the_navigation_is_named_and_its_home_is_current_only_at_home(layout, home):
    navigation = rendered(LAYOUTS[layout]).only("nav", id="navigation")
    elsewhere = navigation.every("ReactRouterLink")[0]
    at_home = rendered(HOMES[layout]).only("nav", id="navigation").every("ReactRouterLink")[0]

    assert navigation.properties["aria_label"] == "Navigation principale"
    assert (elsewhere.properties["to"], elsewhere.properties["aria_current"]) == (home, "false")
    assert (at_home.properties["to"], at_home.properties["aria_current"]) == (home, "page")


def test_staff_and_subscribers_have_their_own_navigation():
    def labels(layout):
        return [each.words() for each in rendered(LAYOUTS[layout]).only("nav").every("li")]

    subscriber = ["Accueil", "Mes factures", "Mes contrats", "Mes demandes", "Mes documents"]
    subscriber += ["Mes données personnelles", "Contact", "Déconnexion"]
    assert labels("portal") == subscriber
    assert labels("staff") == [
        *("Accueil", "Demandes", "Paiements", "Relèves", "Campagnes", "Fuites"),
        *("Rapprochement", "Documents", "Avis", "Journal", "Déconnexion"),
    ]


def test_the_menu_and_the_account_are_popovers_of_the_browser():
    drawn = rendered(LAYOUTS["portal"])
    targets = {each.properties["popoverTarget"] for each in drawn.every("button") if "popoverTarget" in each.properties}

    assert targets == {each.properties["id"] for each in drawn.walk() if "popover" in each.properties}


@pytest.mark.parametrize("layout", ["portal", "staff"])
@pytest.mark.parametrize("place", ["navigation", "account"])
def test_signing_out_is_a_post_of_the_browser_from_the_menu_as_from_the_account(layout, place):
    menu = next(each for each in rendered(LAYOUTS[layout]).walk() if each.properties.get("id") == place)
    form = menu.only("form")

    assert (form.properties["action"], form.properties["method"]) == ("/deconnexion", "post")
    assert form.only("button", type="submit").words() == "Déconnexion"


@pytest.mark.parametrize("layout", ["portal", "staff"])
def test_a_suspension_is_said_before_the_title_in_a_region_that_is_always_there(layout):
    first, second = rendered(LAYOUTS[layout]).only("main").children[:2]

    assert (first.properties["role"], second.properties["className"]) == ("status", "title")
    assert any("suspension" in each.text for each in first.walk())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_brand_is_the_utility_s_or_the_portal_s_until_it_is_known(layout):
    brand = next(each for each in rendered(LAYOUTS[layout]).walk() if each.properties.get("className") == "brand")

    assert "owner" in brand.words()
    assert "portal_title" in brand.words()


def test_who_is_both_subscriber_and_staff_goes_from_one_side_to_the_other():
    def door(layout):
        return rendered(LAYOUTS[layout]).only("div", id="account").every("ReactRouterLink")[0].properties["to"]

    assert (door("portal"), door("staff")) == ("/agent", "/")


def test_a_dialog_is_named_by_its_title_and_left_by_a_button():
    drawn = rendered(dialog("Suspendre ?", "Plus personne ne pourra payer.", id="sure"))

    assert drawn.properties["aria_labelledby"] == drawn.only("h2").properties["id"]
    assert drawn.every("button")[-1].properties["onClick"] == '() => closeDialog("sure")'.rstrip('"')


def test_a_button_opens_and_another_closes_a_dialog():
    opener = rendered(button("Suspendre", **opens("sure"))).properties

    assert opener["onClick"] == '() => showDialog("sure")'
    assert opener["aria_haspopup"] == "dialog"
    assert "closeDialog" in rendered(button("Annuler", **closes("sure"))).properties["onClick"]


def test_a_modal_opens_when_it_enters_the_page_and_tells_when_it_is_left():
    drawn = rendered(modal("Coupure d’eau", "Jeudi.", id="notice", on_close=rx.noop()))

    assert drawn.properties["ref"] == "openModal"
    assert "onClose" in drawn.properties
    assert drawn.only("button").words() == "Fermer"


@pytest.mark.parametrize("tone", ["neutral", "info", "success", "warning", "danger"])
def test_a_status_is_a_word_and_an_icon(tone):
    drawn = rendered(badge("Statut", tone))

    assert drawn.words() == "Statut"
    assert drawn.only("svg").properties["aria_hidden"] == "true"


def test_loading_is_said_and_an_empty_list_says_what_to_do():
    assert rendered(skeleton(3)).only("span", role="status").words() == "Chargement en cours"
    assert rendered(empty("Rien", "Bientôt.", action=button("Voir"))).only("button").words() == "Voir"


def test_a_card_is_headed_and_its_facts_are_labelled():
    drawn = rendered(card(amount("243"), facts(fact("Volume", "128")), title="Conso"))

    assert drawn.only("h2").words() == "Conso"
    assert (drawn.only("dt").words(), drawn.only("dd").words()) == ("Volume", "128")


def test_a_toast_is_data_for_the_browser_and_never_a_script():
    words = '"); alert("'
    asked = {str(name): json.loads(str(value)) for name, value in toast(words, "danger").args}

    assert asked == {"function": "showToast", "arguments": [words, "danger"]}


def test_what_is_said_over_the_page_is_said_to_screen_readers():
    assert [each.properties["className"] for each in rendered(overlay()).every("div", role="status")] == [
        "connection",
        "toasts",
    ]


def test_a_page_that_fails_says_so_in_french():
    assert "contactez le service" in str(error_boundary().render())


def test_the_app_takes_our_styles_and_none_of_reflexs(pytestconfig):
    arguments = appearance()

    assert arguments["toaster"] is None
    assert arguments["reset_style"] is False
    on_disk = {f"styles/{path.name}" for path in (pytestconfig.rootpath / "assets/styles").glob("*.css")}
    assert set(STYLESHEETS) == on_disk
