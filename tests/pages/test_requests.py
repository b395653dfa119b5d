"""Requests as both sides read them: where each stands, who wrote what, and what can still be done."""

from datetime import UTC, datetime, timedelta

import pytest

from models import Request, RequestChannel, RequestStatus, Subscriber
from portail_app.services.data_reviews import Review
from portail_app.services.request_attachments import Piece
from portail_app.services.request_desk import DeskThread
from portail_app.services.request_forms import FormField, Reply, RequestForm
from portail_app.services.request_list import ListedRequest
from portail_app.services.request_threads import Line
from portail_app.states.change_review import ChangeReviewState
from portail_app.states.new_request import NewRequestState
from portail_app.states.request import RequestState
from portail_app.states.requests import RequestsState
from portail_app.states.staff_request import StaffRequestState
from portail_app.states.staff_requests import StaffRequestsState
from tests.factories import TODAY
from tests.screens import Shown, hold, page, tab_of

OWN, ONE, NEW = "/demandes", "/demandes/[numero]", "/demandes/nouvelle"
DESK, DESK_ONE = "/agent/demandes", "/agent/demandes/[numero]"
AT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
WORDS = [
    ("nouvelle", "Nouvelle", "Nouvelle"),
    ("en_cours", "En cours", "En cours"),
    ("en_attente", "En attente de votre réponse", "En attente de l’abonné"),
    ("resolue", "Résolue", "Résolue"),
    ("refusee", "Refusée", "Refusée"),
    ("annulee", "Annulée", "Annulée"),
]
CLOSED = ("resolue", "refusee", "annulee")


@pytest.mark.parametrize(("status", "for_subscriber", "for_staff"), WORDS)
async def test_each_side_reads_where_a_request_stands_in_its_own_words(status, for_subscriber, for_staff):
    hers = page(OWN, await tab_of(RequestsState, requests=(listed(status=status),), is_loaded=True))
    theirs = page(DESK, await tab_of(StaffRequestsState, requests=(listed(status=status),), is_loaded=True))

    assert hers.only("td", data_label="État").words() == for_subscriber
    assert theirs.only("td", data_label="État").words() == for_staff


async def test_a_line_says_what_it_is_about_and_when_by_the_clock_of_paris():
    line = page(OWN, await tab_of(RequestsState, requests=(listed(),), is_loaded=True)).only("tbody").only("tr")

    assert [cell.words() for cell in line.children][:4] == [
        *("D2026-00001", "Fuite Sous l’évier", "01/07/2026 00:30", "01/07/2026 00:30"),
    ]
    assert line.links() == {"D2026-00001": "/demandes/D2026-00001"}


@pytest.mark.parametrize(("days", "status", "is_late"), [(0, "nouvelle", False), (-1, "nouvelle", True)])
async def test_a_request_is_late_from_the_day_after_its_last(days, status, is_late):
    due_on = TODAY + timedelta(days=days)
    tab = await tab_of(StaffRequestsState, requests=(listed(due_on=due_on, status=status),), today=str(TODAY))
    tab.is_loaded = True
    assert ("En retard" in page(DESK, tab).only("tbody").words()) is is_late


@pytest.mark.parametrize("status", CLOSED)
async def test_what_is_over_is_never_late(status):
    late = {"due_on": TODAY - timedelta(days=90), "status": status}
    listed_late = await tab_of(StaffRequestsState, requests=(listed(**late),), today=str(TODAY), is_loaded=True)
    assert "En retard" not in page(DESK, listed_late).only("tbody").words()
    assert "En retard" not in (await at_desk(a_request(**late))).words()


async def test_whoever_handles_a_request_is_named_and_nobody_by_a_dash():
    requests = (listed(handler="Chloé Durand"), listed(handler=""))
    seen = page(DESK, await tab_of(StaffRequestsState, requests=requests, is_loaded=True))
    assert [cell.words() for cell in seen.every("td", data_label="Confiée à")] == ["Chloé Durand", "—"]


async def test_an_open_request_says_by_when_it_is_answered_and_can_be_withdrawn_after_a_question():
    seen = await mine(a_request())

    assert facts_of(seen)["Réponse attendue avant le"] == "22/11/2026"
    opener, confirm = (each for each in seen.every("button") if each.words() == "Annuler la demande")
    assert opener.properties["onClick"] == 'showDialog("withdraw")'
    assert confirm.properties["onClick"] == [{"name": "withdraw", "payload": {}}]
    assert seen.only("dialog", id="withdraw").said("h2") == ["Annuler cette demande ?"]
    assert "Elle est terminée" not in seen.words()


@pytest.mark.parametrize("status", CLOSED)
async def test_a_request_that_is_over_says_when_and_that_writing_opens_it_again(status):
    seen = await mine(a_request(status=RequestStatus(status), closed_at=AT))

    assert facts_of(seen) == {"Demande": "Fuite", "Envoyée le": "01/07/2026 00:30", "Terminée le": "01/07/2026 00:30"}
    assert "Elle est terminée : écrire au service la rouvre." in seen.words()
    assert "Annuler la demande" not in seen.words()


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (RequestChannel.PHONE, "Par téléphone"),
        (RequestChannel.VISIT, "Au guichet"),
        (RequestChannel.LETTER, "Par courrier"),
    ],
)
async def test_what_staff_took_down_says_so_and_how_it_came_on_both_sides(channel, words):
    taken = a_request(channel=channel)
    for seen in (await mine(taken), await at_desk(taken)):
        assert "Saisie par le service" in seen.words()
        assert facts_of(seen)["Arrivée"] == words
        assert facts_of(seen)["Saisie le"] == "01/07/2026 00:30"


async def test_what_the_subscriber_wrote_does_not_say_how_it_came():
    assert "Arrivée" not in facts_of(await mine(a_request()))


async def test_each_turn_says_who_when_what_and_what_it_became():
    photo = Piece(4, "photo.jpg", 1_200_000, 1)
    lines = (
        Line("a", "Alice Martin", False, False, "Ça coule.\n<b>Vite</b>", "", AT, (photo,)),
        Line("b", "Chloé Durand", True, False, "", "en_attente", AT),
    )
    first, second = (await mine(a_request(), lines=lines)).only("ol").children

    assert first.words() == "Alice Martin01/07/2026 00:30 Ça coule. <b>Vite</b> photo.jpg 1,2 Mo"
    assert first.links()["photo.jpg"] == "/telecharger/pieces-jointes/4"
    assert second.words() == "Chloé Durand01/07/2026 00:30 La demande devient : En attente de votre réponse"
    assert [turn.properties["className"] for turn in (first, second)] == ["turn", "turn turn-staff"]


async def test_staff_tell_their_notes_from_what_the_subscriber_reads():
    lines = (Line("a", "Chloé Durand", True, True, "Il appelle tous les jours.", "", AT),)
    (turn,) = (await at_desk(a_request(), lines)).only("ol").children

    assert "Note interne" in turn.words()
    assert turn.properties["className"] == "turn turn-note"


async def test_the_words_of_the_form_are_shown_as_they_were_typed():
    seen = await mine(a_request(content=[["Où ?", "<script>alert(1)</script>\nCave"], ["Quand ?", ""]]))
    (answers,) = (each for each in seen.every("dl") if "facts-long" in each.properties["className"])

    assert answers.said("dt") == ["Où ?", "Quand ?"]
    assert answers.said("dd") == ["<script>alert(1)</script> Cave", ""]


async def test_who_has_no_account_must_be_called_and_staff_are_told_so():
    told, untold = await at_desk(a_request()), await at_desk(a_request(), is_told=False)
    assert "Compte" not in facts_of(told)
    assert facts_of(untold)["Compte"] == "Aucun : il ne lit pas vos réponses ici, appelez-le"


async def test_of_the_subscriber_staff_see_what_is_known_and_no_empty_line():
    assert set(facts_of(await at_desk(a_request()))) == {
        *("Demande", "Abonné", "Envoyée le", "À traiter avant le"),
    }
    known = facts_of(await at_desk(a_request(), phone="0467000000", address="3 rue Haute", city="Lys"))
    assert (known["Téléphone"], known["Abonné"]) == ("0467000000", "Alice Martin (100001)")


@pytest.mark.parametrize(("kept_at", "is_said"), [(None, False), (AT, True)])
async def test_a_draft_says_that_it_was_kept_and_since_when(kept_at, is_said):
    seen = await mine(a_request(), reply=Reply("demande-1", "cle", "Bonjour", kept_at))

    said = "Brouillon repris, tel que vous l’avez laissé le 01/07/2026 00:30."
    assert (said in seen.said("p")) is is_said
    assert seen.only("textarea").properties["defaultValue"] == "Bonjour"


@pytest.mark.parametrize(
    ("kind", "tag", "type"),
    [
        ("texte", "input", None),
        ("texte_long", "textarea", None),
        ("date", "input", "date"),
        ("nombre", "input", None),
        ("choix", "select", None),
    ],
)
async def test_each_question_is_asked_by_its_own_kind_of_field_with_what_was_typed(kind, tag, type):
    (field,) = (await form_of(FormField("q", "Question", kind, "Aide", ("Un", "Deux"), "Un"))).every(tag, name="q")

    assert field.properties["defaultValue"] == "Un"
    assert field.properties.get("type") == type
    assert field.properties["aria_describedby"] == "field-q-hint field-q-error"
    assert field.said("option") == (["Choisissez", "Un", "Deux"] if kind == "choix" else [])


@pytest.mark.parametrize(("typed", "checked"), [("oui", [True, False]), ("non", [False, True]), ("", [False, False])])
async def test_yes_or_no_is_two_boxes_of_which_the_typed_one_is_ticked(typed, checked):
    seen = await form_of(FormField("q", "Réparée ?", "oui_non", "", (), typed))

    assert seen.only("fieldset").only("legend").words() == "Réparée ?"
    boxes = seen.every("input", type="radio")
    assert [box.properties["defaultChecked"] == "true" for box in boxes] == checked


async def test_an_error_is_at_its_question_alone():
    fields = (FormField("q", "Une", "texte", "", (), ""), FormField("r", "Autre", "texte", "", (), ""))
    seen = await form_of(*fields, error="Répondez à cette question.", error_field="r")

    assert [seen.only("p", id=f"field-{name}-error").words() for name in "qr"] == ["", "Répondez à cette question."]
    assert [seen.only("input", name=name).properties["aria_invalid"] for name in "qr"] == ["false", "true"]
    assert not seen.every("div", role="alert")


@pytest.mark.parametrize(("erased", "is_offered"), [(True, True), (False, False)])
async def test_what_was_cleared_can_be_brought_back(erased, is_offered):
    seen = await form_of(erased=erased)

    assert ("Votre texte est effacé." in seen.words()) is is_offered
    if is_offered:
        assert seen.pressed("Annuler") == ("restore", {"code": "fuite", "subscriber_id": 5})


async def test_clearing_names_the_form_that_is_cleared():
    assert (await form_of()).pressed("Effacer") == ("clear", {"code": "fuite", "subscriber_id": 5, "key": "cle"})


@pytest.mark.parametrize("count", [1, 2])
async def test_only_who_holds_several_subscribers_is_asked_for_which(count):
    known = {"utility_id": 1, "name": "Alice Martin", "city": "Lys"}
    own = tuple(Subscriber(id=place, number=f"10{place}", **known) for place in range(count))
    seen = page(NEW, await tab_of(NewRequestState, subscribers=own, chosen="100")).only("main")

    assert [label for label in seen.said("label") if label == "Abonné"] == ["Abonné"] * (count - 1)
    assert seen.said("option") == ["100 · Alice Martin · Lys", "101 · Alice Martin · Lys"] * (count - 1)


@pytest.mark.parametrize(
    ("status", "words", "is_open"),
    [
        ("en_attente", "", True),
        ("acceptee", "Acceptée", False),
        ("refusee", "Refusée Illisible", False),
        ("annulee", "Annulée", False),
    ],
)
async def test_a_change_of_data_is_decided_once_and_says_how(status, words, is_open):
    reason = "Illisible" if status == "refusee" else ""
    seen = await reviewing(Review(3, "Téléphone", "01", "01", "02", status, reason))

    answer = seen.only("td", data_label="Réponse")
    assert [button.words() for button in answer.every("button")] == ["Accepter", "Refuser"] * is_open
    assert is_open or answer.words() == words


async def test_accepting_sends_what_staff_saw_so_that_a_newer_value_is_not_overwritten():
    seen = await reviewing(Review(3, "Téléphone", "01", "09", "02", "en_attente", ""))

    assert seen.pressed("Accepter") == ("accept", {"change_id": 3, "seen": "09"})
    assert seen.only("td", data_label="Actuellement").words() == "09 (01 au moment de la demande)"


async def test_what_was_empty_is_said_to_be_so():
    seen = await reviewing(Review(3, "Téléphone", "", "", "02", "en_attente", ""))
    assert seen.only("td", data_label="Actuellement").words() == "non renseigné"


def listed(**values: object) -> ListedRequest:
    usual = {"number": "D2026-00001", "subject": "Fuite", "summary": "Sous l’évier", "status": "nouvelle"}
    days = {"due_on": TODAY, "opened_at": AT, "changed_at": AT, "subscriber": "Alice Martin", "handler": ""}
    return ListedRequest(**{**usual, **days, **values})


def a_request(**values: object) -> Request:
    usual = {"number": "D2026-00001", "subject": "Fuite", "opened_at": AT, "changed_at": AT, "opened_by": 1}
    place = {"id": 1, "utility_id": 1, "subscriber_id": 5, "type_id": 1, "sent_key": "cle", "due_on": TODAY}
    return Request(**{**usual, **place, "content": [], **values})


async def mine(request: Request, **values: object) -> Shown:
    return page(ONE, await tab_of(RequestState, request=request, **values)).only("main")


async def at_desk(request: Request, lines: tuple[Line, ...] = (), is_told: bool = True, **known: str) -> Shown:
    alice = Subscriber(id=5, utility_id=1, number="100001", name="Alice Martin", **known)
    desk = DeskThread(request, lines, 0, (), alice, (), is_told)
    return page(DESK_ONE, await tab_of(StaffRequestState, desk=desk, today=str(TODAY))).only("main")


async def form_of(*fields: FormField, **values: object) -> Shown:
    asked = RequestForm("fuite", "Fuite", "", 5, "place", "cle", None, fields, ())
    return page(NEW, await tab_of(NewRequestState, form=asked, chosen="100", **values)).only("main")


async def reviewing(*reviews: Review) -> Shown:
    desk = await tab_of(StaffRequestState, desk=DeskThread(a_request(), (), 0, (), Subscriber(), (), True))
    await hold(desk, ChangeReviewState, reviews=reviews)
    return page(DESK_ONE, desk).only("main")


def facts_of(seen: Shown) -> dict[str, str]:
    known = next(each for each in seen.every("dl") if each.every("dt"))
    return dict(zip(known.said("dt"), known.said("dd"), strict=True))
