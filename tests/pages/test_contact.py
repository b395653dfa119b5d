"""Contact: what is told of the service can be pressed, to call it or to write to it."""

from pages.contact import contact_page
from tests.components.rendering import Element, rendered


def test_both_telephone_numbers_are_called_and_the_address_written_to_by_a_press():
    links = {link.words(): link.properties["href"] for link in _informations().every("a")}

    assert sorted(_scheme(href) for href in links.values()) == ["mailto:", "tel:", "tel:"]
    for words, href in links.items():
        assert words in href  # the same number, the same address


def _informations() -> Element:
    (found,) = [
        card for card in rendered(contact_page()).every("section") if "Informations générales" in _headings(card)
    ]
    return found


def _headings(card: Element) -> list[str]:
    return [heading.words() for heading in card.every("h2")]


def _scheme(href: str) -> str:
    return next(scheme for scheme in ("mailto:", "tel:") if scheme in href)
