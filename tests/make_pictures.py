"""Make the README's pictures from the sample: `uv run python -m tests.make_pictures`."""

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
    typed["ended_at"] = f"{ended:%H:%M}"
    for name, text in typed.items():
        page.locator(f".ik-column-{name} input").first.fill(text)
    page.locator(".ik-column-stage select").first.select_option("technical")
    page.locator(".ik-column-format select").first.select_option("video")
    page.locator(".ik-column-issues textarea").fill("Their data has no time zones. I asked why; nobody knew.")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(500)
    box = page.locator(".ik-panel").first.bounding_box()
    clip = {"x": box["x"] - 16, "y": box["y"] - 8, "width": 770, "height": 760}
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
        shutil.copytree(lab.ROOT / "data" / "sample", folder / "mine")
        with lab.running_lab(folder) as address, lab.open_notebook(browser, address) as page:
            page.locator(".ik-panel [role=radiogroup]").first.wait_for()
            picture_of_the_form(page)


if __name__ == "__main__":
    main()
