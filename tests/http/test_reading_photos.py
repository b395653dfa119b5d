"""The photo of a reading over HTTP: by its sender, of a size, an image; seen by its sender and by staff."""

from io import BytesIO

import pytest
from PIL import Image

from models import Account, SentReading
from portail_app.database import transaction
from portail_app.http import http_app, sent_photos
from portail_app.http.frequency import Frequency
from portail_app.services.reading_checks import SentDraft
from portail_app.services.reading_sending import send_reading
from portail_app.settings import settings
from portail_app.states.clock import now, today
from tests.factories import appoint, create_utility, sign_in
from tests.http.client import ORIGIN, open_browser
from tests.supplies import create_supply


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch):
    """Each test has its own minute."""
    monkeypatch.setattr(sent_photos, "_photos", Frequency(most=10, within_seconds=60))


@pytest.fixture
async def sent(town):
    viewer = town.alice.viewer
    async with transaction(viewer) as session:
        supply = await create_supply(session, viewer)
        return await send_reading(session, viewer, supply.contract.number, SentDraft(9_000, today()), now(), today())


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "navy").save(written, kind)
    return written.getvalue()


async def post(person, sent, content: bytes, **headers: str):
    async with open_browser(http_app, **({"portail_session": person.token} if person else {})) as browser:
        files = {"photo": ("compteur.jpg", content, "image/jpeg")}
        return await browser.post(f"/releves/{sent.id}/photo", files=files, headers={"origin": ORIGIN, **headers})


async def look(person, sent):
    async with open_browser(http_app, **({"portail_session": person.token} if person else {})) as browser:
        return await browser.get(f"/releves/{sent.id}/photo")


async def key_of(sent) -> str | None:
    from portail_app.viewer import Viewer

    async with transaction(Viewer.system()) as session:
        return (await session.get_one(SentReading, sent.id)).photo_key


async def test_a_photo_is_kept_and_shown_to_its_sender_and_to_staff_only(town, sent):
    answer = await post(town.alice, sent, picture())

    assert (answer.status_code, answer.headers["location"][-12:]) == (303, "?photo=recue")
    for person, status in ((town.alice, 200), (town.chloe, 200), (town.bruno, 404), (None, 401)):
        shown = await look(person, sent)
        assert shown.status_code == status
    shown = await look(town.alice, sent)
    assert (shown.headers["content-type"], shown.headers["cache-control"]) == ("image/jpeg", "private, no-store")
    assert shown.headers["x-content-type-options"] == "nosniff"


async def test_what_is_not_an_image_is_refused_and_the_reading_is_kept(town, sent):
    answer = await post(town.alice, sent, b"MZ this is a program")

    assert answer.headers["location"].endswith("?photo=image")
    assert await key_of(sent) is None
    assert (await look(town.alice, sent)).status_code == 404


async def test_a_photo_of_an_iphone_is_kept_as_a_jpeg(town, sent):
    answer = await post(town.alice, sent, picture("HEIF"))
    shown = await look(town.alice, sent)

    assert answer.headers["location"].endswith("?photo=recue")
    assert (shown.headers["content-type"], shown.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
async def test_a_small_photo_of_enormous_size_is_refused_in_words(town, sent):
    answer = await post(town.alice, sent, picture("PNG", (9_000, 9_000)))

    assert answer.headers["location"].endswith("?photo=pixels")
    assert await key_of(sent) is None


async def test_50_megabytes_are_refused_without_filling_the_disk(town, sent):
    before = sorted((settings().data_folder / "files").rglob("*"))
    answer = await post(town.alice, sent, b"\xff\xd8\xff" + bytes(50 * 1024 * 1024))

    assert answer.headers["location"].endswith("?photo=taille")
    assert sorted((settings().data_folder / "files").rglob("*")) == before


async def test_a_form_without_a_file_or_that_is_no_form_is_refused(town, sent):
    async with open_browser(http_app, portail_session=town.alice.token) as browser:
        for content, kind in ((b"", "multipart/form-data; boundary=x"), (b"abc", "text/plain"), (b"a=b", "")):
            answer = await browser.post(
                f"/releves/{sent.id}/photo", content=content, headers={"origin": ORIGIN, "content-type": kind}
            )
            assert (answer.status_code, answer.headers["location"][-11:]) == (303, "photo=image")


async def test_the_neighbour_staff_nobody_and_another_site_send_none(town, sent):
    assert (await post(town.bruno, sent, picture())).status_code == 404
    assert (await post(town.chloe, sent, picture())).status_code == 404
    assert (await post(None, sent, picture())).status_code == 401
    assert (await post(town.alice, sent, picture(), origin="https://other.example")).status_code == 403
    assert await key_of(sent) is None


async def test_a_photo_comes_too_late_for_what_was_decided(town, sent):
    async with transaction(town.chloe.viewer) as session:
        (await session.get_one(SentReading, sent.id)).accepted_at = now()

    assert (await post(town.alice, sent, picture())).headers["location"].endswith("?photo=traitee")


async def test_an_agent_who_is_a_subscriber_too_sends_their_own(town, sent):
    async with transaction(town.alice.viewer) as session:
        account = await session.get_one(Account, town.alice.viewer.account_id)
        await appoint(session, account, await create_utility(session))
        viewer, token = await sign_in(session, account)

    assert viewer.is_staff
    answer = await post(type(town.alice)(viewer, token), sent, picture())
    assert answer.headers["location"].endswith("?photo=recue")


async def test_somebody_who_sends_photo_after_photo_is_told_to_wait(town, sent):
    statuses = [(await post(town.alice, sent, b"x")).status_code for _ in range(11)]

    assert statuses[-1] == 429
    assert set(statuses[:-1]) <= {303, 429}


async def test_a_store_that_is_away_keeps_the_reading_and_says_so(town, sent, monkeypatch):
    monkeypatch.setenv("S3_BUCKET", "nowhere")
    monkeypatch.setenv("S3_ENDPOINT", "http://127.0.0.1:1")
    settings.cache_clear()
    try:
        answer = await post(town.alice, sent, picture())
    finally:
        monkeypatch.undo()
        settings.cache_clear()

    assert answer.headers["location"].endswith("?photo=panne")
    assert await key_of(sent) is None
