"""The names that people give to files: kept for showing, made harmless, and never a path."""

import re
import unicodedata

LONGEST = 120
UNNAMED = "document"
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, marks that turn the text round, what is no letter
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # what some systems refuse in a name
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,8})$")


def clean_name(given: str, extensions: tuple[str, ...]) -> str:
    """The last part of `given`, without what cannot be seen, ending in one of `extensions`.

    A name whose extension says something else than the content is given the right one: `photo.pdf.jpg`.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in _HIDDEN)
    name = " ".join(_FORBIDDEN.sub(" ", seen).split()).rstrip(". ")
    found = _EXTENSION.search(name)
    extension = found.group(1).lower() if found else ""
    stem = name[: -len(extension) - 1] if extension in extensions else name
    extension = extension if extension in extensions else extensions[0]
    return f"{stem.strip('. ')[: LONGEST - len(extension) - 1].strip('. ') or UNNAMED}.{extension}"
