"""The questions of a page of the real course, and where they stand on it."""

from lessons.grading.bank import banks
from lessons.grading.items import Choice, Numeric

LESSON = "03_release"
ITEMS = list(banks()["03"].items.values())
CHOICE = next(item for item in ITEMS if isinstance(item, Choice))
NUMBER = next(item for item in ITEMS if isinstance(item, Numeric))


def card(page, item):
    """The card of a question."""
    return page.panel.locator("form.ror-item").filter(has=page.page.locator("legend", has_text=item.stem))


def told(page, item):
    return card(page, item).get_by_role("status")


def choose(page, item, option):
    card(page, item).get_by_role("radio", name=option.text).check()
    card(page, item).get_by_role("button", name="Check").click()


def answer(page, item, number):
    card(page, item).get_by_role("textbox").fill(number)
    card(page, item).get_by_role("button", name="Check").click()


def start_over(page):
    page.panel.locator(".ror-quiz").get_by_role("button", name="Start over").click()
    page.panel.locator(".ror-quiz").get_by_role("button", name="Yes, start over").click()


def progress(page):
    return page.panel.locator(".ror-progress")
