"""Templates that people edit, filled in within bounds: plain files of one folder, so many steps, so much text."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MOST_STEPS = 20_000  # turns of loops, calls of macros, and included files
LONGEST_NOTE = 100_000  # characters


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


def size_of(value: object) -> int:
    """Return the size of a number, or the length of a text or a list."""
    if isinstance(value, (int, float)):
        return abs(int(value))
    return len(value) if hasattr(value, "__len__") else 1  # ty: ignore[invalid-argument-type]


def environment(folders: Sequence[Path]):
    """Return the environment for templates: no access to Python, no link followed, all steps counted."""
    from jinja2 import FileSystemLoader, StrictUndefined, nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

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
        """Counts each turn of a loop, each call of a macro and each file, and multiplies no text without end."""

        intercepted_binops = frozenset(["*", "**"])

        def __init__(self, **options: Any):
            super().__init__(**options)
            self.steps = 0
            self.globals["count_step"] = self.count_step  # ty: ignore[invalid-assignment]

        def count_step(self) -> str:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise ValueError(f"its loops take more than {MOST_STEPS:,} turns, which no note needs")
            return ""

        def _parse(self, source, name, filename):
            tree = super()._parse(source, name, filename)
            for node in (tree, *tree.find_all((nodes.For, nodes.Macro, nodes.CallBlock))):
                step = nodes.Call(nodes.Name("count_step", "load"), [], [], None, None)
                node.body.insert(0, nodes.ExprStmt(step).set_lineno(node.lineno))
            tree.set_environment(self)
            return tree

        def call_binop(self, context, operator, left, right):
            if operator == "**" or size_of(left) * size_of(right) > LONGEST_NOTE:
                raise SecurityError(f"{operator} makes something too large here")
            return super().call_binop(context, operator, left, right)

    return Bounded(  # plain text, never shown as HTML without being escaped there
        loader=PlainFiles(folders, encoding="utf-8-sig"),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
