"""A plumber's certificate over HTTP: in, out, refused in words; and the file of a leak as one PDF."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from models import LeakCertificate, LeakState
from portail_app.database import transaction
from portail_app.gateways.storage import storage
from portail_app.services.leaks.alerts import find_alert, list_certificates
from portail_app.services.leaks.certificates import MOST_BYTES
from portail_app.settings import settings
from portail_app.viewer import Viewer
from tests import files
from tests.gateways.test_clamav import Daemon, listening
from tests.gateways.test_photos import taken
from tests.http.client import ORIGIN
from tests.leaks import leak_at_alices
from tests.s3 import ACCESS_KEY, SECRET_KEY, create_bucket, s3
from tests.services.leaks.files import pdf, photo

__all__ = ["s3"]

TYPED = {"leak_place": "Jardin, sous l’allée", "repaired_on": "2024-05-06", "plumber": "SARL Plomberie Lys"}


@pytest.fixture
def limited(monkeypatch):
    """Settings of this test only."""

    def limit(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield limit
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
async def leak(town):
    return await leak_at_alices(town)


async def send(portal, person, alert, content=b"", name="attestation.pdf", origin=ORIGIN, **typed):
    headers = {"origin": origin, **({"cookie": person.cookie} if person else {})}
    files = {"file": (name, content, "application/pdf")}
    return await portal.post(f"/fuites/{alert.id}/attestation", data={**TYPED, **typed}, files=files, headers=headers)


async def kept(alert) -> list[LeakCertificate]:
    async with transaction(Viewer.system()) as session:
        return await list_certificates(session, await find_alert(session, Viewer.system(), alert.id))


async def test_a_certificate_that_is_sent_can_be_read_again_by_both_sides(portal, town, leak):
    alert, dwelling = leak
    content = pdf()

    answer = await send(portal, town.alice, alert, content)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/contrats/{dwelling.contract.number}/fuite?envoi=fait#attestation"
    (certificate,) = await kept(alert)
    assert certificate.leak_place == TYPED["leak_place"]
    for person in (town.alice, town.chloe):
        read = await portal.get(f"/telecharger/attestations/{certificate.id}", headers={"cookie": person.cookie})
        assert read.content == content
        assert read.headers["content-type"] == "application/pdf"
        assert read.headers["cache-control"] == "private, no-store"
        assert "sandbox" in read.headers["content-security-policy"]


async def test_nobody_and_the_neighbour_neither_send_nor_read(portal, town, leak):
    alert, _ = leak
    await send(portal, town.alice, alert, photo())
    (certificate,) = await kept(alert)

    assert (await send(portal, town.bruno, alert, photo())).status_code == 404
    assert (await send(portal, None, alert, photo())).status_code == 401
    assert (await send(portal, town.chloe, alert, photo())).status_code == 404
    for path in (f"/telecharger/attestations/{certificate.id}", f"/telecharger/fuites/{alert.id}.pdf"):
        for headers in ({}, {"cookie": town.bruno.cookie}):
            assert (await portal.get(path, headers=headers)).status_code == 404
    assert len(await kept(alert)) == 1


async def test_another_site_sends_nothing(portal, town, leak):
    assert (await send(portal, town.alice, leak[0], photo(), origin="https://ailleurs.example")).status_code == 403
    assert await kept(leak[0]) == []


@pytest.mark.parametrize(
    ("content", "typed", "word"),
    [
        (b"", {}, "fichier"),
        (b"MZ this is a program", {}, "nature"),
        (b"GIF89a" + b"x" * 200, {}, "nature"),
        (b"<html><script>alert(1)</script>", {}, "nature"),
        (b"\xff\xd8\xff but no image", {}, "nature"),
        (photo()[:400], {}, "nature"),
        (photo("HEIF")[:-20], {}, "nature"),
        (b"\0\0\0\x1cftypheic\0\0\0\0mif1heic not a picture", {}, "nature"),
        (photo("HEIF") + b"\0" * MOST_BYTES, {}, "poids"),
        (photo("WEBP"), {}, "nature"),
        (b"%PDF-1.7 cut", {}, "nature"),
        (files.pdf(b"3 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj"), {}, "danger"),
        (files.pdf(b"trailer << /Encrypt 9 0 R >>"), {}, "danger"),
        (photo() + b"\0" * MOST_BYTES, {}, "poids"),
        (photo(), {"repaired_on": "hier"}, "date"),
        (photo(), {"plumber": " "}, "entreprise"),
        (photo(), {"leak_place": ""}, "lieu"),
    ],
)
async def test_what_is_wrong_comes_back_as_a_word_with_what_was_typed(portal, town, leak, content, typed, word):
    answer = await send(portal, town.alice, leak[0], content, **typed)

    assert answer.status_code == 303
    assert f"refus={word}" in answer.headers["location"]
    if not typed:
        assert "entreprise=SARL+Plomberie+Lys" in answer.headers["location"]
    assert await kept(leak[0]) == []


async def test_a_photo_of_50_megabytes_is_refused_and_leaves_nothing(portal, town, leak):
    huge = photo() + b"\0" * (50 * 1024 * 1024)

    answer = await send(portal, town.alice, leak[0], huge)

    assert "refus=poids" in answer.headers["location"]
    assert await kept(leak[0]) == []


async def test_just_under_the_limit_is_kept(portal, town, leak):
    heavy = photo() + b"\0" * (MOST_BYTES - len(photo()))

    assert "envoi=fait" in (await send(portal, town.alice, leak[0], heavy)).headers["location"]


async def test_what_is_no_form_is_refused_in_words(portal, town, leak):
    headers = {"origin": ORIGIN, "cookie": town.alice.cookie, "content-type": "multipart/form-data; boundary=x"}

    answer = await portal.post(f"/fuites/{leak[0].id}/attestation", content=b"nothing like a form", headers=headers)

    assert answer.status_code in (303, 400)
    assert await kept(leak[0]) == []


async def test_the_file_is_one_pdf_with_its_certificates(portal, town, leak):
    alert, dwelling = leak
    await send(portal, town.alice, alert, photo())
    await send(portal, town.alice, alert, pdf(pages=2))

    for person in (town.alice, town.chloe):
        answer = await portal.get(f"/telecharger/fuites/{alert.id}.pdf", headers={"cookie": person.cookie})

        read = PdfReader(BytesIO(answer.content))
        words = read.pages[0].extract_text()
        assert len(read.pages) == 4
        assert dwelling.contract.number in words
        assert "180 m³" in words.replace("\u00a0", " ")
        assert "Alice Martin" in words


async def test_a_certificate_opens_the_file_to_staff(portal, town, leak):
    await send(portal, town.alice, leak[0], photo("PNG"))

    async with transaction(town.chloe.viewer) as session:
        assert (await find_alert(session, town.chloe.viewer, leak[0].id)).state is LeakState.RECEIVED


async def test_a_photo_of_an_iphone_is_kept_as_a_jpeg_upright_and_without_where_it_was_taken(portal, town, leak):
    alert, _ = leak
    sent = taken("HEIF", orientation=6)
    assert b"chez Alice" in sent or b"Telephone" in sent

    assert "envoi=fait" in (await send(portal, town.alice, alert, sent, name="IMG_0042.HEIC")).headers["location"]

    (certificate,) = await kept(alert)
    read = await portal.get(f"/telecharger/attestations/{certificate.id}", headers={"cookie": town.chloe.cookie})
    picture = Image.open(BytesIO(read.content))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (300, 400), {})
    assert (certificate.media_type, certificate.size_bytes) == ("image/jpeg", len(read.content))
    assert read.headers["content-type"] == "image/jpeg"
    assert [word for word in (b"Telephone", b"50.63", b"Alice") if word in read.content] == []

    whole = await portal.get(f"/telecharger/fuites/{alert.id}.pdf", headers={"cookie": town.chloe.cookie})
    assert len(PdfReader(BytesIO(whole.content)).pages) == 2


async def test_a_heic_passes_the_antivirus_too(portal, town, leak, limited):
    async with listening(Daemon(b"stream: Eicar-Signature FOUND")) as address:
        limited(CLAMAV=address)
        assert "refus=danger" in (await send(portal, town.alice, leak[0], photo("HEIF"))).headers["location"]
    assert await kept(leak[0]) == []


async def test_certificates_are_in_the_bucket_where_one_is_set(portal, town, leak, s3, limited):
    alert, _ = leak
    limited(S3_BUCKET=create_bucket(s3, "leaks"), S3_ENDPOINT=s3, S3_ACCESS_KEY=ACCESS_KEY, S3_SECRET_KEY=SECRET_KEY)

    assert "envoi=fait" in (await send(portal, town.alice, alert, pdf())).headers["location"]

    (certificate,) = await kept(alert)
    assert [key async for key, _ in storage().list_kept()] == [certificate.file_key]
    read = await portal.get(f"/telecharger/attestations/{certificate.id}", headers={"cookie": town.chloe.cookie})
    whole = await portal.get(f"/telecharger/fuites/{alert.id}.pdf", headers={"cookie": town.chloe.cookie})
    assert read.content == pdf()
    assert len(PdfReader(BytesIO(whole.content)).pages) == 2

    await storage().remove(certificate.file_key)
    lost = await portal.get(f"/telecharger/attestations/{certificate.id}", headers={"cookie": town.chloe.cookie})
    without = await portal.get(f"/telecharger/fuites/{alert.id}.pdf", headers={"cookie": town.chloe.cookie})
    assert (lost.status_code, len(PdfReader(BytesIO(without.content)).pages)) == (404, 1)


async def test_the_antivirus_and_the_store_have_their_say(portal, town, leak, limited):
    limited(CLAMAV="127.0.0.1:1")
    assert "refus=panne" in (await send(portal, town.alice, leak[0], pdf())).headers["location"]
    limited(CLAMAV="", S3_BUCKET="nowhere", S3_ENDPOINT="http://127.0.0.1:1", S3_ACCESS_KEY="a", S3_SECRET_KEY="b")
    answer = await send(portal, town.alice, leak[0], pdf())
    assert "refus=panne" in answer.headers["location"]
    assert "entreprise=SARL+Plomberie+Lys" in answer.headers["location"]

    limited(S3_BUCKET="")
    async with listening(Daemon(b"stream: Eicar-Signature FOUND")) as address:
        limited(CLAMAV=address)
        assert "refus=danger" in (await send(portal, town.alice, leak[0], pdf())).headers["location"]
    assert await kept(leak[0]) == []


@pytest.mark.parametrize("number", ["0", "99999999999", "1e3"])
async def test_a_number_that_is_nobodys_is_not_found(portal, town, number):
    for path in (f"/telecharger/attestations/{number}", f"/telecharger/fuites/{number}.pdf"):
        assert (await portal.get(path, headers={"cookie": town.chloe.cookie})).status_code == 404
