"""The cards of the kinds that are more than one choice: by keyboard alone, told, kept, in any theme and width."""

from types import MappingProxyType

import pytest
from course_page import PICTURES
from examples import BY_TYPE
from question_cards import DARK, Cards, LiveCards

from lessons.grading import record
from lessons.grading.bank import Bank
from lessons.interface import quiz
from lessons.interface.quiz import Quiz, public
from lessons.lesson_models import MODELS

KINDS = ("many", "order", "two_tier", "prediction", "target", "curve")
FIELDS = MODELS["03"].parameters.described()
LOOKS = [(1280, "light"), (1280, "dark"), (800, "light"), (800, "dark")]
SMALL = """e => [...e.querySelectorAll('label:has([type=radio], [type=checkbox]), button:not([hidden]), select')]
  .filter((n) => n.checkVisibility() && n.getBoundingClientRect().height < 35).map((n) => n.outerHTML.slice(0, 80))"""


def meets(item, setting):
    return [setting["passes"] >= 2 and setting["miss"] < 2.5, setting["passes"] < 3]


def answer_many(press):
    press("Space", "Tab", "Tab", "Space")


def answer_order(press):
    press("1", "Tab", "2", "Tab", "3")


def answer_two_tier(press):
    press("ArrowDown", "Tab", "Space")


def answer_prediction(press):
    press("Space", "Tab", "Space", "Tab", "ArrowDown", "Tab", "ArrowUp")


def answer_target(press):
    press("Tab", "Home", "ArrowRight")


def answer_curve(press):
    for value in "024689":
        press(value, "Tab")


ANSWER = {
    "many": answer_many,
    "order": answer_order,
    "two_tier": answer_two_tier,
    "prediction": answer_prediction,
    "target": answer_target,
    "curve": answer_curve,
}
# What is asked, what of it is said when it was marked, and how much of the answer the marks speak of.
SAID = {
    "many": ("Tick all that apply.", "ticks are right", 2),
    "order": ("Give each step its place", "steps follow the one before", 0),
    "two_tier": ("Because", "The answer", 2),
    "prediction": ("an hour later", "cells are right", 4),
    "target": ("Reach all of these:", "goals are met", 2),
    "curve": ("Drag in the drawing", "The shape agrees by", 4),
}


@pytest.fixture(params=KINDS)
def item(request, monkeypatch):
    asked = BY_TYPE[request.param]
    monkeypatch.setattr(quiz, "bank", lambda lesson: Bank(lesson, MappingProxyType({asked.id: asked}), ""))
    return asked


@pytest.fixture
def opened(empty_page):
    """opened() -> cards with a new quiz behind them, as after a page was loaded anew."""

    def opened(width=1280, theme="light"):
        empty_page.goto("about:blank")
        empty_page.set_viewport_size({"width": width, "height": 1400})
        cards = LiveCards(empty_page, Quiz("03", FIELDS, meets))
        if theme == "dark":
            empty_page.evaluate(DARK)
        cards.check = cards.form.get_by_role("button").first
        return cards

    return opened


def answered(cards, item):
    """Answer by keyboard alone, with how sure, and hand the answer over; gives what the page said."""
    keys = cards.page.keyboard
    keys.press("Tab")
    ANSWER[item.type](lambda *names: [keys.press(name) for name in names])
    assert cards.exchange() == [], "moving never marks"
    assert cards.check.is_enabled()
    for _ in range(12):
        if cards.asked_how_sure():
            break
        keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Tab")
    assert cards.focused() == "Check"
    keys.press("Enter")
    return cards.exchange()


@pytest.mark.parametrize(("width", "theme"), LOOKS, ids=[f"{width}-{theme}" for width, theme in LOOKS])
def test_a_question_is_answered_by_keyboard_told_kept_and_started_over(item, opened, width, theme):
    asks, says, parts = SAID[item.type]
    cards = opened(width, theme)
    assert cards.form.get_by_text(asks).first.is_visible() and cards.check.is_disabled()
    cards.form.screenshot(path=picture(f"{item.type} {width} {theme} 0 asked"))
    (said,) = answered(cards, item)
    assert (said["kind"], said["id"], said["sure"]) == ("answer", item.id, 3)
    assert cards.quiz._grade(item.id, said["raw"]).status in ("partial", "incorrect")
    assert cards.focused() == "Check again", "the focus moved"
    assert cards.status.get_attribute("aria-live") == "polite" and says in cards.status.inner_text()
    assert cards.form.locator(".ror-mark .ror-sign").count() == parts
    must_fit(cards)
    cards.form.screenshot(path=picture(f"{item.type} {width} {theme} 1 marked"))

    again = opened(width, theme)
    assert again.page.evaluate("sent.length") == 0 and says in again.status.inner_text()
    assert again.status.get_attribute("aria-live") == "off", "what is only restored is not read out"
    assert again.form.locator(".ror-mark .ror-sign").count() == parts
    assert again.form.get_by_role("radiogroup", name="How sure").get_by_role("radio").nth(2).is_checked()
    again.check.press("Enter")
    (said_again,) = again.exchange()
    assert said_again == said, "the card shows another answer than the one that was kept"

    over = again.page.get_by_role("button", name="Start over", exact=True)
    over.focus()
    for key in ("Enter", "Shift+Tab", "Enter"):
        again.page.keyboard.press(key)
    assert again.exchange() == [{"kind": "over"}]
    assert again.check.is_disabled() and again.status.inner_text() == ""
    assert again.form.locator(".ror-mark .ror-sign").count() == 0
    assert not again.form.get_by_text("How sure are you?").is_visible()
    assert again.form.locator("input:checked").count() == 0
    assert record.answers("03") == {} and len(record.history("03")) == 3


def picture(name):
    PICTURES.mkdir(exist_ok=True)
    return PICTURES / f"card {name}.png"


def must_fit(cards):
    assert cards.violations() == []
    assert cards.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert cards.form.evaluate(SMALL) == []


# ---- what each kind does beside that ----

TAG = "<img src=x onerror=alert(1)>"


@pytest.fixture
def shown(empty_page):
    """shown(kind, **changes) -> the card of a kind, with a kernel that says what the test wants it to say."""

    def shown(kind, **changes):
        question = {**public(BY_TYPE[kind], FIELDS), **changes}
        cards = Cards(empty_page, [question])
        cards.check = cards.form.get_by_role("button").first
        cards.sent()
        return cards

    return shown


def told(entry, right=False, place="", note="Look again."):
    return {"entry": entry, "place": place, "right": right, "note": note}


def marks_of(cards):
    return [text for text in cards.form.locator(".ror-mark").all_inner_texts() if text]


def unseen(cards):
    """What is read out with a verdict because it stands further up."""
    return cards.status.locator(".ror-unseen").all_inner_texts()


def parts(*names):
    return [{"id": name, "text": f"{name} {TAG}"} for name in names]


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("many", {"options": parts("a", "b")}),
        ("order", {"steps": parts("a", "b", "c")}),
        ("two_tier", {"options": parts("a", "b"), "because": parts("c", "d")}),
        ("prediction", {"rows": parts("a", "b"), "phases": parts("c")}),
        ("target", {"goals": parts("a", "b")}),
        ("curve", {"at": ["1 s", "2 s", "3 s", TAG], "label": TAG}),
    ],
)
def test_what_a_question_and_its_verdict_say_is_shown_as_text(shown, kind, changes):
    cards = shown(kind, **changes)
    entries = [
        told("a", place="ticked", note=TAG),
        told("answer", place="a", note=TAG),
        told("a/c", place="up", note=TAG),
    ]
    raw = {"many": ["a"], "order": ["b", "a", "c"], "two_tier": {"answer": "a", "because": "d"}}
    raw |= {"prediction": {"a": {"c": "up"}, "b": {"c": "up"}}, "target": {"passes": 3}, "curve": [1, 2, 3, 4]}
    cards.verdict("partial", raw=raw[kind], restored=True, entries=entries, curve=[4, 3, 2, 1], note=TAG)
    assert TAG in cards.form.inner_text() and cards.page.locator("img").count() == 0


def test_a_tick_that_was_changed_after_the_mark_loses_its_mark_and_no_other(shown):
    cards = shown("many")
    for name in ("More oxygen", "It hurts as much"):
        cards.form.get_by_role("checkbox", name=name).check()
    cards.check.click()
    cards.form.get_by_role("checkbox", name="The needled place").check()
    cards.verdict("partial", entries=[told("none"), told("oxygen", True, note="Yes."), told("sore", True)])
    assert marks_of(cards) == ["✓Right. Yes.", "✗Not this one. Look again.", "✓Right. Look again."]
    assert unseen(cards) == ["Not this one: “It hurts as much as before” Look again."]
    cards.form.get_by_role("checkbox", name="It hurts as much").uncheck()
    assert marks_of(cards) == ["✓Right. Yes.", "✓Right. Look again."]
    for box in cards.form.get_by_role("checkbox").all():
        box.uncheck()
    assert cards.check.is_disabled()


def test_an_order_says_which_places_are_free_or_taken_twice_and_reads_itself_through(shown):
    cards = shown("order")
    lists = cards.form.get_by_role("combobox")
    live = cards.form.locator("[aria-live=polite]").first
    assert live.inner_text() == "Free: 1, 2 and 3." and lists.first.input_value() == ""
    for place in ("2", "2"):
        lists.nth(0 if lists.first.input_value() == "" else 1).select_option(place)
    assert live.inner_text() == "Free: 1 and 3. Taken more than once: 2." and cards.check.is_disabled()
    lists.nth(1).select_option("3")
    assert live.inner_text() == "Free: 1."
    lists.nth(2).select_option("1")
    texts = cards.form.get_by_role("list", name="Your order").get_by_role("listitem").all_inner_texts()
    steps = [step["text"] for step in cards.questions[0]["steps"]]
    assert texts == [steps[2], steps[0], steps[1]] and live.inner_text().startswith("Every place is taken once.")
    cards.check.click()
    ids = [step["id"] for step in cards.questions[0]["steps"]]
    assert cards.sent() == [{"kind": "answer", "id": "how-many-passes", "raw": [ids[2], ids[0], ids[1]]}]
    for step in cards.questions[0]["steps"]:
        assert cards.form.get_by_role("combobox", name=step["text"], exact=True).count() == 1


def test_the_mark_of_a_tier_stands_under_what_was_chosen_and_goes_with_it(shown):
    cards = shown("two_tier")
    answer, because = (
        cards.form.get_by_role("group", name="Your answer"),
        cards.form.get_by_role("group", name="Because"),
    )
    answer.get_by_role("radio", name="It did", exact=True).check()
    assert cards.check.is_disabled()
    because.get_by_role("radio", name="What is sore").check()
    cards.check.click()
    assert cards.sent()[-1]["raw"] == {"answer": "helped", "because": "one"}
    entries = [told("because", place="one"), told("answer", True, "helped", "Yes.")]
    cards.verdict("partial", entries=entries, note="The answer holds, the reason does not.")
    assert because.inner_text().index("What is sore") < because.inner_text().index("Not so.")
    assert because.get_attribute("aria-describedby") == because.locator(".ror-mark").get_attribute("id")
    assert unseen(cards) == ["Because: not so. Look again."]
    because.get_by_role("radio", name="Soreness and").check()
    assert marks_of(cards) == ["✓Right. Yes."]
    cards.verdict("partial", entries=entries)
    assert because.locator(".ror-mark").inner_text() == "", "a mark that came late is that of another reason"


def test_a_prediction_is_a_table_of_named_groups_and_marked_cell_by_cell(shown):
    cards = shown("prediction")
    table = cards.form.get_by_role("table")
    assert table.get_by_role("columnheader").all_inner_texts() == ["an hour later", "a week later"]
    assert table.get_by_role("rowheader").all_inner_texts() == ["Pain", "Soreness"]
    for row, phase in (("Pain", "an hour later"), ("Soreness", "a week later")):
        group = table.get_by_role("group", name=f"{row}, {phase}", exact=True)
        assert [label.strip() for label in group.locator("label").all_inner_texts()] == [
            "↑ up",
            "→ no change",
            "↓ down",
        ]
        group.get_by_role("radio", name="no change", exact=True).check(force=True)
    assert cards.check.is_disabled() and cards.form.get_by_text("2 of 4 left to choose.").is_visible()
    for name in ("Pain, a week later", "Soreness, an hour later"):
        table.get_by_role("group", name=name).get_by_role("radio", name="up", exact=True).check(force=True)
    cards.check.click()
    raw = {"pain": {"hour": "same", "week": "up"}, "soreness": {"hour": "up", "week": "same"}}
    assert cards.sent()[-1]["raw"] == raw
    entries = [
        told(f"{row}/{phase}", row == "soreness", way, f"Of {row}.") for row in raw for phase, way in raw[row].items()
    ]
    cards.verdict("partial", entries=entries)
    assert marks_of(cards) == ["✗Not so.", "✗Not so.", "✓Right.", "✓Right."]
    assert table.locator(".ror-row-note").all_inner_texts() == ["Of pain.", "Of soreness."]
    assert unseen(cards) == ["Pain: not so an hour later, a week later. Of pain."]
    table.get_by_role("group", name="Pain, a week later").get_by_role("radio", name="down").check(force=True)
    assert marks_of(cards) == ["✗Not so.", "✓Right.", "✓Right."]


def test_sliders_are_checked_only_once_they_were_moved_and_a_refused_number_is_not_sent(shown):
    cards = shown("target")
    box = cards.form.get_by_role("spinbutton", name="needle passes, number")
    assert cards.check.is_disabled() and box.input_value() == "12"
    box.fill("40")
    box.press("Enter")
    alert = cards.form.get_by_role("alert")
    assert alert.inner_text() == "needle passes goes from 0 to 15. The slider still stands at 12."
    assert cards.sent() == [] and box.input_value() == "12"
    box.fill("2")
    box.press("Enter")
    assert cards.sent() == [{"kind": "answer", "id": "enough-but-gentle", "raw": {"passes": 2, "miss": 0}}]
    assert alert.count() == 0
    box.fill("-1")
    box.press("Enter")
    assert cards.sent() == [] and box.input_value() == "2"
    slider = cards.form.get_by_role("slider", name="needle passes", exact=True)
    assert slider.get_attribute("aria-valuetext") == "2"
    cards.verdict("partial", entries=[told("gone"), told("gentle", True, note="")])
    assert marks_of(cards) == ["✗Not reached. Look again.", "✓Reached."]
    assert unseen(cards) == ["Not reached: An hour later the pain is below 1. Look again."]
    slider.press("ArrowRight")
    assert marks_of(cards) == []
    cards.verdict("partial", entries=[told("gone"), told("gentle", True, note="")])
    assert marks_of(cards) == [], "the marks are those of another setting"
    for _ in range(9):
        slider.press("ArrowRight")
    assert box.input_value() == "12" and cards.check.is_disabled()


def test_a_curve_is_drawn_by_hand_or_by_number_and_nothing_is_drawn_before(shown):
    cards = shown("curve")
    board, boxes = cards.form.locator(".ror-board"), cards.form.get_by_role("spinbutton")
    assert board.locator("circle").count() == 0 and [box.input_value() for box in boxes.all()] == [""] * 6
    assert cards.form.get_by_role("spinbutton", name="1 min", exact=True).count() == 1
    where = board.bounding_box()
    for i in range(6):
        x = where["x"] + where["width"] * (44 + (i + 0.5) * 516 / 6) / 560
        cards.page.mouse.move(x, where["y"] + 60)
        cards.page.mouse.down()
        cards.page.mouse.move(x, where["y"] + 40 + 15 * i)
        cards.page.mouse.up()
        assert board.locator("circle").count() == i + 1
        assert cards.check.is_enabled() == (i == 5)
    values = [float(box.input_value()) for box in boxes.all()]
    assert values == sorted(values, reverse=True) and 0 <= values[-1] < values[0] <= 10
    boxes.first.fill("11")
    assert cards.check.is_disabled() and cards.form.get_by_text("Not within 0 to 10: 1 s.").is_visible()
    boxes.first.fill("0.5")
    boxes.first.press("Enter")
    assert cards.sent()[-1]["raw"] == [0.5, *values[1:]]


def test_the_models_curve_is_drawn_and_told_once_it_came_and_stays_until_the_card_is_emptied(shown):
    cards = shown("curve")
    board, boxes = cards.form.locator(".ror-board"), cards.form.get_by_role("spinbutton")
    for box in boxes.all():
        box.fill("1")
    assert board.locator("rect").count() == 0 and not cards.form.get_by_text("the model's").is_visible()
    cards.check.click()
    cards.verdict(
        "partial", entries=[told("direction"), told("plateau", True, note="It rests.")], curve=[0.67, 4, 3, 2, 1, 0]
    )
    assert board.locator("rect").count() == 6 and cards.form.get_by_text("the model's").is_visible()
    assert marks_of(cards) == ["✗Not so. Look again.", "✓Right. It rests."]
    model = "The model: 1 s, 0.67; 1 min, 4; 6 h, 3; 1 d, 2; 2 d, 1; 7 d, 0."
    assert unseen(cards) == ["Look again.", model]
    described = boxes.first.evaluate("box => document.getElementById(box.getAttribute('aria-describedby')).textContent")
    assert described == "model 0.67"
    boxes.first.fill("2")
    assert board.locator("rect").count() == 6 and marks_of(cards) == []
    cards.tell("cleared")
    assert board.locator("rect, circle").count() == 0 and not cards.form.get_by_text("the model's").is_visible()
    assert [box.input_value() for box in boxes.all()] == [""] * 6


@pytest.mark.parametrize("kind", ["choice", *KINDS])
def test_how_sure_is_asked_once_there_is_an_answer_and_is_never_needed(shown, kind):
    cards = shown(kind)
    asks = cards.form.get_by_role("radiogroup", name="How sure are you?")
    assert asks.count() == 0, "it is asked before there is anything to be sure of"
    cards.form.locator("input, select").first.focus()
    press = cards.page.keyboard.press
    if kind == "choice":
        press("Space")
    else:
        ANSWER[kind](lambda *names: [press(name) for name in names])
    assert asks.get_by_role("radio").count() == 3 and asks.locator(":checked").count() == 0
    cards.check.press("Enter")
    assert "sure" not in cards.sent()[-1]
    asks.get_by_role("radio", name="fairly sure").check(force=True)
    cards.check.press("Enter")
    assert cards.sent()[-1]["sure"] == 2
    cards.verdict("incorrect")
    assert asks.locator(":checked").count() == 1
    change = cards.form.locator("input, select").nth(0 if kind == "two_tier" else 1)
    if kind == "order":
        change.select_option("")
    elif kind == "curve":
        change.fill("")
    else:
        change.press("ArrowLeft" if kind == "target" else "Space")
    assert cards.form.locator(".ror-sure :checked").count() == 0, "another answer is as sure as the one before"
