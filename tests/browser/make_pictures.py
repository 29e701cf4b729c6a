"""Makes the README's two pictures from the real course: python tests/browser/make_pictures.py"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from course_page import FLAGS, ROOT, Course, CoursePage, browser_path
from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = ROOT / "assets" / "pictures"
WIDTH = 720  # pixels of the animated picture


def shot(page, clip) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        course = Course(Path(folder))
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        try:
            lesson = CoursePage(course, browser, "03_release", 1280, 1000, "light", True).wait_until_started()
            page = lesson.page
            for box, value in zip(lesson.panel.locator(".ror-points input").all(), "53100", strict=True):
                box.fill(value)
            lesson.panel.get_by_role("button", name="Commit my prediction").click()
            lesson.panel.locator(".ror-plot .main-svg").first.wait_for()
            body = lesson.panel.locator(".ror-explorer .ror-body").first
            body.evaluate("element => element.scrollIntoView({block: 'start'})")
            page.wait_for_timeout(1500)
            clip = body.bounding_box()
            clip = {"x": clip["x"] - 12, "y": clip["y"] - 8, "width": clip["width"] + 24, "height": clip["height"] + 16}
            shot(page, clip).save(FOLDER / "release.png", optimize=True)

            frames, times = [], []

            def frame(milliseconds: int) -> None:
                page.wait_for_timeout(250)
                picture = shot(page, clip)
                frames.append(picture.resize((WIDTH, round(WIDTH * picture.height / picture.width)), Image.LANCZOS))
                times.append(milliseconds)

            def move(name: str, positions) -> None:
                slider = lesson.panel.locator(f"input[type=range][data-name={name}]").first
                for position in positions:
                    slider.evaluate(
                        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true}));"
                        "e.dispatchEvent(new Event('change', {bubbles: true})); }",
                        position,
                    )
                    frame(140)
                times[-1] = 1400

            move("miss", range(50, -1, -5))
            move("clock", range(20, 100, 6))
            colours = frames[0].quantize(64)
            small = [f.quantize(64, palette=colours, dither=Image.Dither.NONE) for f in frames]
            small[0].save(
                FOLDER / "release.gif", save_all=True, append_images=small[1:], duration=times, loop=0, optimize=True
            )
        finally:
            browser.close()
            course.stop()


if __name__ == "__main__":
    main()
