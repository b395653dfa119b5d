"""Atkinson Hyperlegible Next for every sheet, read and embedded once a process.

fpdf2 reads and subsets its fonts again for each document, nine tenths of a bill's time. The files in `fonts/` are
subsets already (14 KB each in a PDF), so their objects are made once, by a specimen, and added to each document.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.output import OutputProducer
from fpdf.syntax import PDFContentStream

FAMILY = "atkinson"
FONTS = Path(__file__).parent / "fonts"
FILES = {"": "AtkinsonHyperlegibleNext-Regular.ttf", "B": "AtkinsonHyperlegibleNext-Bold.ttf"}

_numbering = Lock()  # the shared objects are numbered anew in each document


class Typeface:
    """The parsed fonts, and the PDF objects that embed them."""

    def __init__(self) -> None:
        specimen = FPDF()
        for style, file in FILES.items():
            specimen.add_font(FAMILY, style, FONTS / file)
        self.fonts: dict[str, TTFFont] = {
            key: font for key, font in specimen.fonts.items() if isinstance(font, TTFFont)
        }
        self.alphabet = frozenset.intersection(*(frozenset(font.cmap) for font in self.fonts.values()))
        for font in self.fonts.values():
            _pick_all(font, font.cmap)
        specimen.output(output_producer_class=_Specimen)
        self.objects = tuple(_compressed(part) for part in _Specimen.objects)
        self.objects_by_index = _Specimen.objects_by_index

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """In the unit of `size`."""
        return sum(map(self.widths(bold=bold).__getitem__, map(ord, text))) * size / 1000

    def widths(self, *, bold: bool) -> Mapping[int, float]:
        """Thousandths of the size, by codepoint."""
        widths: Mapping[int, float] = self.fonts[FAMILY + "B" if bold else FAMILY].cw
        return widths


@cache
def typeface() -> Typeface:
    return Typeface()


def output_with_shared_fonts(pdf: FPDF) -> bytes:
    with _numbering:
        return bytes(pdf.output(output_producer_class=_SharedFonts))


class _SharedFonts(OutputProducer):
    def _add_fonts(self, *_resources: Any) -> dict[int, Any]:
        for shared in typeface().objects:
            self._add_pdf_obj(shared, "fonts")
        return typeface().objects_by_index


class _Specimen(OutputProducer):
    """Keeps what fpdf2 makes of the whole alphabet."""

    objects: tuple[Any, ...] = ()
    objects_by_index: dict[int, Any] = {}

    def _add_fonts(self, *resources: Any) -> dict[int, Any]:
        before = len(self.pdf_objs)
        made: dict[int, Any] = super()._add_fonts(*resources)
        _Specimen.objects = tuple(self.pdf_objs[before:])
        _Specimen.objects_by_index = made
        return made


def _compressed(part: Any) -> Any:
    """fpdf2 leaves the table from glyphs to letters as it is: 10 KB for a whole alphabet."""
    if isinstance(part, PDFContentStream) and part.filter is None:
        PDFContentStream.__init__(part, part.content_stream(), compress=True)
    return part


def _pick_all(font: TTFFont, codepoints: Iterable[int]) -> None:
    for codepoint in codepoints:
        font.subset.pick(codepoint)
