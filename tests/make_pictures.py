"""Make the pictures of the README and docs from the sample: `uv run python -m tests.make_pictures`."""

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import interview_kit as ik
from tests.browser import lab

IMAGES = lab.ROOT / "notebooks" / "images"


def picture_of_the_form(page) -> None:
    """Save the top of the debrief form with an invented interview half written."""
    ended = datetime.now() - timedelta(hours=2)
    typed = {"company": "Quenbury Maps", "role": "Geodata Analyst", "interviewed_on": str(ended.date())}
    for name, text in typed.items():
        page.locator(f".ik-column-{name} input").first.fill(text)
    page.locator(".ik-column-stage select").first.select_option("technical")
    page.locator(".ik-column-issues textarea").fill("Their data has no time zones. I asked why; nobody knew.")
    for question, answer in (("Prepared", "yes"), ("Drank coffee", "no"), ("Calm", "4")):
        page.get_by_role("radiogroup", name=question).get_by_role("radio", name=answer, exact=True).click()
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(500)
    box = page.locator(".ik-panel").first.bounding_box()
    clip = {"x": box["x"] - 12, "y": box["y"] - 8, "width": box["width"] + 24, "height": box["height"] + 16}
    page.screenshot(path=IMAGES / "debrief.png", clip=clip)


def picture_of_the_behaviors() -> None:
    """Save the chart of the sample's behaviors, as anyone would save a chart."""
    interviews = ik.load_interviews(lab.ROOT / "data" / "sample" / "interviews.csv")
    table = ik.compare_behaviors(interviews, as_of="2026-11-20")
    ik.save_chart(ik.plot_behaviors(table), IMAGES / "behaviors.png", overwrite=True)


def main() -> None:
    """Make every picture."""
    IMAGES.mkdir(exist_ok=True)
    picture_of_the_behaviors()
    with tempfile.TemporaryDirectory() as name, lab.open_browser() as browser:
        folder = Path(name)
        with lab.running_lab(folder) as address:
            lab.make_new(folder, address)
            shutil.copytree(lab.ROOT / "data" / "sample", folder / "mine")
            with lab.open_notebook(browser, address) as page:
                page.set_viewport_size({"width": 1280, "height": 900})
                page.locator(".ik-panel [role=radiogroup]").first.wait_for()
                picture_of_the_form(page)


if __name__ == "__main__":
    main()
