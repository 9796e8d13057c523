"""Save what people see, to be looked at: `uv run python -m tests.make_screens FOLDER [NAME ...]`.

Each screen is saved light and dark, as it stands on the screens that people have, from the invented sample. The clients
are invented, too: parts of the sample in a temporary folder, and their names say so.
"""

import argparse
import csv
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tests.browser import lab

SIZES = {"laptop": (1280, 800), "large": (1440, 900), "half": (800, 900), "phone": (390, 844)}
WITHOUT_RECORDS = ("empty",)
SAMPLE = lab.ROOT / "data" / "sample"
SCREENS = {
    # name: notebook, size, face
    "home": ("0_home", "laptop", "lab"),
    "home-empty": ("0_home", "laptop", "lab"),
    "debrief": ("1_debrief", "laptop", "lab"),
    "debrief-large": ("1_debrief", "large", "lab"),
    "debrief-half": ("1_debrief", "half", "lab"),
    "patterns": ("2_patterns", "laptop", "lab"),
    "patterns-half": ("2_patterns", "half", "lab"),
    "trends": ("3_trends", "laptop", "lab"),
    "next-steps": ("4_next_steps", "laptop", "lab"),
    "share": ("5_share", "laptop", "lab"),
    "import": ("6_import", "laptop", "lab"),
    "clients": ("7_clients", "laptop", "lab"),
    "clients-half": ("7_clients", "half", "lab"),
    "home-page": ("0_home", "laptop", "page"),
    "home-phone": ("0_home", "phone", "page"),
    "debrief-phone": ("1_debrief", "phone", "page"),
    "patterns-phone": ("2_patterns", "phone", "page"),
    "trends-phone": ("3_trends", "phone", "page"),
    "next-steps-phone": ("4_next_steps", "phone", "page"),
    "share-phone": ("5_share", "phone", "page"),
    "clients-phone": ("7_clients", "phone", "page"),
}


def main() -> None:
    """Save the screens that are named, or all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("names", nargs="*", choices=[*SCREENS, []], default=[])
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    names = given.names or [*SCREENS]
    of_clients = [name for name in names if name.startswith("clients")]
    with lab.open_browser() as browser:
        save_all(browser, [name for name in names if name not in of_clients], given.folder)
        with tempfile.TemporaryDirectory() as clients, patch.dict(os.environ, {"INTERVIEW_KIT_CLIENTS": clients}):
            write_clients(Path(clients))
            save_all(browser, of_clients, given.folder)


def save_all(browser, names: list[str], folder: Path) -> None:
    """Save some screens light and dark, of one server; nothing is started for none."""
    if not names:
        return
    with tempfile.TemporaryDirectory() as place, lab.running_lab(Path(place)) as address:
        for screen in names:
            lab.make_new(Path(place), address)
            if not screen.endswith(WITHOUT_RECORDS):
                shutil.copytree(SAMPLE, Path(place) / "mine")
            for theme in ("light", "dark"):
                save(browser, address, screen, folder / f"{screen}-{theme}.png")


def write_clients(folder: Path) -> None:
    """Write thirty people's files: parts of the sample, one as a folder of records, one that cannot be read."""
    with (SAMPLE / "interviews.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    for number in range(1, 29):
        with (folder / f"Invented client {number:02d}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows[number % 5 :: 1 + number % 7]])
    shutil.copytree(SAMPLE, folder / "Invented client 29")
    (folder / "Invented client 30.csv").write_text('id,company\ni-x,"open', encoding="utf-8")


def save(browser, address: str, screen: str, path: Path) -> None:
    """Save one screen, once it stands still."""
    notebook, size, face = SCREENS[screen]
    look = {"dark": path.stem.endswith("-dark"), "size": SIZES[size]}
    opened = lab.open_notebook if face == "lab" else open_page
    with opened(browser, address, f"{notebook}.ipynb", **look) as page:
        page.locator(".ik-panel").first.wait_for()
        page.wait_for_timeout(2500)
        page.screenshot(path=path)


@contextmanager
def open_page(browser, address: str, name: str, *, dark: bool, size: tuple[int, int]):
    """Yield a notebook as a page."""
    with browser.page(size, dark=dark) as page:
        page.goto(f"{address}/voila/render/notebooks/{name}?token={lab.TOKEN}", wait_until="commit")
        yield page


if __name__ == "__main__":
    main()
