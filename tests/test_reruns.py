"""A page that is started again keeps one set of widgets, however often; what was said and answered is kept."""

from __future__ import annotations

import pytest
from ipywidgets.widgets.widget import _instances

from lessons import benches
from lessons.interface import reruns
from lessons.interface.contents import Contents, Entry
from lessons.interface.reruns import Place

CELLS = {
    "cell-1": lambda page: page.update(guess=benches.predict("sleep-gap-to-sham")),
    "cell-2": lambda page: page.update(bench=benches.whole_body(after=page["guess"])),
    "cell-3": lambda page: (benches.weigh("N5", "N6"), benches.weigh("N8")),
    "cell-4": lambda page: page.update(quiz=benches.quiz("06")),
    "cell-5": lambda page: Contents([Entry("00", "Start", "Where from?")]),
}


class Kernel:
    """Runs cells as a notebook does: each run has an id of its own, each cell keeps its id."""

    def __init__(self, monkeypatch, tells_cells=True):
        self.runs, self.place, self.page, self.tells_cells = 0, Place("", ""), {}, tells_cells
        monkeypatch.setattr(reruns, "_shown", {})
        monkeypatch.setattr(reruns, "here", lambda: self.place)

    def run(self, cell, code=None):
        self.runs += 1
        self.place = Place(cell if self.tells_cells else "", f"run-{self.runs}")
        result = (code or CELLS[cell])(self.page)
        self.place = Place("", "")
        return result

    def run_all(self):
        for cell in CELLS:
            self.run(cell)
        return self.page


@pytest.fixture
def opened(monkeypatch):
    """The course's widgets that a page would be sent when it is loaded anew."""
    before = set(_instances)
    return lambda: [w for i, w in _instances.items() if i not in before and "lessons" in type(w).__module__]


@pytest.mark.parametrize("tells_cells", [True, False])
def test_a_page_started_ten_times_has_the_widgets_of_one(tells_cells, monkeypatch, opened):
    kernel = Kernel(monkeypatch, tells_cells)
    kernel.run_all()
    once, with_layouts = len(opened()), len(_instances)
    assert once == 6
    for _ in range(9):
        kernel.run_all()
    assert len(opened()) == once and len(_instances) == with_layouts
    assert kernel.page["bench"] in opened() and kernel.page["guess"] in opened()


def test_what_is_closed_computes_nothing_more(monkeypatch):
    kernel = Kernel(monkeypatch)
    kernel.run_all()
    earlier = kernel.page["bench"]
    earlier._start_look_ahead("strength", earlier.values)
    kernel.run("cell-2")
    assert earlier.comm is None and not earlier._ahead and not earlier._frames
    kernel.page["guess"].commit("unsure")
    assert earlier.waits and not kernel.page["bench"].waits


def test_a_copy_in_a_cell_of_one_s_own_closes_nothing_on_the_page(monkeypatch, opened):
    kernel = Kernel(monkeypatch)
    page = kernel.run_all()
    kernel.run("own", lambda _: benches.whole_body())
    assert page["bench"] in opened() and len(opened()) == 7
    kernel.run("own", lambda _: [benches.whole_body() for _ in range(3)])
    assert page["bench"] in opened() and len(opened()) == 9


def test_outside_a_notebook_nothing_is_closed(opened):
    assert reruns.here() == Place("", "")
    one, other = benches.weigh("N5"), benches.weigh("N5")
    assert one in opened() and other in opened()


def test_a_page_started_again_knows_what_was_predicted_and_answered(monkeypatch):
    kernel = Kernel(monkeypatch)
    page = kernel.run_all()
    page["guess"].commit("unsure")
    name, item = next(iter(page["quiz"]._items.items()))
    raw = item.options[0].id if hasattr(item, "options") else f"1 {item.unit}"
    page["quiz"].answer(name, raw)
    again = kernel.run_all()
    assert again["guess"].committed and again["guess"].answer == "unsure" and again["bench"].waits == ""
    assert again["quiz"]._given == {name: raw}
    assert page["bench"] is again["bench"] and again["bench"].comm is not None


def shows_in(kernel, widget, window):
    """The window says that it shows this widget."""
    kernel.place = Place("", "", window)
    widget._handle_custom_msg({"kind": "here"}, [])
    kernel.place = Place("", "")


def test_what_another_window_shows_stays_as_long_as_it_says_so(monkeypatch):
    kernel = Kernel(monkeypatch)
    first = kernel.run("cell-2", lambda _: benches.whole_body())
    for _ in range(2):
        shows_in(kernel, first, "the other window")
        kernel.run("cell-2", lambda _: benches.whole_body())
        assert first.comm is not None
    kernel.run("cell-2", lambda _: benches.whole_body())
    assert first.comm is None


def test_a_page_loaded_ten_times_has_no_more_than_the_widgets_of_two(monkeypatch, opened):
    kernel = Kernel(monkeypatch)
    for window in range(10):
        kernel.run_all()
        for widget in opened():
            shows_in(kernel, widget, f"window {window}") if widget in kernel.page.values() else None
    assert len(opened()) <= 2 * 6
