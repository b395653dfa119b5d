"""Make the two static faces of paper: all Latin letters of the face, digits of one width, and no layout tables.

A PDF embeds them whole, so they carry only what fpdf2 reads: no kerning, no features, no hints.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.instancer import instantiateVariableFont

FACES = {"Regular": 400, "Bold": 700}
PARTS = ("latin", "latin-ext")
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LAYOUT = ("GDEF", "GPOS", "GSUB", "STAT", "HVAR", "MVAR", "gasp", "meta", "prep", "fpgm", "cvt ")
NARROW_SPACE = 0x202F  # the face lacks it: six tenths of its space
COMBINING = range(0x300, 0x370)


def main(package: Path, fonts: Path) -> None:
    """Read the npm package's `files` folder, write into `portail_app/pdf/fonts`."""
    for name, weight in FACES.items():
        face = _merged(package, weight)
        _add_narrow_space(face)
        _trim(face)
        _rename(face, name, weight)
        face.save(fonts / f"AtkinsonHyperlegibleNext-{name}.ttf")


def _merged(package: Path, weight: int) -> TTFont:
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{part}.ttf" for part in PARTS]
        for part, path in zip(PARTS, paths, strict=True):
            _static(package / f"atkinson-hyperlegible-next-{part}-wght-normal.woff2", weight).save(path)
        return Merger().merge([str(path) for path in paths])


def _static(path: Path, weight: int) -> TTFont:
    face = TTFont(path)
    face.flavor = None
    instantiateVariableFont(face, {"wght": weight}, inplace=True, static=True)
    for table in face["cmap"].tables:
        for digit, name in enumerate(DIGITS, start=ord("0")):
            if digit in table.cmap:
                table.cmap[digit] = f"{name}.tf"
    for tag in LAYOUT:
        if tag in face:
            del face[tag]
    return face


def _add_narrow_space(face: TTFont) -> None:
    face.setGlyphOrder([*face.getGlyphOrder(), "narrownbspace"])
    face["glyf"].glyphs["narrownbspace"] = Glyph()
    face["glyf"].glyphOrder = face.getGlyphOrder()
    face["hmtx"].metrics["narrownbspace"] = (round(face["hmtx"]["space"][0] * 0.6), 0)
    for table in face["cmap"].tables:
        if table.isUnicode():
            table.cmap[NARROW_SPACE] = "narrownbspace"


def _trim(face: TTFont) -> None:
    options = Options(layout_features=[], hinting=False, glyph_names=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[letter for letter in face.getBestCmap() if letter not in COMBINING])
    subsetter.subset(face)


def _rename(face: TTFont, name: str, weight: int) -> None:
    texts = {2: name, 4: f"Atkinson Hyperlegible Next {name}", 6: f"AtkinsonHyperlegibleNext-{name}"}
    for record in face["name"].names:
        record.string = texts.get(record.nameID, record.string)
    face["OS/2"].usWeightClass = weight


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
