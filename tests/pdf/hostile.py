"""Texts that people and files really send, and the rule that no sheet may break."""

from itertools import combinations

HOSTILE = [
    "",
    " ",
    "x" * 3000,
    "mot " * 800,
    "Müller-Łuczak & Fils (S.A.R.L.) \\ ) ( >> endstream",
    "Иван Петров",
    "山田太郎",
    "مريم",
    "👩‍👩‍👧 Famille 🎉",
    "a\u0301e\u0302" * 20,
    "\x00\x07\x1b[31m\r\n\t",
    "\u202eedrahc\u202c \u200b\ufeff",
    "{nb} %s {0} <b>gras</b> **fort**",
    "ﬁn ﬀ ½ ㎥ Ⅳ",
    "\ud800",
]


def assert_nothing_overlaps(read):
    for page in read:
        for string in page:
            assert string.left >= 0
            assert string.right <= 200, string
            assert 5 <= string.baseline <= 290, string
        for one, other in combinations([string for string in page if string.words.strip()], 2):
            if abs(one.baseline - other.baseline) < min(one.size, other.size) * 25.4 / 72 * 0.6:
                assert one.right <= other.left + 0.01 or other.right <= one.left + 0.01, (one, other)
