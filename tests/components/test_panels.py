"""Whole forms and lists: what they show while they load, when there is nothing, and when something is wrong."""

import pytest
import reflex as rx

from models import PaymentAllocation
from portail_app.components.billing.payfip import TODAY, WARNING, hand_over, informations, popup_test
from portail_app.components.billing.payment_state import payment_state
from portail_app.components.forms.answers import error_above, error_at, said
from portail_app.components.forms.outcome import outcome
from portail_app.components.forms.utility_choice import utility_choice
from portail_app.components.layout.empty import unfound
from portail_app.components.layout.notice import notice
from portail_app.components.site.asks import ask_notices
from portail_app.components.site.notice_form import notice_form
from portail_app.components.site.suspension_form import suspension_form
from portail_app.components.site.suspension_history import suspension_history
from portail_app.components.site.suspension_panel import suspension_panel
from portail_app.components.site.welcome_panel import preview, welcome_panel
from portail_app.components.tables.filters import list_search, year_choice
from portail_app.components.tables.pagination import list_pages
from portail_app.components.tables.total import beside, first_beside, total, total_detail, total_line
from portail_app.services.asks import Ask
from portail_app.services.payment_review import ReviewedPayment
from portail_app.states.answers import Answers
from portail_app.states.notices import NoticesState
from portail_app.states.payment import PaymentState
from portail_app.states.places import NOWHERE, Place
from tests.components.rendering import Element, rendered


class Panel(Answers, rx.State):
    """What a page holds, for these tests."""

    done: str = ""
    words: str = ""
    amount: int = 0
    html: str = ""
    result: str = ""
    chosen_year: str = ""
    opens_popup: bool = False
    years: tuple[int, ...] = ()
    asks: tuple[Ask, ...] = ()
    parts: tuple[PaymentAllocation, ...] = ()
    payments: tuple[ReviewedPayment, ...] = ()
    place: Place = NOWHERE


def labels(drawn: Element) -> list[str]:
    return [label.words() for label in drawn.every("label")]


def named(drawn: Element, name: str) -> Element:
    (found,) = (each for each in drawn.walk() if each.properties.get("name") == name)
    return found


class TestSuspending:
    def test_the_panel_is_headed_and_says_that_it_loads_until_it_knows_the_utilities(self):
        drawn = rendered(suspension_panel())

        assert drawn.every("h2")[0].words() == "Suspension du paiement"
        assert "Chargement en cours" in drawn.words()
        assert drawn.every("div", role="status")

    def test_what_holds_now_is_a_word_and_the_way_to_undo_it_is_beside(self):
        words = rendered(suspension_panel()).words()
        assert all(word in words for word in ("Paiement suspendu", "Paiement ouvert", "Reprendre le paiement"))

    def test_a_suspension_asks_for_its_reason_and_until_when(self):
        drawn = rendered(suspension_form())

        assert {"Motif", "Jusqu’au"} <= set(labels(drawn))
        assert named(drawn, "reason").properties["maxLength"] == "300"
        assert named(drawn, "until").properties["type"] == "datetime-local"
        assert "Facultatif" in drawn.words()
        assert drawn.only("button", type="submit").words() == "Suspendre le paiement"

    @pytest.mark.parametrize("field", ["reason", "until"])
    def test_what_is_wrong_is_said_at_its_field(self, field):
        error = rendered(suspension_form()).only("p", id=f"field-{field}-error")
        assert error.properties["aria_live"] == "polite"

    def test_the_history_is_a_table_with_its_pages_closed_until_wanted(self):
        drawn = rendered(suspension_history())

        assert drawn.only("summary").words() == "Suspensions passées et présentes"
        assert [each.words() for each in drawn.every("th", scope="col")] == [
            *("Depuis", "Motif", "Reprise prévue", "Reprise"),
        ]
        assert drawn.only("nav", aria_label="Pages de la liste")


class TestPublishing:
    def test_a_notice_has_a_title_a_text_a_weight_and_its_days(self):
        drawn = rendered(notice_form())

        assert {"Titre", "Texte", "Du", "Au"} <= set(labels(drawn))
        assert any("Information importante" in label for label in labels(drawn))
        assert (named(drawn, "title").properties["maxLength"], named(drawn, "body").properties["maxLength"]) == (
            *("200", "4000"),
        )

    @pytest.mark.parametrize("field", ["title", "body", "starts_on", "ends_on"])
    def test_each_field_has_a_place_for_what_is_wrong_with_it(self, field):
        assert rendered(notice_form()).only("p", id=f"field-{field}-error")

    def test_the_form_waits_for_the_utilities_and_says_so(self):
        assert "Chargement en cours" in rendered(notice_form()).words()
        assert "Chargement en cours" in rendered(welcome_panel()).words()

    def test_what_it_will_look_like_is_a_part_of_its_own(self):
        drawn = rendered(preview(Panel.html))

        assert drawn.only("section", aria_label="Aperçu")
        assert drawn.only("h3").words() == "Aperçu"

    def test_who_works_for_one_utility_is_not_asked_for_which(self):
        drawn = rendered(utility_choice(NoticesState.utilities))

        assert drawn.only("input", type="hidden").properties["name"] == "utility_id"
        assert drawn.only("select").properties["name"] == "utility_id"
        assert labels(drawn) == ["Collectivité"]


class TestAnswering:
    def test_an_error_is_said_at_its_field_and_nowhere_else(self):
        condition = str(error_at(Panel, "title"))
        assert 'error_field_rx_state_?.valueOf?.() === "title"' in condition or '"title"' in condition
        assert "error_rx_state_" in condition

    def test_one_of_no_field_is_an_alert_above_the_form(self):
        assert rendered(error_above(Panel)).only("div", role="alert")

    def test_what_was_said_is_announced(self):
        assert rendered(said(Panel.words)).only("div", role="status")
        assert rendered(said("Enregistré.")).only("div", role="status").words() == "Enregistré."

    def test_the_outcome_is_always_in_the_page_so_that_it_is_heard_when_it_comes(self):
        drawn = rendered(outcome(Panel.done, Panel.error, Panel.error_field))
        assert drawn.tag == "div"
        assert drawn.properties["role"] == "status"

    @pytest.mark.parametrize(
        ("kind", "icon"),
        [("info", "info"), ("success", "circle-check"), ("warning", "triangle-alert"), ("danger", "circle-alert")],
    )
    def test_a_notice_has_the_icon_and_the_class_of_its_kind(self, kind, icon):
        drawn = rendered(notice("Attention.", kind=kind))

        assert f"notice-{kind}" in drawn.properties["className"]
        assert icon in str(drawn.only("use").properties)
        assert "Attention." in drawn.words()


class TestPaying:
    def test_what_payfip_is_told_is_labelled_in_the_manuals_words(self):
        drawn = rendered(informations("004200", Panel.amount, Panel.parts))
        assert [each.words() for each in drawn.every("dt")] == [
            "Identifiant collectivité :",
            "Montant du règlement :",
            "Références des factures :",
        ]

    def test_the_browser_itself_leaves_for_payfip(self):
        form = rendered(hand_over("Payer", "PORTAIL1", in_popup=Panel.opens_popup)).only("form")

        assert form.properties["action"] == "/paiement/PORTAIL1/payfip"
        assert form.properties["method"].lower() == "post"
        assert "_blank" in form.properties["target"]
        assert "_self" in form.properties["target"]
        assert form.only("button").properties["type"] == "submit"

    def test_the_former_name_of_payfip_is_explained(self):
        assert TODAY in rendered(hand_over("Payer", "R", in_popup=Panel.opens_popup)).words()

    def test_the_test_of_popups_says_both_results_and_is_announced(self):
        drawn = rendered(popup_test(Panel.result, PaymentState.note_popup))

        assert WARNING in drawn.words()
        assert drawn.only("div", aria_live="polite")
        assert drawn.only("button").words() == "Test d'accès au portail de paiement TIPI"

    def test_each_state_of_a_payment_is_a_word(self):
        drawn = rendered(rx.el.div(rx.foreach(Panel.payments, payment_state)))
        assert drawn.only("button").words() == "Vérifier de nouveau"
        assert "Vérification demandée à PayFiP." in drawn.words()


class TestLists:
    def test_a_year_is_chosen_or_all_are_shown(self):
        drawn = rendered(year_choice(Panel.years, Panel.chosen_year, on_change=NoticesState.preview))

        assert labels(drawn) == ["Année"]
        assert drawn.only("option", value="").words() == "Toutes"
        assert drawn.only("select").properties["name"] == "annee"

    def test_a_search_is_by_words_and_by_a_day(self):
        drawn = rendered(list_search("Titre ou texte", Panel.place, on_submit=NoticesState.look_for))

        assert set(labels(drawn)) == {"Jour", "Rechercher"}
        assert named(drawn, "recherche").properties["type"] == "search"
        assert named(drawn, "jour").properties["type"] == "date"

    def test_a_list_without_days_asks_for_none(self):
        drawn = rendered(list_search("Nom", Panel.place, on_submit=NoticesState.look_for, by_day=False))
        assert labels(drawn) == ["Rechercher"]

    def test_where_nothing_is_found_there_is_a_way_back_to_everything(self):
        drawn = rendered(unfound(Panel.place))

        assert drawn.only("h2").words() == "Rien ne correspond"
        assert drawn.every("ReactRouterLink")[0].words() == "Tout afficher"

    def test_the_pages_say_where_one_is_and_lead_on_and_back(self):
        drawn = rendered(list_pages(Panel.place))

        assert drawn.only("p").properties["aria_live"] == "polite"
        assert [each.words() for each in drawn.every("ReactRouterLink")] == ["Précédentes", "Suivantes"]
        assert [each.properties["rel"] for each in drawn.every("ReactRouterLink")] == ["prev", "next"]

    def test_what_is_asked_of_a_subscriber_leads_to_the_answer(self):
        drawn = rendered(rx.el.div(ask_notices(Panel.asks)))
        words = drawn.words()

        assert "Relevez votre compteur d’eau." in words
        assert {"Que faire\u00a0?", "Voir l’alerte", "Transmettre ma relève"} <= {
            link.words() for link in drawn.every("ReactRouterLink")
        }


class TestATotal:
    def test_it_is_read_out_when_it_changes_and_its_main_action_is_beside(self):
        drawn = rendered(total("À payer", total_line("Total", "12 €", is_sum=True), actions=("Payer",)))

        assert drawn.only("h2").words() == "À payer"
        assert drawn.only("div", aria_live="polite").words() == "Total 12 €"
        assert "amount" in drawn.only("strong").properties["className"]

    def test_only_a_sum_is_written_large(self):
        assert "amount" not in rendered(total_line("Facture 1", "3 €")).only("strong").properties["className"]

    def test_the_detail_can_give_way_on_a_phone(self):
        assert rendered(total_detail("Facture 1")).properties["className"] == "total-detail"

    def test_the_aside_comes_after_the_content_or_before_it(self):
        after, before = rendered(beside("liste", "total")), rendered(first_beside("total", "liste"))
        assert after.words() == "liste total"
        assert before.words() == "total liste"
