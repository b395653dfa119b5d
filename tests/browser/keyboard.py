"""A person who has no mouse: goes from one thing to the next, always sees where they are, and presses."""

import re

from playwright.async_api import Locator, Page, expect

STEPS_AT_MOST = 60
SHOWN = """
    element => {
        const drawn = (one, pseudo) => {
            const style = getComputedStyle(one, pseudo);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
        };
        const row = element.closest("tr, label, li");
        return drawn(element) || drawn(element, "::after") || Boolean(row && drawn(row));
    }
"""


async def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, which must be seen."""
    await expect(wanted).to_be_visible()
    for _ in range(STEPS_AT_MOST):
        if await wanted.evaluate("element => element === document.activeElement"):
            break
        await page.keyboard.press("Tab")
    await expect(wanted).to_be_focused()
    await expect(wanted).to_be_in_viewport()
    assert await wanted.evaluate(SHOWN), "the focus is not seen"


async def press(page: Page, role: str, name: str | re.Pattern[str], key: str = "Enter") -> None:
    """Reach what has that role and name, and press a key on it."""
    await reach(page, page.get_by_role(role, name=name, exact=isinstance(name, str)).first)
    await page.keyboard.press(key)


async def write(page: Page, label: str, words: str) -> None:
    """Reach a field and type into it."""
    await reach(page, page.get_by_label(label, exact=True))
    await page.keyboard.type(words)
