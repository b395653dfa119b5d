"""What is wrong with a page whatever it is about: words that are none, fields without a name, references to nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from tests.screens import Shown

NOT_WORDS = re.compile(r"undefined|\bnull\b|NaN|Infinity|Invalid Date|\[object|\bNone\b|\bTrue\b|\bFalse\b|rx_state")
REFERENCES = ("aria_describedby", "aria_labelledby", "aria_controls", "htmlFor", "popoverTarget", "form")
LINKS = ("a", "ReactRouterLink", "NavigationLink")


def faults(seen: Shown) -> list[str]:
    found = (_words, _headings, _ids, _references, _fields, _buttons, _links, _tables)
    return [fault for look in found for fault in look(seen)]


def _words(seen: Shown) -> Iterator[str]:
    yield from (f"{word[0]!r} in: {each.text}" for each in seen.walk() for word in NOT_WORDS.finditer(each.text))
    for each in seen.walk():
        yield from (f"{name}={value}" for name, value in each.properties.items() if _is_no_word(name, value))


def _is_no_word(name: str, value: object) -> bool:
    return isinstance(value, str) and name != "key" and bool(re.search(r"undefined|\bnull\b|NaN|\[object", value))


def _headings(seen: Shown) -> Iterator[str]:
    """One title, and no level that is skipped on the way down."""
    levels = [int(each.tag[1]) for each in seen.walk() if re.fullmatch("h[1-6]", each.tag)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings: {levels}"
    yield from (f"h{here} after h{above}" for above, here in pairwise(levels) if here > above + 1)
    yield from (f"an empty {each.tag}" for each in seen.walk() if re.fullmatch("h[1-6]", each.tag) and not each.words())


def _ids(seen: Shown) -> Iterator[str]:
    counted = Counter(each.properties["id"] for each in seen.walk() if "id" in each.properties)
    yield from (f"twice: #{id}" for id, count in counted.items() if count > 1)


def _references(seen: Shown) -> Iterator[str]:
    ids = {each.properties.get("id") for each in seen.walk()}
    for each in seen.walk():
        named = " ".join(each.properties.get(name, "") for name in REFERENCES).split()
        yield from (f"{each.tag} refers to #{id}" for id in named if id not in ids)


def _fields(seen: Shown) -> Iterator[str]:
    labelled = {label.properties.get("htmlFor") for label in seen.every("label")}
    wrapped = [one for label in seen.every("label") if label.words() for one in label.walk()]
    for each in (one for tag in ("input", "select", "textarea") for one in seen.every(tag)):
        if each.properties.get("type") == "hidden":
            continue
        is_named = each.properties.get("id") in labelled or "aria_label" in each.properties or each in wrapped
        if not is_named:
            yield f"a field without a name: {each.properties}"


def _buttons(seen: Shown) -> Iterator[str]:
    for each in seen.every("button"):
        if each.properties.get("type") not in ("button", "submit", "reset"):
            yield f"a button without a type: {each.words()}"
        is_silent = each.properties.get("hidden") == "true" or each.properties.get("aria_hidden") == "true"
        if not (each.words() or each.properties.get("aria_label") or is_silent):
            yield f"a button without a word: {each.properties}"


def _links(seen: Shown) -> Iterator[str]:
    for each in (one for tag in LINKS for one in seen.every(tag)):
        if not each.properties.get("to", each.properties.get("href")):
            yield f"a link to nowhere: {each.words()}"
        if not each.words():
            yield f"a link without a word: {each.properties}"


def _tables(seen: Shown) -> Iterator[str]:
    """Each cell is under a header, which a phone shows beside it, and each row has a name."""
    for table in seen.every("table"):
        if not table.said("caption"):
            yield "a table without a name"
        columns = [header.words() for header in table.every("th", scope="col")]
        for row in (one for body in table.every("tbody") for one in body.every("tr")):
            labels = [cell.properties.get("data_label", columns[at]) for at, cell in enumerate(row.children)]
            if labels != columns or len(row.every("th", scope="row")) != 1:
                yield f"a row of {labels} under {columns}"
