"""What decides is a code, an enum or a column: no branch of the kit compares, searches or cuts a sentence."""

import ast
from pathlib import Path

import pytest

from interview_kit import schema

KIT = Path(__file__).resolve().parent.parent / "interview_kit"
SOURCES = sorted(KIT.rglob("*.py"))
CUTTING = {
    *("startswith", "endswith", "removeprefix", "removesuffix", "replace", "split", "partition", "rpartition"),
    *("find", "index", "count", "contains", "fullmatch", "match", "search"),
}
CODES = {choice for choices in schema.CHOICES.values() for choice in choices}
# What looks like a sentence of ours and is none: it is looked for in what others wrote.
OF_OTHERS = {
    ("importing/csv_rows.py", "end of data"),  # what Python's csv module says
    ("importing/reading.py", "question and answers"),  # a column of LinkedIn
    ("pages/shipped.py", "Run All Cells"),  # a paragraph of a notebook that is for JupyterLab alone
}


def is_sentence(node: ast.AST) -> bool:
    """Say whether a node is a text of several words."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    words = node.value.split()
    return len(words) > 1 and all(word.strip(".,:;!?'“”").isalpha() for word in words[:2])


def texts_in(node: ast.AST, named: dict[str, ast.AST]) -> list[str]:
    """Return the sentences that an operand is or holds, those that a name of the module stands for, too."""
    node = named.get(node.id, node) if isinstance(node, ast.Name) else node
    parts = node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else [node]
    return [part.value for part in parts if isinstance(part, ast.Constant) and is_sentence(part)]


def decided_by(tree: ast.Module) -> list[tuple[int, str]]:
    """Return the line and the text of each sentence by which something is decided."""
    assigned = [node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)]
    named = {node.targets[0].id: node.value for node in assigned}
    found = []
    for node in ast.walk(tree):
        operands: list[ast.AST] = []
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CUTTING:
            operands = node.args
        found += [(node.lineno, text) for operand in operands for text in texts_in(operand, named)]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(KIT).as_posix())
def test_nothing_is_decided_by_the_words_of_a_sentence(path):
    name = path.relative_to(KIT).as_posix()
    found = decided_by(ast.parse(path.read_text(encoding="utf-8")))
    fewest = 3 if path.parent.name == "importing" else 2  # words; names of two are columns of trackers there
    ours = [(line, text) for line, text in found if text not in CODES and len(text.split()) >= fewest]
    assert [place for place in ours if (name, place[1]) not in OF_OTHERS] == []


@pytest.mark.parametrize(
    "source",
    [
        'why != "as you said"',
        '"kept in the notes" in why',
        'text.endswith("say what it means")',
        'AFTER = "is after To"\nAFTER in text',
        'str(error).replace("the end", "To")',
        'why in ("as you said", "guess")',
    ],
)
def test_a_branch_on_a_sentence_is_found(source):
    assert len(decided_by(ast.parse(source))) == 1


@pytest.mark.parametrize("source", ['name.startswith("did_")', "by is By.SAID", 'kind == "yes/no"'])
def test_a_code_is_none(source):
    assert decided_by(ast.parse(source)) == []
