"""Copies of the kit's notebooks in a folder of the user's, for where the kit runs without a checkout."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from interview_kit.files.disk import read_bytes, read_json_object, replace_bytes
from interview_kit.files.problems import as_records_error

ELSEWHERE = "; name another folder with --notebook-dir FOLDER, and one for your records by INTERVIEW_KIT_DATA=FOLDER"
PLACED = ".placed.json"  # in the folder: the digest of each notebook as it was put there


def place_notebooks(shipped: Path, folder: Path) -> list[str]:
    """Put this version's notebooks into a folder, and return a sentence for each thing that the person should know.

    A copy that the person changed is never overwritten: where this version has a newer notebook, that is put beside
    it. Raises `RecordsError` where the folder cannot be written to.
    """
    with as_records_error(f"the notebooks cannot be put into {folder}", ELSEWHERE):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    placed, told = read_placed(folder), []
    for source in sorted(shipped.glob("*.ipynb")):
        told += place_notebook(source, folder, placed)
    with as_records_error(f"the notebooks cannot be put into {folder}", ELSEWHERE):
        replace_bytes(folder / PLACED, json.dumps(placed).encode())
    return told


def place_notebook(source: Path, folder: Path, placed: dict[str, str]) -> list[str]:
    """Put one notebook into the folder or beside the person's own, note it in `placed`, and say of it what is new."""
    name, newest, own = source.name, digest_of(source), digest_of(folder / source.name)
    before, placed[name] = placed.get(name, ""), newest
    if own in ("", before):
        if own != newest:
            copy(source, folder / name)
        return []
    if newest in (own, before):  # the person's copy is this version's, or this version's was offered already
        return []
    beside = free_name(source, folder)
    copy(source, folder / beside)
    return [f"You changed {name}, so it stays as it is; the one of this version is beside it: {beside}."]


def free_name(source: Path, folder: Path) -> str:
    """Return the name for a newer notebook beside a changed one, which no other has."""
    names = (f"{source.stem}_new{number}.ipynb" for number in ("", *range(2, 10_000)))
    return next(name for name in names if not (folder / name).exists())


def copy(source: Path, target: Path) -> None:
    """Copy a notebook, whole or not at all."""
    with as_records_error(f"{target.name} cannot be put into {target.parent}", ELSEWHERE):
        replace_bytes(target, source.read_bytes())


def read_placed(folder: Path) -> dict[str, str]:
    """Return the digest of each notebook as it was put into a folder, none where that cannot be told."""
    return {str(name): str(digest) for name, digest in read_json_object(folder / PLACED).items()}


def digest_of(path: Path) -> str:
    """Return a digest of a notebook's cells, which running and saving it leave as it is; "" where there is none."""
    raw = read_bytes(path)
    if raw is None:
        return ""
    cells = repr(list(cells_of(raw))).encode(errors="backslashreplace")
    return hashlib.blake2b(cells, digest_size=16).hexdigest()


def cells_of(raw: bytes) -> Iterable[object]:
    """Return the kind and the text of each cell of a notebook; the bytes themselves where they are none."""
    try:
        return [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(raw)["cells"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return [raw]
