"""What a file is: by its first bytes, and for an archive by what is in it; never by a little less than that."""

import pytest

from portail_app.errors import FileRefused, WrongKind
from portail_app.gateways import whole_files
from portail_app.gateways.arrivals import measure
from portail_app.gateways.file_dangers import check_dangers
from portail_app.gateways.file_kinds import DOCX, KINDS, PDF, PNG, ZIP, find_kind
from portail_app.gateways.inspection import accepted_kinds, inspect, inspect_sheet, words
from portail_app.gateways.whole_files import DAMAGED, check_whole
from portail_app.gateways.zip_ends import END, LONGEST_COMMENT, is_modest_zip
from portail_app.settings import settings
from tests import files

ODS = files.archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
BOXES = ("heic", "heix", "hevc", "heim", "mif1", "msf1")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"GIF87a...", "gif"),
        (b"GIF89a...", "gif"),
        (b"II*\0....", "tiff"),
        (b"MM\0*....", "tiff"),
        *((b"\0\0\0\x18ftyp" + box.encode(), "heic") for box in BOXES),
        (b"RIFF....WEBPVP8L", "webp"),
        (b"%PDF-", "pdf"),
        (ODS, "ods"),
        (files.archive({"mimetype": b"application/epub+zip"}), "zip"),
        (files.archive({"a.txt": b"a"}), "zip"),
        (files.docx()[:-30], "zip"),
        (b"PK\x03\x04", "zip"),
    ],
)
def test_a_file_is_what_its_bytes_say(written, content, name):
    assert find_kind(written(content)).name == name


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"",
            b"%PDF",
            b"%pdf-1.4",
            b"GIF88a",
            b"RIFF....WAVE",
            b"\0\0\0\x18ftypmp42",
            b"\xff\xd8",
            b"II+\0",
            b"PK\x05\x06",
        ),
        *(b"\x89PNG", b" \x89PNG\r\n\x1a\n", b"Bonjour", b"\xef\xbb\xbfPK\x03\x04"),
    ],
)
def test_what_is_a_little_less_is_of_no_kind(written, content):
    assert find_kind(written(content)) is None


@pytest.mark.parametrize(
    ("setting", "names"),
    [("pdf", {"pdf"}), (" PDF  Png ", {"pdf", "png"}), ("pdf exe html", {"pdf"}), ("exe", set()), ("csv", set())],
)
def test_the_operator_chooses_among_the_kinds_that_are_known(monkeypatch, setting, names):
    monkeypatch.setenv("FILE_TYPES", setting)
    settings.cache_clear()
    assert accepted_kinds() == names <= KINDS.keys()
    monkeypatch.undo()
    settings.cache_clear()


def test_kinds_are_said_in_capitals_in_their_order():
    assert words(frozenset({"png", "docx", "jpeg"})) == "DOCX, JPEG, PNG"


@pytest.mark.parametrize("content", [files.docx()[:-30], files.docx() + END, b"PK\x03\x04" + bytes(100)])
def test_an_archive_whose_end_is_wrong_is_not_opened(written, content):
    with pytest.raises(FileRefused, match="trop de place"):
        check_dangers(written(content), DOCX)


def test_an_archive_whose_list_is_not_one_is_said_to_be_damaged(written):
    broken = bytearray(files.docx())
    at = broken.index(b"PK\x01\x02")
    broken[at : at + 4] = b"XXXX"
    with pytest.raises(FileRefused) as refused:
        check_dangers(written(bytes(broken)), ZIP)
    assert refused.value.sentence == DAMAGED


@pytest.mark.parametrize("comment", [b"", b"x" * 1000, b"x" * LONGEST_COMMENT])
def test_a_comment_hides_no_end_of_an_archive(written, comment):
    content = bytearray(files.docx())
    content[-2:] = len(comment).to_bytes(2, "little")
    assert is_modest_zip(written(bytes(content) + comment))


@pytest.mark.parametrize("content", [b"", END, END + bytes(17), b"x" * 100_000])
def test_without_a_whole_end_it_is_no_archive_to_be_read(written, content):
    assert not is_modest_zip(written(content))


class TestWhole:
    """What must open, opens."""

    def test_a_whole_image_and_a_whole_pdf_pass(self, written):
        check_whole(written(files.png(3, 2)), PNG)
        check_whole(written(files.pdf()), PDF)

    @pytest.mark.parametrize("kept", [8, 20, 40, 60])
    def test_half_an_image_does_not(self, written, kept):
        with pytest.raises(WrongKind, match="abîmé"):
            check_whole(written(files.png(20, 20)[:kept]), PNG)

    def test_an_image_that_would_fill_the_memory_does_not(self, written, monkeypatch):
        monkeypatch.setattr(whole_files, "MOST_PIXELS", 6)
        check_whole(written(files.png(3, 2)), PNG)
        with pytest.raises(WrongKind, match="abîmé"):
            check_whole(written(files.png(7, 1)), PNG)

    def test_a_pdf_without_its_end_does_not(self, written):
        with pytest.raises(WrongKind, match="abîmé"):
            check_whole(written(files.pdf().replace(b"%%EOF", b"")), PDF)

    def test_an_end_that_is_followed_by_a_little_is_one_and_one_in_the_middle_is_none(self, written):
        check_whole(written(files.pdf() + b"\n" * 2_000), PDF)
        with pytest.raises(WrongKind):
            check_whole(written(files.pdf() + b"\n" * 3_000), PDF)


class TestSheets:
    """A statement is text: what its columns are is the importer's to say."""

    @pytest.mark.parametrize("content", [b"a;b\r\n1;2\r\n", "\ufeffé;à".encode(), "é;à".encode("utf-16"), b"a\t1\f"])
    async def test_text_is_let_in_whatever_writes_it(self, written, content):
        assert (await inspect_sheet(measure(written(content)))).name == "csv"

    @pytest.mark.parametrize("content", [files.xlsx(), files.pdf(), files.PROGRAM, b"a;b\0c", b"a;b\x1b[2J"])
    async def test_anything_else_is_refused_with_what_is_wanted(self, written, content):
        with pytest.raises(WrongKind, match="Envoyez un fichier CSV"):
            await inspect_sheet(measure(written(content)))

    @pytest.mark.parametrize("looking", [inspect, inspect_sheet])
    async def test_an_empty_one_is_said_to_be_empty(self, written, looking):
        with pytest.raises(FileRefused, match=r"Ce fichier est vide\."):
            await looking(measure(written(b"")))
