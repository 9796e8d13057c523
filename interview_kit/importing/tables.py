"""The words that the rules go by, read from the TOML files beside this module, as patterns, sets and dictionaries."""

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any, TypeVar

Value = TypeVar("Value")


def table(name: str) -> dict[str, Any]:
    """Return a table by its file's name."""
    return tomllib.loads(files("interview_kit.importing").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def either(parts: Iterable[str], form: str = "{}") -> re.Pattern[str]:
    """Return the pattern of any of some parts, in a form around them."""
    return re.compile(form.format("|".join(parts)))


def members(words: Iterable[str]) -> frozenset[str]:
    """Return the set of some words."""
    return frozenset(words)


def keyed(pairs: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """Return the dictionary of words and what each stands for."""
    return dict(pairs)
