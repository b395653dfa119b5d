"""Who writes: the utility's name, logo and addresses, at the head and the foot of each sheet."""

from dataclasses import dataclass
from io import BytesIO

from models.billing.utility import Utility
from portail_app.pdf.colours import DEFAULT_ACCENT, GREY, INK, PAPER, Accent, accent_of
from portail_app.pdf.paper import LEFT, RIGHT, Paper, cut, wrap

EMBLEM = 15.0
NAME_WIDTH = 68.0
WINDOW_LEFT, WINDOW_TOP, WINDOW_WIDTH = 110.0, 46.0, 85.0  # the window of a DL envelope, folded at 99 mm


@dataclass(frozen=True, slots=True)
class Letterhead:
    name: str
    address: tuple[str, ...]
    phone: str = ""
    email: str = ""
    opening_hours: str = ""
    emergency_phone: str = ""
    portal_address: str = ""
    accent: Accent = DEFAULT_ACCENT
    logo: bytes | None = None


def letterhead_of(utility: Utility, *, portal_address: str = "", logo: bytes | None = None) -> Letterhead:
    return Letterhead(
        name=utility.name,
        address=lines_of(utility.address),
        phone=utility.phone,
        email=utility.email,
        opening_hours=utility.opening_hours,
        emergency_phone=utility.emergency_phone,
        portal_address=portal_address or (utility.host or ""),
        accent=accent_of(utility.accent),
        logo=logo,
    )


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def draw_head(paper: Paper, head: Letterhead, kind: str, number: str) -> None:
    """The band, the utility on the left, what the sheet is on the right."""
    paper.fill(0, 0, 210, 3.5, head.accent.strong)
    _draw_emblem(paper, head)
    _draw_name(paper, head)
    paper.put(kind, RIGHT, 20.5, size=21, bold=True, colour=head.accent.strong, align="right")
    paper.put(f"n° {number}", RIGHT, 27, size=11, colour=GREY, align="right", within=80)


def draw_addressee(paper: Paper, addressee: tuple[str, ...]) -> None:
    y = WINDOW_TOP + 6.0
    for rank, line in enumerate(addressee):
        text = cut(line, WINDOW_WIDTH, 10.5, bold=rank == 0)
        paper.put(text, WINDOW_LEFT, y, size=10.5, bold=rank == 0)
        y += 5.2


def draw_running_head(paper: Paper, head: Letterhead, title: str) -> None:
    """On the pages after the first."""
    paper.fill(0, 0, 210, 3.5, head.accent.strong)
    paper.put(head.name, LEFT, 14, size=9, bold=True, colour=head.accent.strong, within=85)
    paper.put(title, RIGHT, 14, size=9, colour=GREY, align="right", within=85)
    paper.rule(LEFT, 17, RIGHT)


def draw_foot(paper: Paper, head: Letterhead, title: str, page: int, pages: int) -> None:
    paper.rule(LEFT, 285.5, RIGHT)
    paper.put(f"{head.name} · {title}", LEFT, 289.5, size=7.5, colour=GREY, within=140)
    paper.put(f"Page {page} sur {pages}", RIGHT, 289.5, size=7.5, colour=GREY, align="right")


def _draw_emblem(paper: Paper, head: Letterhead) -> None:
    """The logo where there is one, else the initials of the name."""
    if head.logo is not None:
        paper.image(BytesIO(head.logo), LEFT, 11, EMBLEM, EMBLEM, keep_aspect_ratio=True, alt_text=head.name)
        return
    paper.fill(LEFT, 11, EMBLEM, EMBLEM, head.accent.strong, radius=3)
    initials = "".join(word[0] for word in head.name.split() if word[0].isupper())[:2] or head.name[:1].upper()
    paper.put(initials, LEFT + EMBLEM / 2, 21.1, size=19, bold=True, colour=PAPER, align="centre", within=EMBLEM - 2)


def _draw_name(paper: Paper, head: Letterhead) -> None:
    x = LEFT + EMBLEM + 5
    name = wrap(head.name, NAME_WIDTH, 12.5, bold=True, at_most=2)
    y = paper.put_lines(name, x, 15.2, leading=5.2, size=12.5, bold=True, colour=INK)
    address = tuple(cut(line, NAME_WIDTH, 8.5) for line in head.address[:3])
    paper.put_lines(address, x, y - 0.3, leading=3.9, size=8.5, colour=GREY)
