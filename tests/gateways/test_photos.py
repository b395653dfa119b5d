"""A photo is a real image, or it is refused; what is kept is the picture and nothing else."""

from io import BytesIO

import pytest
from PIL import Image

from portail_app.gateways.photos import LONGEST_SIDE, NotAnImage, clean_photo


def image(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **save: object) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "navy").save(written, kind, **save)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_images_of_telephones_become_jpegs(kind: str):
    kept = Image.open(BytesIO(clean_photo(image(kind))))

    assert (kept.format, kept.size) == ("JPEG", (400, 300))


def test_a_large_one_is_made_smaller():
    kept = Image.open(BytesIO(clean_photo(image(size=(6000, 3000)))))

    assert kept.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_where_and_when_it_was_taken_is_not_kept_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Telephone"
    kept = Image.open(BytesIO(clean_photo(image(exif=exif))))

    assert kept.size == (300, 400)
    assert dict(kept.getexif()) == {}


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
    ],
    ids=["nothing", "text", "pdf", "svg", "beginning", "cut", "gif", "tiff"],
)
def test_what_is_not_an_image_by_its_bytes_is_refused(content: bytes):
    with pytest.raises(NotAnImage):
        clean_photo(content)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_small_file_of_enormous_size_is_refused_before_it_is_decoded():
    with pytest.raises(NotAnImage):
        clean_photo(image("PNG", (12_000, 12_000)))
