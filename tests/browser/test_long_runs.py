"""A run that takes long: the page says so within a moment, stays alive, and can be told to give up."""

import time

import psutil
import pytest


@pytest.fixture
def waiting(open_page):
    """A started page whose kernel stands still, so that any answer takes as long as the test wants."""
    page = open_page("03_release").begun()
    slider = page.panel.get_by_role("slider", name="needle passes", exact=True).first
    slider.wait_for()
    page.page.wait_for_timeout(1500)  # what is computed ahead has come
    kernels = [
        one
        for one in psutil.Process(page.course.process.pid).children(recursive=True)
        if "ipykernel" in str(one.cmdline())
    ]
    assert kernels
    for kernel in kernels:
        kernel.suspend()
    yield page, slider, kernels
    for kernel in kernels:
        kernel.resume()


def test_a_long_run_is_announced_and_goes_on_when_its_answer_comes(waiting):
    page, slider, kernels = waiting
    said = page.panel.locator(".ror-running").first
    assert not said.is_visible()
    twin = page.panel.locator(".ror-explorer .ror-twin").first
    before = twin.inner_text()
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    said.wait_for(state="visible", timeout=2000)
    assert "Running the model" in said.inner_text() and said.get_attribute("role") == "status"
    moved = slider.input_value()
    slider.press("ArrowLeft")  # the page is alive
    assert slider.input_value() != moved
    for kernel in kernels:
        kernel.resume()
    said.wait_for(state="hidden", timeout=15_000)
    until = time.monotonic() + 15
    while twin.inner_text() == before and time.monotonic() < until:
        page.page.wait_for_timeout(100)
    assert twin.inner_text() != before


def test_a_long_run_can_be_given_up_and_the_slider_goes_back(waiting):
    page, slider, kernels = waiting
    start = slider.input_value()
    slider.press("ArrowLeft")
    said = page.panel.locator(".ror-running").first
    said.wait_for(state="visible", timeout=2000)
    said.get_by_role("button", name="Stop").click()
    assert slider.input_value() == start
    for kernel in kernels:
        kernel.resume()
    said.wait_for(state="hidden", timeout=15_000)
    page.page.wait_for_timeout(1000)
    assert slider.input_value() == start
