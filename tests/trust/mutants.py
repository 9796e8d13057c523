"""Small faults put into functions one at a time, to see whether a test fails then.

A fault is a change of a few characters: a call, a `raise` or an assignment that is kept is left out, a condition or a
part of it always or never holds, a comparison is the next one, `and` is `or`, a number is one off, a function returns
nothing, an exception goes uncaught, or a value is used without what was to be done with it.
"""

import ast
import difflib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "interview_kit"
INSTEAD = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
}
UNWRAPPED = ("sorted", "reversed", "min", "max", "realpath", "escape", "unescape", "strip", "rstrip")


class Mutant(NamedTuple):
    """A function with a fault: its name, its lines without and with the fault, its module, and the module's source."""

    function: str
    before: str
    after: str
    module: str
    source: str

    def __str__(self) -> str:
        """Return the function and the lines that differ, as a diff shows them."""
        signed = [f"- {line}" for line in self.before.splitlines()] + [f"+ {line}" for line in self.after.splitlines()]
        return "\n".join([self.function, *(f"    {line}" for line in signed)])


class Change(NamedTuple):
    """A change of a source: where what is replaced begins and ends, and what stands there then."""

    start: int
    end: int
    text: str


class Source:
    """A module's source, with the bytes at which each node of its tree begins and ends."""

    def __init__(self, text: str):
        self.raw = text.encode()
        self.tree = ast.parse(text)
        self.lines = [0]
        for line in self.raw.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def start(self, node: ast.AST) -> int:
        return self.lines[node.lineno - 1] + node.col_offset

    def end(self, node: ast.AST) -> int:
        return self.lines[node.end_lineno - 1] + node.end_col_offset

    def replaced(self, node: ast.AST, text: str) -> Change:
        return Change(self.start(node), self.end(node), text)

    def between(self, left: ast.AST, right: ast.AST, operator: ast.AST) -> Iterator[Change]:
        """Yield the change of the operator between two nodes."""
        found, instead = INSTEAD.get(type(operator), ("", ""))
        start, end = self.end(left), self.start(right)
        gap = self.raw[start:end].decode()
        if found:
            yield Change(start, end, gap.replace(found, instead, 1))

    def after(self, change: Change) -> str:
        return (self.raw[: change.start] + change.text.encode() + self.raw[change.end :]).decode()


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    """Return the functions of a module and the methods of its classes by their names, as in "Journal.undo"."""
    found = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for kind in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        found |= {f"{kind.name}.{node.name}": node for node in kind.body if isinstance(node, ast.FunctionDef)}
    return found


def parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a function is made of, but for the places in a text, whose bytes Python 3.11 does not tell."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.JoinedStr | ast.arguments):
            yield child
            yield from parts(child)


def changes(source: Source, node: ast.AST) -> Iterator[Change]:
    """Yield the faults that can be made at one node."""
    for kind in (in_statement, in_operator, in_value):
        yield from kind(source, node)


def in_statement(source: Source, node: ast.AST) -> Iterator[Change]:
    """Yield the faults of a statement: it is left out, its condition always or never holds, nothing comes back."""
    match node:
        case ast.Raise() | ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield source.replaced(node, "pass")
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript() | ast.Tuple(elts=[ast.Attribute(), *_])]):
            yield source.replaced(node, "pass")
        case ast.Return(value=ast.expr() as value) if not is_nothing(value):
            yield source.replaced(value, "None")
        case ast.If(test=test) | ast.IfExp(test=test):
            yield from (source.replaced(test, text) for text in ("True", "False"))
        case ast.While(test=test):
            yield source.replaced(test, "False")
        case ast.comprehension(ifs=tests):
            yield from (source.replaced(test, "True") for test in tests)
        case ast.ExceptHandler(type=ast.expr() as caught):
            yield source.replaced(caught, "Exception" if ast.unparse(caught) == "BaseException" else "()")


def in_operator(source: Source, node: ast.AST) -> Iterator[Change]:
    """Yield the faults of an operator: it is the next one, or a part of a condition does not count."""
    match node:
        case ast.Compare(left=left, ops=operators, comparators=rights):
            for (one, other), operator in zip(pairwise([left, *rights]), operators, strict=True):
                yield from source.between(one, other, operator)
        case ast.BoolOp(values=values, op=operator):
            for one, other in pairwise(values):
                yield from source.between(one, other, operator)
            yield from (source.replaced(value, str(isinstance(operator, ast.And))) for value in values)
        case ast.BinOp(left=left, right=right, op=operator):
            yield from source.between(left, right, operator)
        case ast.UnaryOp(op=ast.Not()):
            yield Change(source.start(node), source.start(node) + len("not "), "")


def in_value(source: Source, node: ast.AST) -> Iterator[Change]:
    """Yield the faults of a value: it is another one, or what was to be done with it is not."""
    match node:
        case ast.Constant(value=bool() as value):
            yield source.replaced(node, str(not value))
        case ast.Constant(value=int() as value):
            yield from (source.replaced(node, str(near)) for near in (value + 1, value - 1))
        case ast.Call(func=ast.Name(id="suppress"), args=[first, *_] as caught):
            yield Change(source.start(first), source.end(caught[-1]), "")
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in UNWRAPPED:
            inner = node.args[0] if node.args else node.func.value
            yield source.replaced(node, source.raw[source.start(inner) : source.end(inner)].decode())


def is_nothing(value: ast.expr) -> bool:
    """Say whether a value is None, or False, which nobody tells from it."""
    return isinstance(value, ast.Constant) and (value.value is None or value.value is False)


def mutants(module: str, text: str, only: str = "") -> list[Mutant]:
    """Return the faults that can be put into a module, "files.edits", or into one of its functions."""
    source, found = Source(text), {}
    for name, function in functions(source.tree).items():
        if only not in ("", name):
            continue
        for node in (node for statement in function.body for node in [statement, *parts(statement)]):
            for change in changes(source, node):
                faulty = source.after(change)
                found.setdefault(faulty, Mutant(f"{module}.{name}", *differing(text, faulty), module, faulty))
    return list(found.values())


def differing(before: str, after: str) -> tuple[str, str]:
    """Return the lines that differ, without and with a fault, indented as little as they can be."""
    ours, theirs = before.splitlines(), after.splitlines()
    for tag, *ends in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            return tuple(
                "\n".join(map(str.strip, side)) for side in (ours[ends[0] : ends[1]], theirs[ends[2] : ends[3]])
            )
    return "", ""


def path_of(module: str, root: Path = ROOT) -> Path:
    """Return the file of a module of the kit."""
    place = root.joinpath(PACKAGE, *module.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
