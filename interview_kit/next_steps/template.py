"""A template that people edit, filled in: of Jinja only what can neither run nor grow without end."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILTERS = ("upper", "lower", "title", "capitalize", "trim")
USED = frozenset(["Template", "TemplateData", "Output", "Name", "Const", "If", "Not", "And", "Or", "Operand"])
USABLE = (
    "a template can use {{ name }}, {% if name %}, {% for topic in topic_list %} without a loop inside, and, or, not,"
    " == and !=, and the filters upper, lower, title, capitalize and trim"
)


def filled(path: Path, values: Mapping[str, object]) -> str:
    """Return a template filled in; what Jinja raises where it asks for more than `USABLE`, or for an unknown value."""
    from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes

    # Plain text, never shown as HTML without being escaped there.
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    environment.globals.clear()
    tree = environment.parse(path.read_text(encoding="utf-8-sig"))
    lists = {name for name, value in values.items() if isinstance(value, list)}
    for node in tree.find_all(nodes.Node):
        if what := more_than_used(node, lists):
            raise TemplateSyntaxError(f"Jinja's {what} is more than a note needs; {USABLE}", node.lineno)
    return environment.from_string(tree).render(values)


def more_than_used(node: Any, lists: set[str]) -> str:
    """Return the name of a node of a template's parse tree that no template may use; empty where it may."""
    kind = type(node).__name__
    if kind == "For":
        over = getattr(node.iter, "name", type(node.iter).__name__)
        return "" if over in lists and not node.find(type(node)) else f"loop over {over}"
    if kind == "Filter":
        is_plain = node.name in FILTERS and not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
        return "" if is_plain else f"filter {node.name}"
    if kind == "Compare":
        other = [part.op for part in node.ops if part.op not in ("eq", "ne")]
        return f"comparison {other[0]}" if other else ""
    return "" if kind in USED else kind
