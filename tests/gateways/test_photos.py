"""A photo is a real image, or it is refused; what is kept is the picture and nothing else."""

from contextlib import suppress
from io import BytesIO
from random import Random
from struct import pack

import pytest
from PIL import Image, ImageDraw

from portail_app.gateways.photos import LONGEST_SIDE, NotAnImage, TooManyPixels, clean_photo

ORIENTATION, MAKER, GPS, TAKEN_ON = 0x0112, 0x010F, 0x8825, 0x9003
CORNER, REST = (254, 0, 0), (0, 0, 128)
UPRIGHT_CORNERS = {1: (0, 0), 3: (1, 1), 6: (1, 0), 8: (0, 1)}
"""Where the image's first corner stands once it is turned as its orientation asks for, by EXIF's number."""


def image(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **save: object) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "navy").save(written, kind, **save)
    return written.getvalue()


def taken(kind: str, orientation: int) -> bytes:
    """As a telephone takes it: in which corner the red was, and where and when it stood."""
    picture = Image.new("RGB", (400, 300), "navy")
    ImageDraw.Draw(picture).rectangle((0, 0, 100, 75), fill="red")
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "Telephone"
    exif.get_ifd(GPS).update({1: "N", 2: (50.0, 38.0, 12.0), 3: "E", 4: (3.0, 3.0, 30.0)})
    exif.get_ifd(0x8769)[TAKEN_ON] = "2026:11:22 08:30:00"
    written = BytesIO()
    picture.save(written, kind, exif=exif.tobytes(), xmp=b"<x:xmpmeta>50.63 N</x:xmpmeta>", comment=b"chez Alice")
    return written.getvalue()


def corners(picture: Image.Image) -> dict[tuple[int, int], tuple[int, ...]]:
    right, bottom = picture.width - 6, picture.height - 6
    return {(x, y): picture.convert("RGB").getpixel((x * right + 3, y * bottom + 3)) for x in (0, 1) for y in (0, 1)}


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "PNG", "WEBP"])
def test_images_of_telephones_become_jpegs(kind: str):
    kept = Image.open(BytesIO(clean_photo(image(kind))))

    assert (kept.format, kept.size) == ("JPEG", (400, 300))


def test_a_large_one_is_made_smaller():
    kept = Image.open(BytesIO(clean_photo(image(size=(6000, 3000)))))

    assert kept.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
@pytest.mark.parametrize("orientation", UPRIGHT_CORNERS)
def test_a_photo_stands_upright_however_the_telephone_was_held(kind: str, orientation: int):
    kept = Image.open(BytesIO(clean_photo(taken(kind, orientation))))

    assert kept.size == ((300, 400) if orientation in (6, 8) else (400, 300))
    red = [place for place, (r, _, b) in corners(kept).items() if r > 200 and b < 60]
    assert red == [UPRIGHT_CORNERS[orientation]]


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "PNG", "WEBP"])
def test_where_and_when_it_was_taken_is_not_kept(kind: str):
    sent = taken(kind, 6)
    assert b"Telephone" in sent
    kept = clean_photo(sent)

    assert dict(Image.open(BytesIO(kept)).getexif()) == {}
    assert [word for word in (b"Exif", b"Telephone", b"2026:11", b"50.63", b"xmpmeta", b"Alice") if word in kept] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0 not a picture",
        image()[:200],
        image("GIF"),
        image("TIFF"),
        b"\0\0\0\x1cftypheic\0\0\0\0mif1heic not a picture",
        image("HEIF")[:500],
        image("HEIF")[:-20],
    ],
    ids=[
        "nothing",
        "text",
        "pdf",
        "svg",
        "beginning",
        "cut",
        "gif",
        "tiff",
        "heic",
        "heic cut",
        "heic without its end",
    ],
)
def test_what_is_not_an_image_by_its_bytes_is_refused(content: bytes):
    with pytest.raises(NotAnImage):
        clean_photo(content)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [8_100, 12_000, 20_000])
def test_a_small_file_of_enormous_size_is_refused_before_it_is_decoded(side: int):
    written = BytesIO()
    Image.new("1", (side, side)).save(written, "PNG", compress_level=1)

    with pytest.raises(TooManyPixels, match="trop de pixels"):
        clean_photo(written.getvalue())


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_heic_that_says_to_be_enormous_is_refused_before_it_is_decoded():
    with pytest.raises(TooManyPixels):
        clean_photo(resized(image("HEIF"), (12_000, 12_000)))


def test_a_heic_that_hides_how_large_it_is_is_refused():
    with pytest.raises(NotAnImage):
        clean_photo(resized(image("HEIF", (2_000, 2_000)), (64, 64)))


def test_a_heic_with_broken_bytes_anywhere_is_a_photo_or_refused():
    sent, chance = image("HEIF"), Random(1492)
    for _ in range(300):
        broken = bytearray(sent)
        for _ in range(4):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with suppress(NotAnImage):
            assert clean_photo(bytes(broken)).startswith(b"\xff\xd8\xff")


def resized(heic: bytes, size: tuple[int, int]) -> bytes:
    """Only what the file says of itself (`ispe`, ISO/IEC 23008-12, 6.5.3) is another."""
    place = heic.index(b"ispe") + 8
    return heic[:place] + pack(">II", *size) + heic[place + 8 :]
