"""Which notebooks are shown as pages: the kit's own, as they were shipped."""

import re
from functools import cache
from typing import Any

from interview_kit.places import NOTEBOOKS
from interview_kit.user_notebooks import cells_of

HINT = "Run All Cells"  # a paragraph for JupyterLab alone has these words


@cache
def shipped_notebooks() -> dict[str, list[Any]]:
    """Return the cells of each notebook that is shipped, by its file's name."""
    return {path.name: list(cells_of(path.read_bytes())) for path in sorted(NOTEBOOKS.glob("*.ipynb"))}


def refusal(path: str, notebook: Any) -> str:
    """Return why a notebook is not run as a page, empty where it is one of the kit's own.

    The very cells that would be run are compared, so that nothing can change between looking and running. It must lie
    in the folder of the notebooks: elsewhere, a file beside a true copy could be run in the place of what it imports.
    """
    folder, _, name = path.strip("/").rpartition("/")
    cells = [(cell.cell_type, cell.source) for cell in notebook.cells]
    if folder == "notebooks" and cells in shipped_notebooks().values():
        return ""
    if folder == "notebooks" and name in shipped_notebooks():
        return f"{name} was changed, so it is not run as a page. Open it as a notebook to run it."
    return (
        f"{name} is none of Interview Kit's own notebooks, so it was not run. If you trust it, open it as a notebook."
    )


def without_hints(notebook: Any) -> Any:
    """Return a notebook without the paragraphs that say how it is run in JupyterLab."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = "\n\n".join(text for text in re.split(r"\n\s*\n", cell.source) if HINT not in text)
    return notebook
