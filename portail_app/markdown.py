"""The Markdown that staff write, as HTML that is safe in any page: the one place where it is rendered."""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
LEVELS_DOWN = 2  # a page has its own h1, and a notice or a card its own h2

_PHONE = re.compile(r"(?<!\d)(?:0|\+33 ?)\d(?: \d\d){4}(?!\d)")

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


@lru_cache(maxsize=256)
def render(markdown: str, levels_down: int = LEVELS_DOWN) -> str:
    """HTML without scripts, images, styles or foreign schemes; raw HTML is shown as it was typed.

    Headings go down by `levels_down`, so that they follow those of the page.
    """
    tokens = _parser.parse(markdown)
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = f"h{min(6, int(token.tag[1]) + levels_down)}"
        for text in token.children or ():
            text.content = _PHONE.sub(_in_one_piece, text.content)
    html = _parser.renderer.render(tokens, _parser.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")


def _in_one_piece(number: re.Match[str]) -> str:
    """A telephone number that no narrow screen breaks over two lines."""
    return number.group().replace(" ", "\N{NO-BREAK SPACE}")
