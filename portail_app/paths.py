"""Where a browser may be sent back to: a path of the portal, never another site."""

from urllib.parse import urlsplit

HOME = "/"


def local_path(asked: str) -> str:
    """`asked` where it is a path of the portal, else the home page.

    A browser reads `\\` as `/` and drops tabs and line breaks, so `//other.site` has many disguises.
    """
    is_plain = asked.startswith("/") and asked.isascii() and asked.isprintable() and "\\" not in asked
    if not is_plain or asked.startswith("//") or urlsplit(asked).netloc:
        return HOME
    return asked
