"""Cut Atkinson Hyperlegible Next down to what French needs: one variable web font (the faces of paper: `paper.py`)."""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LETTERS = "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸàâäæçéèêëîïôöœùûüÿÁÍÑÓÚÃÕáíñóúãõåøß"
SIGNS = "€«»°²³·§©×−…•‘’“”–—\u00a0\u2009\u202f‑"
FRENCH = [*range(0x20, 0x7F), *map(ord, LETTERS + SIGNS)]
FEATURES = ["locl", "tnum"]  # kerning would weigh 2.7 KB of the first visit, and is not seen at the size of text
STAND_INS = {0x202F: 0x2009, 0x2011: 0x2D}  # the face lacks these: the thin space and the hyphen are drawn instead
WEIGHTS = (400, 700)


def main(package: Path, fonts: Path) -> None:
    """Read the npm package's `files` folder, write into the portal's `assets/fonts`."""
    web = _subset(_french_face(package))
    web = instantiateVariableFont(web, {"wght": WEIGHTS})
    web.flavor = "woff2"
    web.save(fonts / "atkinson-hyperlegible-next.woff2")


def _french_face(package: Path) -> TTFont:
    face = TTFont(package / "atkinson-hyperlegible-next-latin-wght-normal.woff2")
    extended = TTFont(package / "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2")
    _copy_glyph("Ydieresis", extended, face)
    for table in face["cmap"].tables:
        table.cmap[0x178] = "Ydieresis"
        table.cmap |= {missing: table.cmap[present] for missing, present in STAND_INS.items()}
    return face


def _copy_glyph(name: str, source: TTFont, target: TTFont) -> None:
    """Copy a composite whose parts the target already has, with its weight variations."""
    del target["HVAR"]  # optional, and indexed by the glyphs of before: widths are read from gvar without it
    target["gvar"].variations[name] = source["gvar"].variations[name]
    target["hmtx"].metrics[name] = source["hmtx"].metrics[name]
    target["glyf"][name] = source["glyf"][name]
    target.setGlyphOrder(target["glyf"].glyphOrder)


def _subset(face: TTFont) -> TTFont:
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=FRENCH)
    subsetter.subset(face)
    return face


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
