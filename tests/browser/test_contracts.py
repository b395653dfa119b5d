"""Following a consumption and sending a reading, in real browsers."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from portail_app.formats import PARIS

IS_COLOURED = """
    () => [...document.querySelectorAll('.graph pattern')].every(
        (pattern) => [...pattern.querySelectorAll('rect')].some((ground) => getComputedStyle(ground).fillOpacity === '1'
            && !/rgba\\(.*, 0\\)|none/.test(getComputedStyle(ground).fill)))
"""
HOUSE, FLAT = "C100001", "C100001B"


def photo() -> dict[str, object]:
    written = BytesIO()
    Image.new("RGB", (640, 480), "navy").save(written, "JPEG")
    return {"name": "compteur.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def bars(page: Page):
    return page.locator(".graph .bars path")


async def test_one_click_on_a_contract_shows_readings_consumption_and_a_graph(alice_page: Page):
    await alice_page.get_by_role("link", name="Mes contrats").click()
    await alice_page.get_by_role("link", name=HOUSE, exact=True).click()

    await expect(alice_page.get_by_role("heading", name=f"Contrat {HOUSE}")).to_be_visible()
    await expect(bars(alice_page).first).to_be_visible()
    assert await bars(alice_page).count() >= 20
    await expect(alice_page.get_by_text("données du")).to_be_visible()
    await expect(alice_page.get_by_role("table", name="Relèves").first).to_be_visible()
    await expect(alice_page.get_by_role("heading", name="Ancien compteur")).to_be_visible()


async def test_the_graph_speaks_by_its_arrow_keys_and_the_table_says_the_same(alice_page: Page):
    await alice_page.goto(f"/contrats/{HOUSE}")
    await expect(bars(alice_page).first).to_be_visible()
    graph = alice_page.locator(".graph")
    await graph.focus()
    await graph.press("End")

    said = await graph.locator("figcaption").inner_text()
    assert "par jour, un an avant" in said
    await graph.press("ArrowLeft")
    await expect(graph.locator("figcaption")).not_to_have_text(said)
    await alice_page.get_by_text("Voir les données").click()
    rows = alice_page.get_by_role("table", name="Consommation entre deux relèves").get_by_role("row")
    await expect(rows.last).to_contain_text(said.partition(" : ")[0])


async def test_a_finger_on_a_bar_is_answered_in_words(open_browser, portal):
    from tests.browser.conftest import sign_in

    phone = await open_browser(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    await sign_in(phone, "alice@example.fr", f"/contrats/{HOUSE}")
    await expect(bars(phone).first).to_be_visible()
    await phone.locator(".graph .nsewdrag").tap(position={"x": 5, "y": 60})

    await expect(phone.locator(".graph figcaption")).to_contain_text("par jour")
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_ten_years_are_looked_at_by_year_month_and_day_with_links_that_can_be_kept(alice_page: Page):
    await alice_page.goto(f"/contrats/{HOUSE}")
    for view, title in (("Années", "par année"), ("Mois", "mois par mois"), ("Jours", "jour par jour")):
        await alice_page.get_by_role("link", name=view, exact=True).click()
        await expect(alice_page.get_by_role("heading", name=title)).to_be_visible()
        await expect(bars(alice_page).first).to_be_visible()
    shown = await alice_page.get_by_role("heading", name="jour par jour").inner_text()
    await alice_page.get_by_role("link", name="← Précédent").click()
    await expect(alice_page.get_by_role("heading", name="jour par jour")).not_to_have_text(shown)
    await alice_page.get_by_role("link", name="Suivant →").click()
    await expect(alice_page.get_by_role("heading", name="jour par jour")).to_have_text(shown)


@pytest.mark.parametrize("kind", ["CSV", "JSON"])
async def test_the_data_are_taken_home(alice_page: Page, kind: str):
    await alice_page.goto(f"/contrats/{HOUSE}")
    async with alice_page.expect_download() as started:
        await alice_page.get_by_role("link", name=f"Télécharger en {kind}").click()

    assert (await started.value).suggested_filename == f"consommations-{HOUSE}.{kind.lower()}"


async def test_plotly_is_loaded_where_a_graph_is_and_nowhere_else(alice_page: Page):
    asked: list[str] = []
    alice_page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/factures", "/contrats"):
        await alice_page.goto(path)
        await expect(alice_page.get_by_role("main").get_by_role("link").first).to_be_visible()
    assert not [url for url in asked if "plotly" in url]
    await alice_page.goto(f"/contrats/{HOUSE}")
    await expect(bars(alice_page).first).to_be_visible()

    assert [url for url in asked if "plotly" in url]


async def test_a_reading_is_sent_with_its_photo_validated_and_seen_by_both(alice_page: Page, chloe_page: Page):
    """Neither of them loads their page again."""
    await chloe_page.goto("/agent/releves")
    await expect(chloe_page.get_by_role("heading", name="Relèves", exact=True)).to_be_visible()
    await alice_page.goto(f"/contrats/{FLAT}")
    await alice_page.get_by_label("Index", exact=True).fill("300")
    await expect(alice_page.get_by_text("Cet index est inférieur au dernier connu")).to_be_visible()
    await alice_page.get_by_role("button", name="Transmettre").click()
    await expect(alice_page.get_by_text("Vérifiez l’index, ou confirmez-le.")).to_be_visible()
    await alice_page.get_by_label("Index", exact=True).fill("390")
    await expect(alice_page.get_by_text("Cet index est inférieur")).to_have_count(0)
    await alice_page.get_by_label("Photo du compteur").set_input_files(photo())
    await alice_page.get_by_role("button", name="Transmettre").click()
    await expect(alice_page.get_by_text("Votre relève est transmise avec sa photo.")).to_be_visible()
    await expect(alice_page.get_by_text("À valider", exact=True)).to_be_visible()

    await expect(chloe_page.get_by_role("heading", name=f"Contrat {FLAT}")).to_be_visible()
    seen = await chloe_page.request.get(await chloe_page.get_by_text("Voir la photo").get_attribute("href"))
    assert (seen.status, seen.headers["content-type"]) == (200, "image/jpeg")
    await chloe_page.get_by_role("button", name="Valider").click()
    await expect(chloe_page.get_by_text("La relève est validée.")).to_be_visible()

    await expect(alice_page.get_by_text("Le service a validé votre relève.")).to_be_visible()
    await expect(bars(alice_page).first).to_be_visible()
    assert await alice_page.evaluate(IS_COLOURED), "a bar is seen only where its pattern has a ground"
    await expect(alice_page.get_by_text("Validée", exact=True)).to_be_visible()
    await expect(alice_page.get_by_role("table", name="Relèves").get_by_text("390 m³")).to_be_visible()


async def test_what_staff_type_stays_with_its_reading_when_another_goes(
    alice_page: Page, bruno_page: Page, chloe_page: Page
):
    await send_unlikely(bruno_page, "C100002")
    await send_unlikely(alice_page, FLAT)
    await chloe_page.goto("/agent")
    await expect(chloe_page.get_by_text("2 relèves attendent.")).to_be_visible()
    await chloe_page.goto("/agent/releves")
    hers = chloe_page.locator("section", has=chloe_page.get_by_role("heading", name=f"Contrat {FLAT}"))
    await hers.get_by_text("Refuser", exact=True).click()
    await hers.get_by_label("Motif, que l’abonné lira").fill("Ce n’est pas votre compteur.")

    await bruno_page.get_by_role("button", name="Retirer").click()
    await expect(chloe_page.get_by_role("heading", name="Contrat C100002")).to_have_count(0)
    await expect(hers.get_by_label("Motif, que l’abonné lira")).to_have_value("Ce n’est pas votre compteur.")
    await hers.get_by_role("button", name="Refuser la relève").click()
    await expect(alice_page.get_by_text("Motif\u00a0: Ce n’est pas votre compteur.")).to_be_visible()


async def send_unlikely(page: Page, contract: str) -> None:
    await page.goto(f"/contrats/{contract}")
    await page.get_by_label("Relevé le").fill((datetime.now(PARIS) - timedelta(days=1)).date().isoformat())
    await page.get_by_label("Index", exact=True).fill("1")
    await page.get_by_label("J’ai vérifié").check()
    await page.get_by_role("button", name="Transmettre").click()
    await expect(page.get_by_text("Votre relève est transmise.")).to_be_visible()


async def test_a_photo_that_is_none_keeps_the_reading_and_says_so(bruno_page: Page):
    await bruno_page.goto("/contrats/C100002")
    await bruno_page.get_by_label("Index", exact=True).fill("1")
    await expect(bruno_page.get_by_label("J’ai vérifié")).to_be_visible()
    await bruno_page.get_by_label("J’ai vérifié").check()
    false = {"name": "compteur.jpg", "mimeType": "image/jpeg", "buffer": b"MZ"}
    await bruno_page.get_by_label("Photo du compteur").set_input_files(false)
    await bruno_page.get_by_role("button", name="Transmettre").click()

    await expect(bruno_page.get_by_text("Votre relève est bien transmise, mais pas la photo")).to_be_visible()
    await bruno_page.get_by_role("button", name="Retirer").click()
    await expect(bruno_page.get_by_text("Votre relève est retirée.")).to_be_visible()
    await expect(bruno_page.get_by_label("Index", exact=True)).to_be_visible()


async def test_a_neighbour_finds_no_contract_of_hers(bruno_page: Page):
    await bruno_page.goto(f"/contrats/{HOUSE}")

    await expect(bruno_page.get_by_text("Contrat introuvable.")).to_be_visible()
    answer = await bruno_page.request.get(f"/telecharger/contrats/{HOUSE}/consommations.csv")
    assert answer.status == 404
