"""The names that people give: shown, saved under, never followed."""

import pytest

from portail_app.file_names import LONGEST, clean_name

PDF, JPEG = ("pdf",), ("jpg", "jpeg")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("facture.pdf", "facture.pdf"),
        ("Relevé d’identité bancaire.PDF", "Relevé d’identité bancaire.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Alice\\bail.pdf", "bail.pdf"),
        ("bail\0.pdf", "bail.pdf"),
        ("fac\u202efdp.exe", "facfdp.exe.pdf"),
        ("a\u200b\u2066b\n\t.pdf", "ab.pdf"),
        ("virus.exe", "virus.exe.pdf"),
        ('a<b>:"c"|d?*.pdf', "a b c d.pdf"),
        ("  .pdf", "document.pdf"),
        ("..", "document.pdf"),
        ("", "document.pdf"),
        ("...cachee.pdf...", "cachee.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("photo.", "photo.pdf"),
    ],
)
def test_a_name_keeps_what_can_be_seen_and_says_what_the_file_is(given: str, shown: str):
    assert clean_name(given, PDF) == shown


def test_each_extension_of_the_kind_is_kept():
    assert clean_name("a.jpeg", JPEG) == "a.jpeg"
    assert clean_name("a.png", JPEG) == "a.png.jpg"


def test_a_name_of_300_characters_is_cut_before_its_extension():
    name = clean_name("é" * 300 + ".pdf", PDF)

    assert len(name) == LONGEST
    assert name.endswith("é.pdf")
