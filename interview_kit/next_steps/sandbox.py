"""Templates that people edit, filled in within bounds: plain files of one folder, so many steps, so much text."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from math import prod
from pathlib import Path
from typing import Any

MOST_STEPS = 20_000  # turns of loops, calls of macros, and included files
LONGEST_NOTE = 100_000  # characters
WIDENING = ("batch", "center", "indent", "slice")  # filters that make a text as long as a number says


def filled(folders: Sequence[Path], name: str, values: dict) -> str:
    """Return a template filled in, from the first folder that has it; the last folder is the kit's own.

    Raises `ValueError` where the file is a link or its loops or its text have no end, and what Jinja raises where the
    template cannot be used.
    """
    parts, length = [], 0
    try:
        for part in environment(folders).get_template(name).generate(values):
            parts.append(part)
            length += len(part)
            if length > LONGEST_NOTE:
                raise ValueError(f"it makes more than {LONGEST_NOTE:,} characters, which no note has")
    except RecursionError as error:
        raise ValueError("it includes or calls itself without end") from error
    return "".join(parts)


def size_of(value: object, depth: int = 3) -> float:
    """Return how large a number is, or how long a text or a list with all that it holds; too large where it is deep."""
    if isinstance(value, (int, float)):
        return abs(value)
    if isinstance(value, (str, range)):
        return len(value)
    if isinstance(value, (list, tuple, set, dict)):
        items = [*value, *value.values()] if isinstance(value, dict) else value
        return sum(1 + size_of(item, depth - 1) for item in items) if depth else LONGEST_NOTE + 1
    return 1


def refuse_too_large(what: str, values: Iterable[object], *, with_numbers: bool = True) -> None:
    """Raise `SecurityError` where what is made of values can be far longer than any note.

    Without numbers these are not taken times the others, as where they only cut a text.
    """
    from jinja2.sandbox import SecurityError

    sizes = [(isinstance(value, (int, float)), size_of(value)) for value in values]
    whole = prod(max(1, size) for is_number, size in sizes if with_numbers or not is_number)
    if not (whole <= LONGEST_NOTE and all(size <= LONGEST_NOTE for _, size in sizes)):
        raise SecurityError(f"{what} makes something too large here")


def bounded_filter(name: str, function: Callable) -> Callable:
    """Return a filter that is not given what it would make something too large of."""

    @wraps(function)
    def bounded(*given: Any, **more: Any) -> Any:
        if name == "format":
            refuse_wide(given[0])
        refuse_too_large(name, [*given, *more.values()], with_numbers=name in WIDENING)
        return function(*given, **more)

    return bounded


def refuse_wide(template: object) -> None:
    """Raise `SecurityError` where a text to be formatted asks for a width of many digits."""
    for digits in re.findall(r"\d+", str(template)):
        refuse_too_large("its format", [int(digits[:9])])


def joined(*parts: object) -> str:
    """Return parts as one text; `SecurityError` where that is too long."""
    refuse_too_large("~", [[*parts]])
    return "".join(map(str, parts))


def concatenated(parts: Iterable[str]) -> str:
    """Return the text of a block or a macro; `SecurityError` where that is too long."""
    whole = [*parts]
    refuse_too_large("a block", [sum(map(len, whole))])
    return "".join(whole)


def environment(folders: Sequence[Path]):
    """Return the environment for templates: no access to Python, no link followed, all steps counted."""
    from jinja2 import FileSystemLoader, StrictUndefined, nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
    from jinja2.visitor import NodeTransformer

    class Joins(NodeTransformer):
        """Puts a call that counts in the place of each ~."""

        def visit_Concat(self, node, *_):  # noqa: N802
            self.generic_visit(node)
            return nodes.Call(nodes.Name("joined", "load"), node.nodes, [], None, None).set_lineno(node.lineno)

    class PlainFiles(FileSystemLoader):
        """Reads files that lie in the folder themselves; those of the kit may be links that an installer made."""

        def get_source(self, environment, template):
            source, filename, is_current = super().get_source(environment, template)
            folder = next(Path(folder) for folder in self.searchpath if Path(filename).is_relative_to(folder))
            is_plain = os.path.realpath(filename) == os.path.join(os.path.realpath(folder), template)
            if not is_plain and folder != folders[-1]:
                raise ValueError(f"{template} is a link; a template is a file of the folder itself")
            return source, filename, is_current

    class Bounded(ImmutableSandboxedEnvironment):
        """Counts each turn of a loop, each call of a macro and each file, and makes no text without end."""

        intercepted_binops = frozenset(["*", "**", "+", "%"])
        concat = staticmethod(concatenated)

        def __init__(self, **options: Any):
            super().__init__(**options)
            self.steps = 0
            self.globals.update(count_step=self.count_step, joined=joined)  # ty: ignore[invalid-argument-type]
            del self.globals["lipsum"]
            self.filters = {name: bounded_filter(name, function) for name, function in self.filters.items()}

        def count_step(self) -> str:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise ValueError(f"its loops take more than {MOST_STEPS:,} turns, which no note needs")
            return ""

        def _parse(self, source, name, filename):
            tree = Joins().visit(super()._parse(source, name, filename))
            for node in (tree, *tree.find_all((nodes.For, nodes.Macro, nodes.CallBlock))):
                step = nodes.Call(nodes.Name("count_step", "load"), [], [], None, None)
                node.body.insert(0, nodes.ExprStmt(step).set_lineno(node.lineno))
            tree.set_environment(self)
            return tree

        def call_binop(self, context, operator, left, right):
            if operator == "**" or (operator == "%" and isinstance(left, str)):
                raise SecurityError(f"{operator} makes something too large here")
            refuse_too_large(operator, [left, right] if operator == "*" else [[left, right]])
            return super().call_binop(context, operator, left, right)

        def call(self, context, called, /, *given, **more):
            text = getattr(getattr(called, "__wrapped__", called), "__self__", None)
            if isinstance(text, str):
                refuse_wide(text if "format" in called.__name__ else "")
                refuse_too_large(called.__name__, [text, *given, *more.values()])
            return super().call(context, called, *given, **more)

    return Bounded(  # plain text, never shown as HTML without being escaped there
        loader=PlainFiles(folders, encoding="utf-8-sig"),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
