"""What is let in: by what the bytes are and carry, never by what a file is called."""

import pytest

from portail_app.errors import FileRefused, WrongKind
from portail_app.gateways.arrivals import measure
from portail_app.gateways.file_kinds import find_kind
from portail_app.gateways.inspection import inspect
from tests import files

SCRIPTED = b"3 0 obj << /S /JavaScript /JS (app.alert\\(1\\)) >> endobj"
BOMB = files.bomb()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.pdf(), "pdf"),
        (files.JPEG, "jpeg"),
        (files.png(), "png"),
        (files.HEIC, "heic"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (files.docx(), "docx"),
        (files.xlsx(), "xlsx"),
        (files.odt(), "odt"),
    ],
)
async def test_what_people_send_is_let_in(written, content: bytes, name: str):
    kind = await inspect(measure(written(content)))

    assert kind.name == name


@pytest.mark.parametrize(
    "content",
    [
        files.PROGRAM,
        b"\x7fELF\x02\x01\x01",
        b"#!/bin/sh\nrm -rf /",
        files.PAGE,
        files.DRAWING,
        b"\n%PDF-1.4 with something before it",
        b"GIF89a" + files.PAGE,
        files.archive({"setup.exe": files.PROGRAM}),
        b"PK\x03\x04 not an archive",
        b"Bonjour",
    ],
)
async def test_anything_else_is_refused_with_what_may_be_sent(written, content: bytes):
    with pytest.raises(FileRefused, match=r"n’est pas accepté\. Vous pouvez envoyer : .*JPEG.*PDF"):
        await inspect(measure(written(content)))


async def test_an_empty_file_is_said_to_be_empty(written):
    with pytest.raises(FileRefused, match="vide"):
        await inspect(measure(written(b"")))


@pytest.mark.parametrize(
    "objects",
    [
        SCRIPTED,
        b"3 0 obj << /S /J#61vaScript >> endobj",
        b"3 0 obj << /S /#4a#61#76aScript >> endobj",
        b"3 0 obj << /S /Launch /F (cmd.exe) >> endobj",
        b"3 0 obj << /AcroForm << /XFA [ (x) 4 0 R ] >> >> endobj",
        files.packed(SCRIPTED),
        files.packed(SCRIPTED, b"/Obj#53tm"),
        files.packed(b"9" * 200_000 + b" " + SCRIPTED),
        b"% >> stream\n" + SCRIPTED + b"\nendstream",
        b" " * 1_048_570 + SCRIPTED,
    ],
)
async def test_a_pdf_with_a_script_is_refused_wherever_it_hides(written, objects: bytes):
    with pytest.raises(FileRefused, match="script"):
        await inspect(measure(written(files.pdf(objects))))


async def test_a_locked_pdf_is_refused_with_the_way_round(written):
    with pytest.raises(FileRefused, match="Imprimer en PDF"):
        await inspect(measure(written(files.pdf(b"trailer << /Encrypt 9 0 R >>"))))


async def test_a_pdf_whose_objects_swell_without_end_is_refused(written):
    with pytest.raises(FileRefused, match="trop de place"):
        await inspect(measure(written(files.pdf(files.packed(b"9" * 70_000_000)))))


@pytest.mark.parametrize(
    "objects", [b"(JavaScript is a word of this page)", b"<< /JavaScripts 1 >>", b"5 0 obj << >> stream\nx\x9c broken"]
)
async def test_a_pdf_that_only_speaks_of_scripts_is_let_in(written, objects: bytes):
    assert (await inspect(measure(written(files.pdf(objects))))).name == "pdf"


@pytest.mark.parametrize(
    "part", ["word__vbaProject.bin", "word__embeddings__facture.exe", "Basic__Standard__Module1.xml"]
)
async def test_a_document_with_macros_or_a_program_is_refused(written, part: str):
    with pytest.raises(FileRefused, match="macros"):
        await inspect(measure(written(files.docx(**{part: b"Sub AutoOpen()"}))))


async def test_a_zip_bomb_is_refused_without_being_opened(written):
    assert len(BOMB) < 100_000
    with pytest.raises(FileRefused, match="trop de place"):
        await inspect(measure(written(BOMB)))


def test_an_archive_with_an_endless_list_is_not_read(written):
    many = files.archive({f"word/{number:060}": b"" for number in range(12_000)} | {"word/document.xml": b""})

    assert find_kind(written(many)).name == "zip"


async def test_a_route_may_accept_less_and_want_it_to_open(written):
    photos = frozenset({"jpeg", "png"})

    assert (await inspect(measure(written(files.png())), photos)).name == "png"
    with pytest.raises(WrongKind, match="abîmé"):
        await inspect(measure(written(files.JPEG)), photos)
    with pytest.raises(FileRefused, match=r"envoyer : JPEG, PNG\."):
        await inspect(measure(written(files.pdf())), photos)
