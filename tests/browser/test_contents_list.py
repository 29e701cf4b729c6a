"""The start page's list on a page of its own, at each address under which JupyterLab may have opened it."""

import json

import pytest

from lessons.interface.contents import Contents

LOAD = """async ([code, style, state]) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  const module = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  const heard = {};
  window.sent = [];
  window.change = (name, value) => { state[name] = value; heard[`change:${name}`](); };
  const on = (name, hear) => (heard[name] = hear);
  const model = { get: (name) => state[name], send: (said) => sent.push(said), on, off: () => {} };
  module.default.render({ model, el: document.body.appendChild(document.createElement('main')) });
}"""


def entry(id, **more):
    empty = {"title": f"Page {id}", "question": "Why?", "file": "", "minutes": 0, "goals": [], "done": False}
    return {"id": id, **empty, "answered": "", **more}


PAGES = [
    entry("00", file="00_start_here.ipynb", minutes=10, goals=["Use <b>every</b> picture"]),
    entry("02", file="02_the_knot.ipynb", minutes=25, answered="2 of 6 questions"),
    entry("03", file="03_release.ipynb", minutes=20, answered="6 of 6 questions", done=True),
    entry("04"),
]
RESUME = {"id": "03", "title": "Page 03", "file": "03_release.ipynb"}


@pytest.fixture
def show(empty_page):
    """show(path, config) -> the page at that path of a server, with the list on it."""
    page = empty_page

    def show(path="/doc/tree/notebooks/00_start_here.ipynb", config=None, resume=RESUME):
        told = f'<script id="jupyter-config-data" type="application/json">{json.dumps(config)}</script>'
        body = f"<!doctype html><title>A page</title>{told if config else ''}"
        page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))
        page.goto(f"http://127.0.0.1:8950{path}")
        state = {"pages": PAGES, "resume": resume}
        page.evaluate(LOAD, [Contents._esm, Contents._css, state])
        return page

    return show


@pytest.mark.parametrize(
    ("path", "config", "leads_to"),
    [
        ("/doc/tree/notebooks/00_start_here.ipynb", None, "/doc/tree/notebooks/03_release.ipynb"),
        ("/doc/tree/notebooks/00_start_here.ipynb?token=abc", None, "/doc/tree/notebooks/03_release.ipynb"),
        ("/lab/tree/my%20course/00_start_here.ipynb", None, "/lab/tree/my%20course/03_release.ipynb"),
        ("/user/mara/lab/tree/notebooks/00_start_here.ipynb", None, "/user/mara/lab/tree/notebooks/03_release.ipynb"),
        ("/lab/workspaces/auto-E/tree/a/00_start_here.ipynb", None, "/lab/workspaces/auto-E/tree/a/03_release.ipynb"),
        ("/notebooks/course/00_start_here.ipynb", None, "/notebooks/course/03_release.ipynb"),
        ("/lab", None, "/doc/tree/notebooks/03_release.ipynb"),
        ("/user/mara/lab", {"baseUrl": "/user/mara/"}, "/user/mara/doc/tree/notebooks/03_release.ipynb"),
    ],
)
def test_links_lead_to_the_page_beside_this_one_wherever_it_is(show, path, config, leads_to):
    page = show(path, config)
    page.get_by_role("link", name="Page 03", exact=True).click()
    assert page.evaluate("location.pathname") == leads_to


@pytest.mark.parametrize(
    ("path", "opens"),
    [
        ("/doc/tree/notebooks/00_start_here.ipynb", "notebooks/03_release.ipynb"),
        ("/user/mara/lab/tree/my%20course/00_start_here.ipynb", "my course/03_release.ipynb"),
        ("/lab/workspaces/auto-E/tree/a/00_start_here.ipynb", "a/03_release.ipynb"),
        ("/lab/tree/00_start_here.ipynb", "03_release.ipynb"),
        ("/notebooks/course/00_start_here.ipynb", None),
    ],
)
def test_within_jupyterlab_a_link_names_the_file_to_open_in_place(show, path, opens):
    link = show(path).get_by_role("link", name="Page 03", exact=True)
    told = link.get_attribute("data-commandlinker-args")
    assert (json.loads(told)["path"] if told else None) == opens
    assert link.get_attribute("data-commandlinker-command") == ("docmanager:open" if opens else None)


def test_where_one_left_leads_back_and_is_not_there_before_anything_was_begun(show):
    assert show().get_by_text("Continue where you left: 03 Page 03").is_visible()
    assert show().get_by_role("link", name="03 Page 03").get_attribute("href").endswith("/03_release.ipynb")
    assert not show(resume={}).get_by_text("Continue").is_visible()


def test_each_page_says_in_words_where_it_stands(show):
    rows = [" ".join(text.split()) for text in show().get_by_role("listitem").all_inner_texts()]
    told = [row for row in rows if row.endswith("do") or "coming" in row]
    assert told == [
        "00 Page 00 you are here · 10 min Why? What you will be able to do",
        "02 Page 02 2 of 6 questions · 25 min Why? What you will be able to do",
        "✓ Page 03 done · 20 min Why? What you will be able to do",
        "04 Page 04 coming Why?",
    ]


def test_neither_this_page_nor_one_to_come_is_a_link(show):
    assert show().locator("ol").get_by_role("link").all_inner_texts() == ["Page 02", "Page 03"]


def test_goals_lie_folded_and_are_text(show):
    page = show()
    goal = page.get_by_text("Use <b>every</b> picture")
    assert not goal.is_visible()
    page.locator("summary").first.press("Enter")
    assert goal.is_visible()
    assert goal.bounding_box()["height"] < 30 < 200 < goal.bounding_box()["width"], "the goal is not one line of text"


def test_the_list_asks_when_it_comes_into_sight_and_shows_what_is_new(show):
    page = show()
    page.wait_for_function("sent.length > 1")
    assert page.evaluate("sent") == [{"kind": "here"}, {"kind": "hello"}]
    page.evaluate("pages => change('pages', pages)", [entry("02", file="02_the_knot.ipynb", done=True)])
    assert page.locator("ol > li").all_inner_texts()[0].startswith("✓")
    assert page.locator("ol > li").count() == 1
