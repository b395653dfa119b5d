"""What the form of a publication may say, and what no form of ours sends."""

import pytest

from models import FolderKind
from portail_app.errors import Invalid
from portail_app.services.publishing import NO_FILE
from portail_app.services.readers import Readers
from portail_app.states.typed_publications import file_id_of, folder_kind_of, readers_of


def test_a_form_with_nothing_typed_is_for_everybody():
    assert readers_of({"utility_id": "3"}) == Readers(3)


def test_what_is_typed_is_looked_for_without_the_spaces_around_it():
    form = {"utility_id": "3", "number": " 100001 ", "words": "martin ", "city": " Lys", "only_direct_debit": "on"}

    assert readers_of(form) == Readers(3, "100001", "martin", "Lys", only_direct_debit=True)


@pytest.mark.parametrize("utility_id", ["", "-1", "3 OR 1=1", "٣", "9" * 10, None, 3])
def test_a_utility_is_a_plain_number(utility_id):
    with pytest.raises(Invalid) as refused:
        readers_of({"utility_id": utility_id})
    assert refused.value.field == "utility_id"


@pytest.mark.parametrize("form", [{}, {"file_id": ""}])
def test_a_document_is_chosen_first(form):
    with pytest.raises(Invalid, match=NO_FILE) as refused:
        file_id_of(form)
    assert refused.value.field == "file_id"


@pytest.mark.parametrize("kind", ["", "nowhere", "CONTRACT; DROP"])
def test_an_unknown_folder_is_the_contracts(kind):
    assert folder_kind_of({"kind": kind}) is FolderKind.CONTRACT


@pytest.mark.parametrize("kind", FolderKind)
def test_a_folder_is_chosen_by_its_name(kind):
    assert folder_kind_of({"kind": kind.value}) is kind
