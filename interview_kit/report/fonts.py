"""Whether the letters of a picture can be drawn on this computer, and what to do where they cannot."""

import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

PATIENCE = 10  # seconds
BETWEEN = re.compile(r"<[^>]*>|\s+")  # words, in texts that hold Plotly's tags
AROUND = ".,:;!?()[]{}\"'“”‘’«»…"
SHOWN = 3
LONGEST = 20
CYRILLIC_ENDS, EMOJI_BEGIN = 0x52F, 0x1F000
EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KANGXI")
PACKAGES = {"cjk": "fonts-noto-cjk", "emoji": "fonts-noto-color-emoji", "others": "fonts-noto-core"}
BOXES = (
    "The pictures may show boxes instead of {words}: no font on this computer has these letters. "
    "On Debian or Ubuntu: apt install {packages}. The page (.html) is not affected."
)
UNKNOWN = (
    "Look at {words} in the pictures before you hand them on: whether a font on this computer has these letters cannot "
    "be told here, and boxes stand for them where none has. The page (.html) is not affected."
)


def warning(texts: Iterable[str]) -> str:
    """Return what to say before texts are drawn in a picture, empty where each letter has a font.

    Only Linux is looked at, where a system may come without fonts for a script: Windows and macOS bring fonts for all
    large ones, and draw with others than `fc-list` knows. Nothing is looked for where all is Latin, Greek or Cyrillic,
    which each font has; nor is a browser that has fonts of its own, as a Snap or Flatpak may.

    Examples
    --------
    >>> warning(["Asked questions", "Crêperie Łódź"])
    ''
    """
    words = list(dict.fromkeys(word.strip(AROUND) for text in texts for word in BETWEEN.split(text)))
    rare = {letter for word in words for letter in word if is_rare(letter)}
    if not rare or not sys.platform.startswith("linux"):
        return ""
    known = drawable()
    lacking = rare if known is None else {letter for letter in rare if ord(letter) not in known}
    shown = some_of([word for word in words if not lacking.isdisjoint(word)])
    if not shown or known is None:
        return shown and UNKNOWN.format(words=shown)
    return BOXES.format(words=shown, packages=" ".join(sorted({PACKAGES[script(letter)] for letter in lacking})))


def is_rare(letter: str) -> bool:
    """Say whether a letter is of a script that not every font has; Greek and Cyrillic come before those."""
    kind = unicodedata.category(letter)
    return ord(letter) > CYRILLIC_ENDS and (is_emoji(letter) or (kind.startswith("L") and not is_latin(letter)))


def is_emoji(letter: str) -> bool:
    """Say whether a letter is one of the newer signs, which are pictures; dots and arrows are not."""
    return ord(letter) >= EMOJI_BEGIN and unicodedata.category(letter) == "So"


def is_latin(letter: str) -> bool:
    """Say whether a letter is Latin or Greek, with whatever accents."""
    return unicodedata.name(letter, "").startswith(("LATIN", "GREEK"))


def script(letter: str) -> str:
    """Return for which kind of letters a font is to be installed."""
    if is_emoji(letter):
        return "emoji"
    return "cjk" if unicodedata.name(letter, "").startswith(EAST_ASIAN) else "others"


def some_of(words: Iterable[str]) -> str:
    """Return the first of some words, none too long."""
    shown = [word if len(word) <= LONGEST else f"{word[:LONGEST]}…" for word in words]
    return ", ".join(shown[:SHOWN]) + (" and others" if len(shown) > SHOWN else "")


def drawable() -> "Ranges | None":
    """Return which letters the fonts of this computer have together, None where that cannot be told."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    with suppress(OSError, subprocess.SubprocessError):
        found = subprocess.run(  # noqa: S603
            [program, "--format", "%{charset}\n"], capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        return Ranges(found.stdout)
    return None


class Ranges:
    """The numbers in lines such as "20-7e a0 3b1-3c9", as fontconfig writes the letters of a font."""

    def __init__(self, lines: str):
        pairs = (part.partition("-") for part in set(lines.split()))
        self.pairs = [(int(first, 16), int(last or first, 16)) for first, _, last in pairs]

    def __contains__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.pairs)


def texts_of(figure: "go.Figure") -> Iterator[str]:
    """Yield all texts in a figure."""
    yield from strings(figure.to_plotly_json())


def strings(value: Any) -> Iterator[str]:
    """Yield the strings in a nested value, of lists, arrays and dictionaries."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
    elif hasattr(value, "tolist"):  # an array
        yield from strings(value.tolist())
