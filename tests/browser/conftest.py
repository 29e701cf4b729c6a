"""Fixtures for tests that open the real course in a real browser; what they give stands in course_page.py."""

from pathlib import Path

import pytest
from course_page import FLAGS, LESSONS, Course, browser_path, windows
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        path = browser_path()
        if path is None and not Path(playwright.chromium.executable_path).exists():
            pytest.fail("There is no Chromium; install one, or run: python -m playwright install chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def window(browser):
    """One window for all tests of a file that bring their own page: opening one costs more than such a test."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def empty_page(window):
    """The window with nothing in it and nothing left from before; what went wrong on it fails the test."""
    errors = []
    hears = {
        "pageerror": lambda error: errors.append(str(error)),
        "dialog": lambda dialog: (errors.append(dialog.message), dialog.dismiss()),
    }
    window.mouse.move(0, 0)
    window.goto("about:blank")
    window.set_viewport_size({"width": 1280, "height": 720})
    for name, hear in hears.items():
        window.on(name, hear)
    yield window
    for name, hear in hears.items():
        window.remove_listener(name, hear)
    window.unroute_all()
    assert errors == []


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """One course for all tests that leave no trace in it."""
    course = Course(tmp_path_factory.mktemp("course"))
    yield course
    course.stop()


@pytest.fixture
def own_course(tmp_path):
    """A fresh course, for tests that answer questions or change pages."""
    course = Course(tmp_path)
    yield course
    course.stop()


@pytest.fixture
def own_record(course, monkeypatch):
    """The common course with an empty record, which is empty again afterwards; `record` in a test is that record."""
    monkeypatch.setenv("RETAIN_OR_RELEASE_HOME", str(course.record))

    course.forget()
    yield course
    course.forget()


@pytest.fixture
def open_page(browser, request):
    """open_page(lesson, width=1280, height=800, theme="light" or "dark", course=..., extension=True) -> CoursePage."""
    with windows(browser, lambda: request.getfixturevalue("course")) as open_page:
        yield open_page


@pytest.fixture(scope="module", params=LESSONS)
def kept_page(browser, course, request):
    """Each page in turn, started once for all tests of a file that ask for it: they come upon it as others left it."""
    with windows(browser, lambda: course) as open_page:
        yield open_page(request.param)


@pytest.fixture
def used_page(kept_page):
    """The kept page, and whether it stayed quiet during this one test."""
    yield kept_page
    kept_page.must_have_been_quiet()
