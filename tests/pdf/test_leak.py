"""The file of a leak read back: its words, its certificates, and what cannot be joined."""

import re
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from portail_app.pdf.leak import LeakSheet, Section, draw_leak_file
from portail_app.pdf.leak_attachments import Attachment
from portail_app.pdf.letterhead import letterhead_of
from tests.pdf.bills import utility
from tests.pdf.hostile import HOSTILE
from tests.services.leaks.files import pdf, photo

SECTIONS = (
    Section("Consommation", (("Contrat", "n° C100001, 12 rue du Moulin"), ("Volume relevé", "180 m³"))),
    Section("Décision", (("État", "Écrêtement accordé"), ("", "Code général des collectivités territoriales."))),
)


def sheet(*attachments: Attachment, sections: tuple[Section, ...] = SECTIONS) -> LeakSheet:
    head = letterhead_of(utility(), portal_address="https://portail.example")
    return LeakSheet(head, ("Alice Martin", "12 rue du Moulin"), "42", date(2026, 11, 24), sections, attachments)


def read(drawn: LeakSheet) -> PdfReader:
    return PdfReader(BytesIO(draw_leak_file(drawn)))


def kept(content: bytes, media_type: str) -> Attachment:
    return Attachment("Attestation de SARL Plomberie Lys", content, media_type)


def test_the_summary_says_what_the_page_says():
    document = read(sheet())

    (page,) = document.pages
    words = page.extract_text()
    for said in ("Alice Martin", "n° 42", "180 m³", "Écrêtement accordé", "Code général des collectivités"):
        assert said in words
    assert document.metadata.title == "Dossier de fuite n° 42"


def test_photos_are_drawn_upright_and_pdfs_are_joined_after_them():
    document = read(
        sheet(kept(pdf(2), "application/pdf"), kept(photo(), "image/jpeg"), kept(photo("PNG"), "image/png"))
    )

    assert len(document.pages) == 1 + 2 + 2
    assert [len(page.images) for page in document.pages] == [0, 1, 1, 0, 0]
    assert "Page 3 sur 5" in document.pages[2].extract_text()


def test_the_summary_says_on_which_pages_each_certificate_is():
    document = read(
        sheet(
            Attachment("Attestation de A", pdf(2), "application/pdf"),
            Attachment("Attestation de B", photo(), "image/jpeg"),
            Attachment("Attestation de C", b"no pdf", "application/pdf"),
            Attachment("Attestation de D", pdf(), "application/pdf"),
        )
    )

    words = document.pages[0].extract_text()
    assert re.findall("pages? [0-9]( à [0-9])?", words) == ["", " à 4", ""]
    for place in ("page 2", "pages 3 à 4", "page 5"):
        assert place in words
    assert "se télécharge à part" in words
    assert "Page 1 sur 5" in words
    assert len(document.pages) == 5


def test_what_does_not_fit_on_a_sheet_goes_on_to_the_next_and_nothing_is_lost():
    lines = tuple((f"Reçue le {n:02}/11/2026", f"Sous l’allée n° {n}, " + "du jardin " * 20) for n in range(1, 31))
    document = read(sheet(sections=(*SECTIONS[:1], Section("Attestations", lines), *SECTIONS[1:])))

    words = [page.extract_text() for page in document.pages]
    assert all(f"Sous l’allée n° {n}," in "".join(words) for n in range(1, 31))
    assert "Écrêtement accordé" in words[-1]
    assert [f"Page {n} sur {len(words)}" in text for n, text in enumerate(words, start=1)] == [True] * len(words)


def test_a_title_is_not_left_alone_at_the_bottom():
    for many in range(20, 34):
        filler = Section("Consommation", tuple(("Ligne", str(n)) for n in range(many)))
        document = read(sheet(sections=(filler, Section("Décision", (("État", "Écrêtement accordé"),)))))
        pages = [page.extract_text() for page in document.pages]

        assert [page for page in pages if ("Décision" in page) != ("Écrêtement accordé" in page)] == []


def test_a_photo_leaves_without_what_its_camera_wrote():
    exif = Image.Exif()
    exif[0x0110] = "Telephone of Alice"
    content = BytesIO()
    Image.new("RGB", (60, 40)).save(content, "JPEG", exif=exif)

    assert b"Telephone of Alice" in content.getvalue()
    assert b"Telephone of Alice" not in draw_leak_file(sheet(kept(content.getvalue(), "image/jpeg")))


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken %%EOF", pdf()[:200] + b"%%EOF", b""])
def test_a_pdf_that_cannot_be_read_is_left_out(content):
    assert len(read(sheet(kept(content, "application/pdf"), kept(pdf(), "application/pdf"))).pages) == 2


def test_a_photo_that_cannot_be_read_is_said_to_download_apart():
    document = read(sheet(kept(b"no image", "image/jpeg")))

    assert "se télécharge à part" in document.pages[0].extract_text()
    assert len(document.pages) == 1


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_photo_made_to_fill_the_memory_is_said_to_download_apart():
    bomb = BytesIO()
    Image.new("L", (20_000, 20_000)).save(bomb, "PNG")

    assert "se télécharge à part" in read(sheet(kept(bomb.getvalue(), "image/png"))).pages[0].extract_text()


def test_a_joined_document_is_bounded():
    assert len(read(sheet(kept(pdf(40), "application/pdf"))).pages) == 1 + 30


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_break_nothing(text):
    hostile = (Section(text, ((text, text), ("", text * 20))),) * 6

    document = read(sheet(sections=hostile))
    assert f"sur {len(document.pages)}" in document.pages[-1].extract_text()
