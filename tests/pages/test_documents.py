"""/documents and the same tree under the hands of staff, as they read: folders, what lies in one, what can be done."""

from datetime import UTC, datetime

import pytest

from portail_app.services.folders import Branch
from portail_app.services.papers import Paper
from portail_app.services.readers import Known
from portail_app.states.deposits import DepositsState
from portail_app.states.documents import DocumentsState
from portail_app.states.folder_desk import FolderDeskState
from portail_app.states.publications import PublicationsState
from portail_app.states.publishing import PublishingState
from portail_app.states.staff_tree import StaffTreeState
from portail_app.states.subscriber_search import SubscriberSearchState
from portail_app.states.tree_view import NO_PLACE
from tests.screens import Shown, hold, page, tab_of

HERS, STAFF, LIST = "/documents", "/agent/documents/[abonne]", "/agent/documents"
AT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
TREE = (
    Branch(1, None, "racine", "Eau", 1, True, True, False, "Eau"),
    Branch(2, 1, "factures", "Factures", 2, False, False, False, "Eau › Factures"),
    Branch(3, 1, "transmises", "Pièces transmises", 2, True, False, True, "Eau › Pièces transmises"),
)


async def test_the_tree_is_one_for_screen_readers_with_one_stop_of_the_tabulator():
    tree = (await hers(branches=TREE, open_ids=(1,), place=a_place(id="3"))).only("ul", role="tree")
    items = tree.every("ReactRouterLink", role="treeitem")

    assert [item.properties["aria_level"] for item in items] == ["1", "2", "2"]
    assert [item.properties["aria_selected"] for item in items] == ["false", "false", "true"]
    assert [item.properties["tabIndex"] for item in items] == ["-1", "-1", "0"]
    assert [item.properties.get("aria_expanded") for item in items] == ["true", None, None]
    assert [item.properties["to"] for item in items] == ["?dossier=1", "?dossier=2", "?dossier=3"]


async def test_a_folder_that_holds_something_has_its_triangle_and_says_so():
    tree = (await hers(branches=TREE)).only("ul", role="tree")
    assert [item.words() for item in tree.every(role="treeitem")] == [
        "▲ contient des documents : Eau",
        "Factures",
        "▲ contient des documents : Pièces transmises",
    ]


@pytest.mark.parametrize(("open_ids", "word"), [((), "Déplier"), ((1,), "Replier")])
async def test_only_a_folder_with_folders_is_folded_and_unfolded(open_ids, word):
    tree = (await hers(branches=TREE, open_ids=open_ids)).only("ul", role="tree")
    (toggle,) = (each for each in tree.every("button") if "data_toggle" in each.properties)

    assert toggle.properties["title"] == word
    assert toggle.properties["onClick"] == [{"name": "toggle", "payload": {"folder_id": 1}}]


async def test_a_file_is_dropped_only_where_one_may_be_left():
    tree = (await hers(branches=TREE)).only("ul", role="tree")
    assert [line.properties.get("data_upload_to") for line in tree.children] == [
        *(None, None, "/documents/dossiers/3/fichiers"),
    ]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "Ce que le service y mettra apparaîtra ici."),
        ("/documents/dossiers/3/fichiers", "Ajoutez-y un fichier, ou déposez-le ici."),
    ],
)
async def test_an_empty_folder_says_who_will_fill_it(url, words):
    folder = (await hers(place=a_place(url=url))).every("section")[-1]
    assert words in folder.words()
    assert ("Ajouter fichier" in folder.said("button")) is bool(url)


@pytest.mark.parametrize(
    ("values", "words", "href", "can_be_taken_back"),
    [
        ({}, "bail.pdf 01/07/2026 · 1,2 Mo", "/telecharger/documents/5", False),
        ({"is_deposit": True}, "bail.pdf 01/07/2026 · 1,2 Mo Transmis", "/telecharger/documents/5", True),
        (
            {"is_deposit": True, "is_filed": True},
            "bail.pdf 01/07/2026 · 1,2 Mo Classé",
            "/telecharger/documents/5",
            False,
        ),
        ({"number": "F1", "size_bytes": None}, "bail.pdf 01/07/2026", "/telecharger/factures/F1.pdf", False),
    ],
)
async def test_a_document_says_what_it_is_and_is_taken_back_until_it_is_filed(values, words, href, can_be_taken_back):
    (line,) = (await hers(papers=(a_paper(**values),))).every("li", className="paper")

    assert line.words() == f"{words} Télécharger bail.pdf"
    assert set(line.links().values()) == {href}
    actions = [button.properties["aria_label"] for button in line.every("button")]
    assert actions == ["Retirer bail.pdf"] * can_be_taken_back


@pytest.mark.parametrize(
    ("values", "actions"),
    [
        ({}, ["Déplacer bail.pdf", "Retirer bail.pdf"]),
        ({"is_deposit": True}, ["Classer bail.pdf", "Retirer bail.pdf"]),
        ({"is_deposit": True, "is_filed": True}, ["Déplacer bail.pdf", "Retirer bail.pdf"]),
        ({"number": "F1"}, []),
    ],
)
async def test_staff_file_move_and_withdraw_a_document_but_no_invoice(values, actions):
    (line,) = (await at_desk(papers=(a_paper(**values),))).every("li", className="paper")
    assert [button.properties["aria_label"] for button in line.every("button")] == actions


@pytest.mark.parametrize(
    ("kind", "actions"),
    [
        ("factures", []),
        ("contrat", ["Nouveau dossier"]),
        ("autre", ["Nouveau dossier", "Renommer", "Supprimer"]),
    ],
)
async def test_staff_rename_and_remove_only_the_folders_that_they_made(kind, actions):
    folder = (await at_desk(place=a_place(kind=kind, id="7"))).only("div", className="cluster folder-actions")

    assert folder.said("button") == actions
    for word, does in zip(actions, ("make", "rename", "remove"), strict=False):
        assert folder.pressed(word) == ("begin", {"does": does, "subject_id": "7", "name": "Pièces transmises"})


@pytest.mark.parametrize(
    ("does", "title", "field", "action"),
    [
        ("make", "Nouveau dossier", "name", "Créer"),
        ("rename", "Renommer le dossier", "name", "Renommer"),
        ("remove", "Supprimer le dossier", None, "Supprimer"),
        ("withdraw", "Retirer le document", "reason", "Retirer"),
    ],
)
async def test_each_task_of_staff_has_its_dialog(does, title, field, action):
    tab = await desk_tab()
    await hold(tab, FolderDeskState, task={"does": does, "id": "7", "name": "Travaux"})
    dialog = page(STAFF, tab).only("dialog", id="dossier")

    assert dialog.said("h2") == [title]
    assert dialog.said("button", type="submit") == [action]
    sent = {each.properties["name"]: each.properties["value"] for each in dialog.every("input", type="hidden")}
    assert sent == {"does": does, "subject_id": "7"}
    asked = [each.properties["name"] for tag in ("input", "textarea") for each in dialog.every(tag)]
    assert asked == [*sent, *([field] if field else [])]


async def test_no_dialog_is_open_before_anything_is_asked():
    assert not page(STAFF, await desk_tab()).every("dialog", id="dossier")


@pytest.mark.parametrize(("place", "words"), [("3 rue Haute", "Abonné 100001 · 3 rue Haute"), ("", "Abonné 100001")])
async def test_staff_know_whose_documents_they_see_and_that_it_is_written_down(place, words):
    tab = await desk_tab()
    tab.subscriber = Known(5, "100001", "Alice Martin", place)
    seen = page(STAFF, tab).only("main")

    assert seen.said("h1") == ["Alice Martin"]
    assert words in seen.said("p")
    assert "Votre consultation est inscrite dans son historique des accès." in seen.said("p")


@pytest.mark.parametrize(
    ("words", "found", "said"),
    [
        ("", (), ""),
        ("zzz", (), "Aucun abonné ne correspond à « zzz »."),
        ("martin", (Known(5, "100001", "Alice Martin", "Lys"),), "Alice Martin (100001) Lys"),
    ],
)
async def test_a_subscriber_is_found_or_said_not_to_be(words, found, said):
    seen = page(LIST, await tab_of(SubscriberSearchState, words=words, found=found))
    (card,) = (each for each in seen.every("section") if each.said("h2") == ["Documents d’un abonné"])
    assert card.only("div", role="status").words() == said


async def test_whom_a_document_reaches_is_asked_before_it_is_published():
    seen = page(LIST, await tab_of(PublishingState, asked="2 abonnés recevront ce document."))

    assert "2 abonnés recevront ce document." in seen.said("p")
    assert seen.pressed("Publier") == ("publish", {})


async def test_where_nothing_was_sent_or_published_that_is_said():
    tab = await tab_of(DepositsState, is_loaded=True)
    await hold(tab, PublicationsState, publications=())
    assert {"Rien à classer", "Rien n’a été publié"} <= set(page(LIST, tab).said("h2"))


def a_place(**values: str) -> dict[str, str]:
    return {**NO_PLACE, "id": "3", "kind": "transmises", "label": "Pièces transmises", **values}


def a_paper(**values: object) -> Paper:
    usual = {"id": 5, "name": "bail.pdf", "number": "", "size_bytes": 1_200_000, "placed_at": AT}
    return Paper(**{**usual, "is_deposit": False, "is_filed": False, **values})


async def hers(**values: object) -> Shown:
    return page(HERS, await tab_of(DocumentsState, **{"place": a_place(), **values}, is_loaded=True)).only("main")


async def desk_tab(**values: object) -> StaffTreeState:
    return await tab_of(StaffTreeState, **{"place": a_place(), **values}, is_loaded=True)


async def at_desk(**values: object) -> Shown:
    return page(STAFF, await desk_tab(**values)).only("main")
