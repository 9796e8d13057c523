"""Save what people see, to be looked at: `uv run python -m tests.make_screens FOLDER [NAME ...]`.

Each screen is saved light and dark, as it stands on the screens that people have, from the invented sample.
"""

import argparse
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.browser import lab

SIZES = {"laptop": (1280, 800), "large": (1440, 900), "half": (800, 900), "phone": (390, 844)}
WITHOUT_RECORDS = ("empty",)
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
    "home-page": ("0_home", "laptop", "page"),
    "home-phone": ("0_home", "phone", "page"),
    "debrief-phone": ("1_debrief", "phone", "page"),
    "patterns-phone": ("2_patterns", "phone", "page"),
    "trends-phone": ("3_trends", "phone", "page"),
    "next-steps-phone": ("4_next_steps", "phone", "page"),
    "share-phone": ("5_share", "phone", "page"),
}


def main() -> None:
    """Save the screens that are named, or all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("names", nargs="*", choices=[*SCREENS, []], default=[])
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as name,
        lab.running_lab(Path(name)) as address,
        lab.open_browser() as browser,
    ):
        for screen in given.names or SCREENS:
            lab.make_new(Path(name), address)
            if not screen.endswith(WITHOUT_RECORDS):
                shutil.copytree(lab.ROOT / "data" / "sample", Path(name) / "mine")
            for theme in ("light", "dark"):
                save(browser, address, screen, given.folder / f"{screen}-{theme}.png")


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
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.goto(f"{address}/voila/render/notebooks/{name}?token={lab.TOKEN}", wait_until="commit")
    yield page
    context.close()


if __name__ == "__main__":
    main()
