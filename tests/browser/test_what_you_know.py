"""What a learner knows so far: in the real course from answers to a file and back, and as a page of its own."""

import json
from importlib.resources import files

import pytest
from asked import CHOICE, LESSON, choose, told

from lessons.grading.bank import misconceptions
from lessons.interface.report import Report

WRONG = next(option for option in CHOICE.options if not option.correct)
BELIEF = misconceptions()[WRONG.misconception].belief
LOAD = """async ([code, style, pages]) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  const module = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  window.sent = [];
  const on = (_, heard) => (window.tell = heard);
  const model = { get: () => pages, send: (said) => sent.push(said), on, off: () => {} };
  module.default.render({ model, el: document.body.appendChild(document.createElement('main')) });
}"""
DARK = """document.body.dataset.jpThemeLight = 'false';
const colours = { 'content-font-color1': '#eee', 'layout-color1': '#111', 'border-color2': '#444',
  'content-link-color': '#8cf' };
for (const [name, value] of Object.entries(colours))
  document.body.style.setProperty(`--jp-${name}`, value);
document.body.style.background = '#111';"""
GRAVE = """async () => (await axe.run(document.querySelector('main'), {resultTypes: ['violations']})).violations
  .filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html}`)"""
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"

NASTY = "<img src=x onerror=\"alert('!')\"> </script><b>bold</b> \u202e"
PAGES = {
    "03": {"id": "03", "title": "Release", "file": "03_release.ipynb"},
    "09": {"id": "09", "title": "To come", "file": ""},
}
FULL = {
    "known": {
        "told": "1 claim of the paper understood, 7 on the way.",
        "mastered": ["It twitches"],
        "coming": [{"text": f"Claim {n}", "told": "Right so far; once more on another day."} for n in range(7)],
    },
    "beliefs": {"told": "1 belief.", "list": [{"text": NASTY, "right": False, "told": "Once, on page 03."}]},
    "sureness": {
        "told": "1 answer wrong although you were sure: those teach the most.",
        "bars": [
            {"label": "Guessed", "share": None, "told": "no answer yet"},
            {"label": "Fairly sure", "share": 1.0, "told": "2 of 2 right"},
            {"label": "Sure", "share": 0.25, "told": "1 of 4 right"},
        ],
    },
    "predictions": {
        "told": "0 of 1 prediction came as you said.",
        "list": [{"question": "What happens?", "yours": NASTY, "outcome": "It falls", "agreed": False}],
    },
    "today": {
        "told": "2 questions for today.",
        "list": [
            {"page": "03", "text": "Why does it twitch?", "told": "You missed it."},
            {"page": "09", "text": "What then?", "told": "You missed it."},
        ],
    },
    "gain": {
        "told": "33 % right before the course, 67 % after it.",
        "bars": [
            {"label": "Before", "share": 0.33, "told": "33 % right"},
            {"label": "After", "share": 0.67, "told": "67 % right"},
        ],
    },
    "apart": {"told": "", "list": [{"text": "old (page 03)", "told": NASTY}]},
    "trouble": [],
    "said": "",
    "files": ["export-2026-11-27.json", "from work.json"],
}
NOTHING = {"told": "It will stand here."}
EMPTY = {
    **dict.fromkeys(("known", "beliefs", "sureness", "predictions", "today"), NOTHING),
    "gain": None,
    "apart": {"told": "", "list": []},
    "trouble": [],
    "said": "",
    "files": [],
}


class Shown:
    """The report on a page of its own; `tell` is what the kernel says, `sent` what it hears."""

    def __init__(self, page):
        self.page = page
        page.route(
            "**/*",
            lambda route: route.fulfill(
                body="<!doctype html><html lang=en><title>A page</title><h1>Page</h1><h2>Part</h2>",
                content_type="text/html",
            ),
        )
        page.goto("http://127.0.0.1:8950/doc/tree/notebooks/00_start_here.ipynb")
        page.evaluate(LOAD, [Report._esm, Report._css, PAGES])

    def tell(self, report):
        self.page.evaluate("message => tell(message)", {"kind": "report", **report})

    def sent(self):
        return self.page.evaluate("sent.splice(0)")


@pytest.fixture
def shown(empty_page):
    return Shown(empty_page)


# ---- the real course ----


def test_an_answer_of_another_page_stands_in_the_report_and_comes_back_from_a_file(own_record, open_page):
    lesson = open_page(LESSON, course=own_record).wait_until_started()
    choose(lesson, CHOICE, WRONG)
    told(lesson, CHOICE).get_by_text(WRONG.feedback).wait_for()
    lesson.panel.locator(".ror-quiz").get_by_role("button", name="Start over").click()
    lesson.panel.locator(".ror-quiz").get_by_role("button", name="Yes, start over").click()
    page = open_page("00_start_here", course=own_record).wait_until_started()
    report = page.panel.locator(".ror-report")
    report.scroll_into_view_if_needed()
    belief = report.get_by_text(f"“{BELIEF}”")
    belief.wait_for()  # also after starting over
    report.locator("summary", has_text="Keep it").press("Enter")
    report.get_by_role("button", name="Write everything into a file").press("Enter")
    report.get_by_text("Everything is in").wait_for()
    (export,) = own_record.record.glob("export-*.json")
    try:
        own_record.forget()  # another computer
        report.get_by_role("button", name="Refresh").click()
        belief.wait_for(state="detached")
        assert report.get_by_label("A file in the folder").input_value() == export.name
        report.get_by_role("button", name="Add it to my record").press("Enter")
        belief.wait_for()
        assert "added from" in report.get_by_role("status").inner_text()
        kept = json.loads((own_record.record / "lesson_03.json").read_text("utf-8"))
        assert [event["kind"] for event in kept["events"]] == ["answer", "start over"]
        assert page.violations() == []
        page.save()
        assert page.course.file_of(page.lesson).read_bytes() == page.written
        page.picture("00 what you know so far")
    finally:
        export.unlink()


# ---- a page of its own ----


def test_what_a_learner_wrote_is_text_everywhere(shown):
    shown.tell(FULL)
    page = shown.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert page.locator("main :is(img, b, script)").count() == 0
    assert page.get_by_text("onerror", exact=False).count() == 3


def test_each_block_has_a_heading_and_says_in_words_what_its_bars_show(shown):
    shown.tell(FULL)
    page = shown.page
    headings = page.get_by_role("heading", level=3).all_inner_texts()
    assert headings == [
        "What you know",
        "What you believed",
        "How sure, and how right",
        "What you predicted",
        "Today",
        "Before and after",
        "Kept apart",
    ]
    sure = page.get_by_role("region", name="How sure, and how right").get_by_role("listitem")
    assert [" ".join(text.split()) for text in sure.all_inner_texts()] == [
        "Guessed no answer yet",
        "Fairly sure 2 of 2 right",
        "Sure 1 of 4 right",
    ]
    widths = [bar.bounding_box()["width"] for bar in page.locator(".ror-bars").first.locator(".ror-bar > span").all()]
    assert widths[0] == 0 and 3.5 < widths[1] / widths[2] < 4.5


def test_long_lists_are_folded_and_predictions_open_by_key(shown):
    shown.tell(FULL)
    page = shown.page
    assert not page.get_by_text("Claim 6").is_visible()
    page.locator("summary", has_text="2 more").press("Enter")
    assert page.get_by_text("Claim 6").is_visible()
    assert not page.get_by_text("It falls").is_visible()
    page.locator("summary", has_text="Not as you said.").press("Enter")
    assert page.get_by_text("It falls").is_visible()


def test_what_comes_back_leads_to_its_page_if_there_is_one(shown):
    shown.tell(FULL)
    (link,) = shown.page.get_by_role("link").all()
    assert link.inner_text() == "03 Release"
    assert link.get_attribute("href") == "/doc/tree/notebooks/03_release.ipynb"


def test_with_an_empty_record_there_is_a_sentence_in_each_block_and_no_list(shown):
    shown.tell(EMPTY)
    page = shown.page
    assert page.get_by_text("It will stand here.").count() == 5
    assert page.locator("main :is(ul, ol)").count() == 0
    page.locator("summary", has_text="Keep it").click()
    assert not page.get_by_label("A file in the folder").is_visible()
    assert page.get_by_text("There is no such file in the folder yet.").is_visible()


def test_buttons_ask_the_kernel_and_a_stopped_kernel_is_said(shown):
    shown.tell(FULL)
    page = shown.page
    page.clock.install()
    shown.sent()
    page.get_by_role("button", name="Refresh").press("Enter")
    page.locator("summary", has_text="Keep it").press("Enter")
    page.get_by_role("button", name="Write everything into a file").press("Enter")
    page.get_by_label("A file in the folder").select_option("from work.json")
    page.get_by_role("button", name="Add it to my record").press("Enter")
    assert [said for said in shown.sent() if said["kind"] not in ("here", "hello")] == [
        {"kind": "refresh"},
        {"kind": "export"},
        {"kind": "import", "name": "from work.json"},
    ]
    page.clock.fast_forward(9000)
    assert "No answer yet." in page.get_by_role("status").inner_text()
    shown.tell({**FULL, "said": "Done.", "trouble": ["A file was damaged."]})
    assert page.get_by_role("status").inner_text() == "Done."
    assert page.get_by_role("alert").inner_text() == "A file was damaged."
    assert page.get_by_label("A file in the folder").input_value() == "from work.json", "the choice was lost"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 800, 400])
def test_it_is_accessible_and_fits_wide_and_narrow_in_both_themes(shown, theme, width):
    page = shown.page
    page.set_viewport_size({"width": width, "height": 800})
    if theme == "dark":
        page.evaluate(DARK)
    shown.tell(FULL)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate(GRAVE) == []
    assert not page.evaluate(TOO_WIDE)
