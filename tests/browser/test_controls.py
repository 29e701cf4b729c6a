"""Sliders, named choices and accounts on a page of their own, with a kernel that answers what the test wants."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from lessons.interface.explorer import Explorer, Mode
from lessons.interface.palette import COLOURS
from lessons.simulation import Parameters, parameter

LOAD = """async ([code, style, traits]) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  window.Plotly = { react: () => {}, purge: () => {} };
  const module = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  window.sent = [];
  window.kept = {};
  const heard = {};
  window.tell = (message, buffers) => heard['msg:custom'](message, buffers);
  const model = {
    get: (name) => traits[name], set: (name, value) => (traits[name] = kept[name] = value), save_changes: () => {},
    send: (said) => sent.push(said), on: (what, hear) => (heard[what] = hear), off: () => {},
  };
  const el = document.body.appendChild(document.createElement('main'));
  module.default.render({ model, el });
}"""
PAPER, TRIALS = "As the paper says", "What trials in people show"
HOLDS = "The sliders stand as this account has them."


@dataclass(frozen=True, kw_only=True)
class Treatment(Parameters):
    kind: int = parameter(
        0, 0, 3, "", "what is done", "x", "assumed", choices=("untouched", "by hand", "without a pause", "by current")
    )
    strength: float = parameter(3.0, 0, 20, "x threshold", "strength", "x", "assumed", step=0.5)
    frequency: float = parameter(2.0, 1, 100, "Hz", "frequency", "x", "assumed", scale="log")
    belief: float = parameter(0.5, 0, 1, "", "belief", "x", "assumed")


@dataclass(frozen=True, kw_only=True)
class Shown(Parameters):
    human_only: int = parameter(0, 0, 1, "", "people only", "x", "assumed")


class Bench:
    """The page's side of an explorer; `answer` is what the kernel would say to the last request."""

    def __init__(self, page, before=lambda explorer: None, **more):
        def figure(run, view):
            return {"title": "t", "twin": f"strength {run.strength:g}, kind {run.kind}.", "data": [], "layout": {}}

        more = {"sliders": ["kind", "strength", "frequency"], "folded": ["belief", "human_only"], **more}
        self.explorer = Explorer(Treatment(), lambda p: p, figure, view=Shown(), **more)
        before(self.explorer)
        self.page = page
        traits = {name: getattr(self.explorer, name) for name in self.explorer.keys if not name.startswith("_")}
        kept = {n: v for n, v in traits.items() if isinstance(v, (str, list, dict)) and n not in ("layout", "tabbable")}
        page.evaluate(LOAD, [Explorer._esm, Explorer._css, {**kept, "colours": COLOURS}])
        self.answer()

    def answer(self, **disabled):
        """Answer all requests; gives the values of the last one."""
        values = None
        while asked := [m for m in self.page.evaluate("sent.splice(0)") if m["kind"] in ("hello", "set")]:
            values = asked[-1].get("values")
            self.explorer.set(**(values or {}))
            frame = {"kind": "frame", "skeleton": self.explorer.packed.skeleton, "lengths": [], "disabled": disabled}
            self.page.evaluate(
                "frame => tell(frame, [new ArrayBuffer(0)])", {**frame, "ticket": asked[-1].get("ticket")}
            )
        self.page.wait_for_timeout(80)
        return values

    def radio(self, name):
        return self.page.get_by_role("radio", name=name, exact=True)

    @property
    def said(self):
        return self.page.get_by_role("status").first.inner_text()

    @property
    def state(self):
        return self.page.locator(".ror-account-state").inner_text()


@pytest.fixture
def bench(empty_page):
    return lambda **more: Bench(empty_page, **more)


def switched(bench, **more):
    accounts = {
        PAPER: {"strength": 9.0, "kind": 2, "belief": 0.1, "human_only": 0},
        TRIALS: {"strength": 3.0, "kind": 1, "belief": 0.6, "human_only": 1},
    }
    return bench(accounts=accounts, **more)


def test_a_kind_is_chosen_by_click_and_by_arrow_keys(bench):
    page = bench()
    group = page.page.get_by_role("group", name="what is done")
    assert [r.get_attribute("value") for r in group.get_by_role("radio").all()] == ["0", "1", "2", "3"]
    assert page.radio("untouched").is_checked()
    page.radio("by hand").click()
    assert page.answer()["kind"] == 1
    page.page.keyboard.press("ArrowRight")
    assert page.answer()["kind"] == 2 and page.radio("without a pause").is_checked()
    assert page.said == "strength 3, kind 2."


def test_the_pictures_of_all_kinds_are_asked_for_as_soon_as_a_hand_comes_near(bench):
    page = bench()
    page.page.get_by_role("group", name="what is done").hover()
    asked = page.page.evaluate("sent.filter(m => m.kind === 'ahead').map(m => m.name)")
    assert asked == ["kind"]


def test_a_kind_that_does_nothing_is_disabled_and_says_why(bench):
    page = bench()
    page.radio("by hand").check()
    page.answer(kind="Does nothing without needles.")
    group = page.page.get_by_role("group", name="what is done")
    assert all(radio.is_disabled() for radio in group.get_by_role("radio").all())
    reason = group.get_attribute("aria-describedby")
    assert page.page.locator(f"#{reason}").inner_text() == "Does nothing without needles."


def test_a_frequency_is_told_in_its_unit_and_can_be_typed(bench):
    page = bench()
    slider = page.page.get_by_role("slider", name="frequency")
    assert slider.get_attribute("aria-valuetext") == "2 Hz"
    box = page.page.get_by_role("spinbutton", name="frequency, Hz, number")
    box.fill("15.5")
    box.press("Enter")
    assert page.answer()["frequency"] == 15.5
    assert slider.get_attribute("aria-valuetext") == "15.5 Hz"


def test_an_account_sets_sliders_and_picture_in_one_request_and_lights_up_what_jumped(bench):
    page = switched(bench)
    assert page.radio(PAPER).is_checked() and page.state == HOLDS
    page.radio(TRIALS).check()
    lit = page.page.evaluate("[...document.querySelectorAll('.ror-lit')].map(e => e.textContent)")
    assert [text[:8] for text in lit] == ["what is ", "strength", "More", "belief", "people o"]
    asked = page.page.evaluate("sent.filter(m => m.kind === 'set').map(m => m.values)")
    assert asked == [{"kind": 1, "strength": 3, "frequency": 2, "belief": 0.6, "human_only": 1}]
    page.answer()
    assert page.radio("by hand").is_checked() and page.page.get_by_label("people only").is_checked()
    assert page.said == f"“{TRIALS}” holds now. strength 3, kind 1."
    assert page.page.evaluate("kept") == {"account": TRIALS}
    page.page.wait_for_timeout(1300)
    assert page.page.locator(".ror-lit").count() == 0


def test_a_change_is_said_and_a_click_on_the_account_brings_it_back(bench):
    page = switched(bench)
    slider = page.page.get_by_role("slider", name="strength")
    slider.press("ArrowRight")
    assert page.state == f"Changed by you. Choose “{PAPER}” again to bring it back."
    assert not page.radio(PAPER).is_checked() and not page.radio(TRIALS).is_checked()
    assert page.answer()["strength"] == 9.5 and page.said == "Changed by you. strength 9.5, kind 2."
    page.radio(PAPER).click()
    assert page.answer()["strength"] == 9.0
    assert page.state == HOLDS and page.said == f"“{PAPER}” holds now. strength 9, kind 2."
    slider.press("ArrowRight")
    slider.press("ArrowLeft")
    assert page.state == HOLDS


def test_accounts_by_keyboard_alone(bench):
    page = switched(bench)
    page.radio(PAPER).focus()
    page.page.keyboard.press("ArrowRight")
    assert page.answer()["strength"] == 3.0 and page.radio(TRIALS).is_checked()
    page.page.get_by_role("slider", name="strength").press("ArrowRight")
    page.answer()
    page.radio(TRIALS).focus()
    page.page.keyboard.press("Space")
    assert page.answer()["strength"] == 3.0 and page.state == HOLDS


def test_what_an_account_does_not_set_may_move_while_it_holds(bench):
    page = switched(bench)
    page.page.get_by_role("slider", name="frequency").press("ArrowRight")
    page.answer()
    assert page.state == HOLDS


def test_a_page_drawn_again_knows_which_account_it_left(bench):
    def before(explorer):
        explorer.take(TRIALS)
        explorer.set(strength=5.0)

    page = switched(bench, before=before)
    assert page.state == f"Changed by you. Choose “{TRIALS}” again to bring it back."
    page.radio(TRIALS).click()
    assert page.answer()["strength"] == 3.0
    page.page.get_by_role("button", name="Reset", exact=True).click()
    assert page.answer()["strength"] == 9.0 and page.radio(PAPER).is_checked()


def test_an_account_brings_the_mode_that_it_belongs_to(bench):
    modes = {"Current": Mode({"kind": 3}, ["frequency"]), "Hand": Mode({"kind": 1}, ["strength"])}
    accounts = {PAPER: {"kind": 3, "belief": 0.1}, TRIALS: {"kind": 1, "belief": 0.6}}
    page = bench(sliders=[], folded=["belief"], modes=modes, accounts=accounts)
    assert page.radio("Current").is_checked() and page.page.get_by_role("slider", name="frequency").is_visible()
    page.radio(TRIALS).check()
    assert page.answer()["kind"] == 1 and page.radio("Hand").is_checked()
    assert page.page.get_by_role("slider", name="strength").is_visible()
    page.radio("Current").check()
    page.answer()
    assert page.state.startswith("Changed by you.")


def test_what_an_account_does_not_set_plays_on(bench):
    accounts = {PAPER: {"belief": 0.1}, TRIALS: {"belief": 0.6}}
    page = bench(sliders=["strength"], play="strength", accounts=accounts)
    page.page.get_by_role("button", name="▶ Play").click()
    page.radio(TRIALS).check()
    at = page.answer()["strength"]
    page.page.get_by_role("button", name="❚❚ Pause").wait_for()
    page.page.wait_for_timeout(400)
    assert page.answer()["strength"] > at and page.state == HOLDS


def test_what_an_account_sets_stops_playing(bench):
    page = switched(bench, sliders=["strength"], play="strength")
    page.page.get_by_role("button", name="▶ Play").click()
    page.radio(TRIALS).check()
    page.page.get_by_role("button", name="▶ Play").wait_for()
    page.page.wait_for_timeout(400)
    assert page.answer()["strength"] == 3.0 and page.state == HOLDS


def test_presets_undo_and_reset_keep_the_account_row_true(bench):
    page = switched(bench, presets={"weak": {"strength": 1.0}})
    page.page.locator(".ror-more > summary").click()
    page.page.get_by_role("button", name="weak").click()
    page.answer()
    assert page.state.startswith("Changed by you.")
    page.page.get_by_role("button", name="Undo").click()
    page.answer()
    assert page.state == HOLDS and page.radio(PAPER).is_checked()
    page.radio(TRIALS).check()
    page.answer()
    page.page.get_by_role("button", name="Undo").click()
    assert page.answer()["strength"] == 9.0 and page.radio(PAPER).is_checked()
    page.radio(TRIALS).check()
    page.answer()
    page.page.get_by_role("button", name="Reset", exact=True).click()
    assert page.answer()["kind"] == 2 and page.radio(PAPER).is_checked()


def test_an_account_without_motion_lights_up_without_moving(browser):
    context = browser.new_context(reduced_motion="reduce")
    page = switched(lambda **more: Bench(context.new_page(), **more))
    page.radio(TRIALS).check()
    lit = "getComputedStyle(document.querySelector('.ror-lit'))"
    assert page.page.evaluate(f"[{lit}.animationName, {lit}.backgroundColor !== 'rgba(0, 0, 0, 0)']") == ["none", True]
    context.close()
