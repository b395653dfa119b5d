"""What the browser does by itself, done by a real one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

pytestmark = pytest.mark.browser

BEHAVIOUR = (Path(__file__).parents[2] / "assets" / "behaviour.js").read_text()
PAGE = """
<button id="opener">Ouvrir</button>
<dialog id="sure"><button>Annuler</button></dialog>
<input id="field-password" type="password"><button id="shower" aria-controls="field-password">Afficher</button>
<button id="closer">Fin</button><p id="kept" hidden>Fermez-la par sa croix.</p>
<form id="once" method="dialog"><button>Envoyer</button></form>
<table><tr data-active="true" id="line"><td>2017-020-002059</td></tr></table>
<p id="offline" data-words="Connexion interrompue."></p>
<div id="toasts" role="status" popover="manual"></div>
"""
BINDINGS = """
Object.assign(window, {openModal, showDialog, closeDialog, popupOpens});
document.getElementById("shower").addEventListener("click", revealPassword);
document.getElementById("closer").addEventListener("click", closeWindow);
receiveToasts(document.getElementById("toasts"));
tellOffline(document.getElementById("offline"));
window.done = [];
document.getElementById("once").addEventListener("submit", () => window.done.push("sent"));
document.getElementById("line").addEventListener("click", () => window.done.push("chosen"));
"""
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        page = await browser.new_page()
        await page.set_content(PAGE)
        await page.add_script_tag(content=BEHAVIOUR + BINDINGS, type="module")
        await page.wait_for_function("() => Boolean(window.showToast && window.showDialog)")
        yield page
        await browser.close()


async def test_a_password_is_shown_and_hidden_again(page: Page):
    shower = page.locator("#shower")
    await shower.click()
    assert await page.locator("#field-password").get_attribute("type") == "text"
    assert (await shower.text_content(), await shower.get_attribute("aria-pressed")) == ("Masquer", "true")

    await shower.click()
    assert await page.locator("#field-password").get_attribute("type") == "password"
    assert (await shower.text_content(), await shower.get_attribute("aria-pressed")) == ("Afficher", "false")


@pytest.mark.parametrize(("pressed", "done"), [("#once button", "sent"), ("#line", "chosen")])
async def test_a_double_click_does_what_one_does(page: Page, pressed: str, done: str):
    await page.locator(pressed).dblclick()
    assert await page.evaluate("window.done") == [done]

    await page.locator(pressed).click()
    assert await page.evaluate("window.done") == [done, done]


async def test_a_lost_network_is_said_at_once_and_as_long_as_it_lasts(page: Page):
    await expect(page.locator("#offline")).to_be_empty()

    await page.context.set_offline(True)
    await expect(page.locator("#offline")).to_have_text("Connexion interrompue.")

    await page.context.set_offline(False)
    await expect(page.locator("#offline")).to_be_empty()


async def test_a_dialog_gives_the_focus_back_when_it_is_closed(page: Page):
    await page.focus("#opener")
    await page.evaluate("showDialog('sure')")
    assert await page.evaluate("document.activeElement.textContent") == "Annuler"

    await page.evaluate("closeDialog('sure')")
    assert await page.evaluate("document.activeElement.id") == "opener"


async def test_a_modal_gives_the_focus_back_when_it_leaves_the_page(page: Page):
    await page.focus("#opener")
    await page.evaluate("() => void (window.leave = openModal(document.getElementById('sure')))")
    assert await page.evaluate("document.getElementById('sure').matches(':modal')")

    await page.evaluate("window.leave()")
    assert await page.evaluate("document.activeElement.id") == "opener"


async def test_a_toast_shows_words_and_not_what_they_would_mark_up(page: Page):
    await page.evaluate("showToast('<b>2017-020-002059</b> réglée', 'success')")

    assert await page.locator("#toasts p").text_content() == "<b>2017-020-002059</b> réglée"
    assert await page.locator("#toasts b").count() == 0


async def test_a_toast_stands_above_an_open_dialog_and_is_closed_by_its_button(page: Page):
    await page.evaluate("showToast('Le paiement a été temporairement suspendu.', 'danger')")
    assert await page.locator("#toasts").evaluate("region => region.matches(':popover-open')")

    await page.get_by_role("button", name="Fermer").click()
    assert await page.locator(".toast").count() == 0
    assert not await page.locator("#toasts").evaluate("region => region.matches(':popover-open')")


async def test_several_toasts_wait_side_by_side(page: Page):
    await page.evaluate("showToast('Un', 'success'); showToast('Deux', 'danger')")

    assert await page.locator("#toasts p").all_text_contents() == ["Un", "Deux"]


async def test_the_server_can_take_the_person_to_a_field(page: Page):
    await page.evaluate("focusControl('field-password')")
    assert await page.evaluate("document.activeElement.id") == "field-password"
    await page.evaluate("focusControl('field-missing')")


async def test_a_window_that_opens_is_said_and_closed_again(page: Page):
    await page.locator("#opener").evaluate("opener => opener.onclick = () => { window.opened = popupOpens(); }")
    await page.locator("#opener").click()
    assert await page.evaluate("window.opened") is True
    assert [one for one in page.context.pages if not one.is_closed()] == [page]


async def test_a_window_that_a_page_may_not_close_says_so(page: Page):
    """That of the test was opened by the person, not by a page."""
    await page.evaluate("history.pushState({}, '', '#deux')")
    assert await page.locator("#kept").is_hidden()
    await page.locator("#closer").click()
    await page.locator("#kept").wait_for(state="visible")


async def test_a_window_that_a_page_opened_is_closed_by_its_button(page: Page):
    async with page.context.expect_page() as opening:
        await page.evaluate("() => void window.open('about:blank', '_blank')")
    window = await opening.value
    await window.set_content(PAGE)
    await window.add_script_tag(content=BEHAVIOUR + BINDINGS, type="module")
    async with window.expect_event("close"):
        await window.locator("#closer").click()
