"""Fixtures for tests that open the real course in a real browser; what they give stands in course_page.py."""

from pathlib import Path

import pytest
from course_page import FLAGS, Course, CoursePage, browser_path
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
def open_page(browser, request):
    """open_page(lesson, width=1280, height=800, theme="light" or "dark", course=..., extension=True) -> CoursePage."""
    opened = []

    def open_page(lesson, width=1280, height=800, theme="light", course=None, extension=True):
        where = course or request.getfixturevalue("course")
        opened.append(CoursePage(where, browser, lesson, width, height, theme, extension))
        return opened[-1]

    yield open_page
    for page in opened:
        page.context.close()
        assert page.other_hosts() == [], "the page asked another host"
        if page.extension:
            assert page.errors == [], "errors in the browser's console"
