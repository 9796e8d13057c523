"""A page as an outline: a title, facts and parts, made of lines that say where they come from."""

from typing import NamedTuple


class Line(NamedTuple):
    """One line of a page, as plain text: what it is about, what it says, where it comes from, and what hangs on it."""

    lead: str
    text: str = ""
    source: str = ""
    below: tuple["Line", ...] = ()


class Part(NamedTuple):
    """A part of a page under its title; `note` says what holds for all of its lines."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""


class Page(NamedTuple):
    """A page: its title, the facts below it, and its parts."""

    title: str
    facts: tuple[Line, ...]
    parts: tuple[Part, ...]
