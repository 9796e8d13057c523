"""Which room may import from which: the table of the house, held to the code."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

KIT = Path(__file__).resolve().parent.parent / "interview_kit"
SOURCES = sorted(KIT.rglob("*.py"))

# A room, and what it may import from the kit.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "__init__": (),
    "schema": ("schema",),
    "words": (),
    "files": ("words", "files"),
    "places": (),
    "user_notebooks": ("files",),
    "journal": ("schema", "words", "files", "places", "journal"),
    "importing": ("schema", "words", "importing"),
    "stats": ("stats",),
    "frame": ("schema", "words", "frame"),
    "clients": ("schema", "words", "stats", "files", "places", "frame", "journal", "clients"),
    "engines": ("schema", "frame", "engines"),
    "patterns": ("schema", "words", "frame", "engines", "stats", "patterns"),
    "trends": ("schema", "words", "frame", "engines", "stats", "trends"),
    "next_steps": ("schema", "words", "frame", "stats", "files", "next_steps"),
    "charts": ("schema", "words", "charts"),
    "studies": ("words", "patterns", "trends", "next_steps", "charts"),
    "report": ("schema", "words", "files", "frame", "patterns", "trends", "next_steps", "charts", "studies", "report"),
}
BELOW = tuple(room for room in MAY_IMPORT if room != "__init__")
MAY_IMPORT["widgets"] = (*BELOW, "widgets")
MAY_IMPORT["pages"] = ("places", "user_notebooks", "pages")
MAY_IMPORT["commands"] = (*BELOW, "commands")
MAY_IMPORT["app"] = (*BELOW, "widgets", "commands")

HEAVY = {
    *("scipy", "plotly", "pandas", "ipywidgets", "anywidget", "itables", "pyarrow", "kaleido", "jupyterlab"),
    *("jinja2", "icalendar", "fsrs", "openpyxl", "platformdirs", "tzlocal"),
}
# Whoever takes a frame has pandas already: these rooms may import it at once, and so do those that import them.
TAKING_FRAMES = ("frame", "engines", "patterns", "trends", "next_steps", "studies")
ABOVE_FRAMES = (*TAKING_FRAMES, "clients", "report", "widgets")
# The one library that is no table of its own: only who counts another engine's table loads it.
ENGINES = "narwhals"


def room_of(path: Path) -> str:
    """Return the room that a source lies in: its folder in the kit, or its own name."""
    return path.relative_to(KIT).parts[0].removesuffix(".py")


def violations(room: str, source: str, name: str = "") -> list[str]:
    """Return a sentence for each import in a source that its room must not have."""
    if room not in MAY_IMPORT:
        return [f"{name or room} is not in the table; its rooms are {', '.join(MAY_IMPORT)}"]
    tree = ast.parse(source)
    found = [f"{name or room} line {line} imports {what}" for line, what in kit_violations(room, tree)]
    if room != "widgets":
        late = HEAVY - ({"pandas"} if room in TAKING_FRAMES else set())
        heavy = [(node.lineno, top) for node in at_top(tree) for top in tops(node) if top in late]
        found += [f"{name or room} line {line} imports {top} before it is needed" for line, top in heavy]
    return found


def kit_violations(room: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each import from the kit that the table does not list."""
    allowed = MAY_IMPORT[room]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "relatively; write interview_kit"
        if room != "__init__" and called_name(node) in ("import_module", "__import__"):
            yield node.lineno, "by a string, which hides what it imports"
        for wanted in kit_rooms(node):
            if wanted not in allowed:
                yield node.lineno, f"{wanted}; {room} may import {', '.join(allowed) or 'nothing'} from the kit"


def kit_rooms(node: ast.AST) -> list[str]:
    """Return the rooms that an import statement names; a public name asked of the kit itself counts as itself."""
    if isinstance(node, ast.Import):
        paths = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module == "interview_kit":
        paths = [f"interview_kit.{alias.name}" for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        paths = [node.module or ""]
    else:
        paths = []
    parts = [path.split(".") for path in paths]
    return [(path[1] if len(path) > 1 else "interview_kit") for path in parts if path[0] == "interview_kit"]


def called_name(node: ast.AST) -> str:
    """Return the last name of what is called, empty where nothing is."""
    called = node.func if isinstance(node, ast.Call) else None
    return getattr(called, "attr", getattr(called, "id", ""))


TOUCHING = {  # what a path is asked for, or made to do, on the disk
    *("exists", "is_file", "is_dir", "stat", "lstat", "iterdir", "glob", "rglob", "mkdir", "touch", "unlink", "rmdir"),
    *("read_text", "read_bytes", "write_text", "write_bytes", "open"),
}
PARTS_OF_OTHERS = {"exports", ".backups", ".drafts", "interviews.csv"}  # of a folder that only its room may know
THEIR_OWN_FILES = {"picture.py"}  # reads the script that comes with Plotly


def touched(source: str) -> list[str]:
    """Return what a source does on the disk, or knows of what lies in a folder of records, with its lines."""
    nodes = [*ast.walk(ast.parse(source))]
    calls = [(node.lineno, called_name(node)) for node in nodes if isinstance(node, ast.Call)]
    joined = [node.right for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    parts = [(node.lineno, str(node.value)) for node in joined if isinstance(node, ast.Constant)]
    found = [pair for pair in calls if pair[1] in TOUCHING] + [pair for pair in parts if pair[1] in PARTS_OF_OTHERS]
    return [f"line {line}: {what}" for line, what in sorted(found)]


@pytest.mark.parametrize("path", sorted((KIT / "widgets").glob("*.py")), ids=lambda path: path.name)
def test_panels_collect_and_show_and_touch_no_file(path):
    assert path.name in THEIR_OWN_FILES or touched(path.read_text(encoding="utf-8")) == []


def test_what_touches_a_file_is_found():
    source = 'hidden = (folder / ".backups").exists()\nout = folder / "exports" / "report"\nname = "exports"\n'
    assert touched(source) == ["line 1: .backups", "line 1: exists", "line 2: exports"]


def type_checking_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands under `if TYPE_CHECKING:` and so never runs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for statement in node.body:
                yield from ast.walk(statement)


def at_top(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the import statements that run when the module is imported, in classes and conditions too."""
    waiting: list[ast.AST] = [tree]
    hidden = set(type_checking_nodes(tree))
    while waiting:
        node = waiting.pop()
        if node in hidden or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        waiting += ast.iter_child_nodes(node)


def tops(node: ast.stmt) -> list[str]:
    """Return the packages that an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    return [(node.module or "").split(".")[0]] if isinstance(node, ast.ImportFrom) else []


def python(code: str) -> str:
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(KIT).as_posix())
def test_room_imports_only_what_the_table_lists(path):
    assert violations(room_of(path), path.read_text(encoding="utf-8"), path.relative_to(KIT).as_posix()) == []


@pytest.mark.parametrize(
    ("room", "source", "sentence"),
    [
        (
            "stats",
            "def f():\n    from interview_kit import journal",
            "stats line 2 imports journal; stats may import stats from the kit",
        ),
        (
            "journal",
            "import interview_kit.stats",
            "journal line 1 imports stats; journal may import schema, words, files, places, journal from the kit",
        ),
        (
            "schema",
            "from interview_kit.journal import Journal",
            "schema line 1 imports journal; schema may import schema from the kit",
        ),
        (
            "charts",
            "import interview_kit",
            "charts line 1 imports interview_kit; charts may import schema, words, charts from the kit",
        ),
        (
            "patterns",
            "from interview_kit import Journal",
            "patterns line 1 imports Journal; patterns may import schema, words, frame, engines, stats, patterns "
            "from the kit",
        ),
        ("journal", "from . import schema", "journal line 1 imports relatively; write interview_kit"),
        (
            "charts",
            "import importlib\nimportlib.import_module('interview_kit.stats')",
            "charts line 2 imports by a string, which hides what it imports",
        ),
        ("stats", "from scipy.stats import norm", "stats line 1 imports scipy before it is needed"),
        ("charts", "try:\n    import plotly.io\nexcept ImportError:\n    pass", "charts line 2 imports plotly"),
        ("journal", "import pandas as pd", "journal line 1 imports pandas before it is needed"),
        ("utils", "", "utils is not in the table; its rooms are __init__, schema"),
    ],
)
def test_what_the_table_does_not_list_is_found(room, source, sentence):
    found = violations(room, source)
    assert len(found) == 1
    assert found[0].startswith(sentence)


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("stats", "def f():\n    import scipy.stats\n    return scipy.stats"),
        ("journal", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas as pd"),
        ("journal", "from interview_kit import files, schema\nfrom interview_kit.schema import TABLES"),
        ("patterns", "import pandas as pd"),
        ("widgets", "import ipywidgets\nfrom interview_kit.widgets.style import CSS"),
    ],
)
def test_what_the_table_lists_is_left_alone(room, source):
    assert violations(room, source) == []


def test_importing_the_kit_imports_no_tables_and_no_numbers():
    code = "import sys, interview_kit; print(*sorted({'pandas', 'numpy', 'scipy', 'ipywidgets'} & set(sys.modules)))"
    assert python(code) == ""


def heavy_after_importing(rooms: list[str]) -> str:
    return loaded_after(f"import importlib; [importlib.import_module('interview_kit.' + room) for room in {rooms!r}]")


def loaded_after(code: str) -> str:
    names = sorted({*HEAVY, ENGINES})
    return python(f"import sys; {code}; print(*[name for name in {names!r} if name in sys.modules])")


def test_importing_the_rooms_that_take_no_frame_leaves_heavy_imports_for_later():
    rooms = sorted({room_of(path) for path in SOURCES} - {"__init__", *ABOVE_FRAMES})
    assert {"journal", "importing", "charts", "commands", "app", "pages"} <= {*rooms}
    assert heavy_after_importing(rooms) == ""


def test_importing_every_room_but_the_widgets_imports_no_more_than_pandas():
    rooms = sorted({room_of(path) for path in SOURCES} - {"__init__", "widgets"})
    assert heavy_after_importing(rooms) == loaded_after("import pandas")
