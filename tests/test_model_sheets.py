"""The models' equations as maths: read from their docstrings, right in value, with all parameters beside them."""

from __future__ import annotations

import json
import math
import xml.etree.ElementTree as ElementTree

import pytest

from lessons.teaching import models
from lessons.teaching.equations import NotAnEquation, read
from lessons.teaching.model_sheets import SHEETS, STATUS, miss_blocks, model_blocks
from lessons.teaching.model_texts import text_of

# Lines of equations that are sentences, and are shown as such.
SAID_IN_WORDS = {
    "trigger_point_course": (
        "knot and L below", "no knot and L above", "visit -> the loop", "S, F = their values", "context : at each",
        "x : natural ups",
    ),
    "treatment": ("each pass of the needle",),
    "trial": ("w, cs : share", "Bs, Bc : what", "x : ups and downs"),
}  # fmt: skip


def value(tree, known):
    """What a tree of maths comes to, with these values of its symbols."""
    if isinstance(tree, str):
        return tree
    name, _, children = tree
    if name == "mn":
        return float(children[0])
    if name in ("mi", "mtext"):
        return known[children[0]]
    if name == "mfrac":
        return value(children[0], known) / value(children[1], known)
    if name == "msup":
        return value(children[0], known) ** value(children[1], known)
    if name == "msqrt":
        return math.sqrt(value(children[0], known))
    if name == "msub":
        if children[1] == ["mo", {}, ["+"]]:
            return max(0.0, value(children[0], known))
        return known[f"{spelt(children[0])}_{spelt(children[1])}"]
    assert name == "mrow", name
    return _row(children, known)


def spelt(tree):
    return tree if isinstance(tree, str) else "".join(map(spelt, tree[2]))


def _row(children, known):
    if children[0] == ["mo", {"fence": "true"}, ["("]]:
        return _row(children[1:-1], known)
    if len(children) == 3 and children[1] == ["mo", {}, ["\u2061"]]:
        inside = [child for child in children[2][2][1:-1] if child[0] != "mo"]
        return known[spelt(children[0])](*[value(child, known) for child in inside])
    total, sign, product = 0.0, 1, None
    for child in children:
        if child[0] == "mo" and child[2][0] in ("−", "+"):
            total, product = total + (sign * product if product is not None else 0.0), None
            sign = -1 if child[2][0] == "−" else 1
        elif child[0] != "mo":
            product = value(child, known) * (1.0 if product is None else product)
    return total + sign * product


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("a b / c d", "a*b/c*d"),
        ("a / b (1 + c)", "a/b*(1+c)"),
        ("a - b - c", "a-b-c"),
        ("-a + b^2", "-a+b**2"),
        ("(a - b)+ / c", "max(0,a-b)/c"),
        ("(b - a)+ c", "max(0,b-a)*c"),
        ("a^2 / (a^2 + b^2)", "a**2/(a**2+b**2)"),
        ("exp(-d^2/2b^2)", "exp(-d**2/(2*b**2))"),
        ("10^(a-b) c", "10**(a-b)*c"),
        ("max(a - b, c) / 2", "max(a-b,c)/2"),
        ("sqrt(a / (a + b)) .5", "sqrt(a/(a+b))*.5"),
        ("a (1 - b)(1 - c)", "a*(1-b)*(1-c)"),
        ("a b/2 (1-c)/d - b/d", "a*b/2*(1-c)/d-b/d"),
        ("(a + b) (c + d) / (a + 1) / 2", "(a+b)*(c+d)/(a+1)/2"),
        ("15 a/b^2 + c/6000", "15*a/b**2+c/6000"),
    ],
)
def test_what_is_drawn_comes_to_what_is_written(text, python):
    known = {"a": 1.3, "b": 2.7, "c": 0.4, "d": 5.1, "exp": math.exp, "max": max}
    assert value(read(text), known) == pytest.approx(eval(python, {"exp": math.exp, "sqrt": math.sqrt}, dict(known)))


def test_the_release_of_a_model_is_drawn_as_the_code_computes_it():
    """Of a whole equation as it stands in a docstring: supply of energy, with its square, positive part and clip."""
    from lessons.models import trigger_point

    (line,) = [one for one in text_of(trigger_point).equations if one.text.startswith("Jgly")]
    assert line.text == "Jgly = Gly ((E0-E)+ / E0)^2 clip((pH-6.2)/.85, 0, 1)"
    known = {"Gly": 0.9, "E_0": 28.0, "E": 12.0, "pH": 6.9, "clip": lambda v, low, high: min(high, max(low, v))}
    right = ["mrow", {}, line.maths[2][2:]]
    assert value(right[2][0], known) == pytest.approx(0.9 * (16 / 28) ** 2 * (0.7 / 0.85))


@pytest.mark.parametrize("text", ["a = (b", "a = b)", "a = / b", "a = (b]", "a ^", "a = b § c", ""])
def test_what_is_no_equation_is_refused(text):
    with pytest.raises(NotAnEquation):
        read(text)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_every_line_of_equations_is_maths_but_for_those_that_are_sentences(sheet):
    text = text_of(sheet.module)
    said = [one.text for one in text.equations if one.maths is None]
    expected = SAID_IN_WORDS.get(sheet.module.__name__.rsplit(".", 1)[-1], ())
    assert len(said) == len(expected) and all(a.startswith(b) for a, b in zip(said, expected, strict=True))
    assert any(one.maths for one in text.equations) and text.limits
    assert all("=" not in one.remark or len(one.remark.split()) > 3 for one in text.equations), (
        "a remark is no equation"
    )


def mathml(tree):
    if isinstance(tree, str):
        return tree
    node = ElementTree.Element(tree[0], tree[1])
    for child in tree[2]:
        if isinstance(child, str):
            node.text = child
        else:
            node.append(mathml(child))
    return node


def test_every_tree_is_sound_mathml():
    """Fractions, powers and subscripts have two children, and texts stand in leaves only."""
    leaves = {"mi", "mn", "mo", "mtext"}
    for sheet in SHEETS:
        for one in text_of(sheet.module).equations:
            for node in mathml(one.maths).iter() if one.maths else ():
                assert node.tag in leaves | {"mrow", "mfrac", "msup", "msub", "msqrt"}
                assert (node.tag in leaves) == bool(node.text)
                assert node.tag not in ("mfrac", "msup", "msub") or len(node) == 2


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_all_parameters_stand_there_with_unit_range_source_and_status(sheet):
    folds = [block["fold"] for block in model_blocks(sheet) if "fold" in block]
    (tables,) = [fold["blocks"] for fold in folds if fold["title"].startswith("All of them")]
    rows = {row[0]: row for block in tables for row in block["table"]["rows"]}
    about = sheet.parameters.described()
    assert set(rows) == set(about)
    for name, row in rows.items():
        one = about[name]
        assert row[1] == one.label and row[4] == (one.unit or "–") and row[5] == STATUS[one.status]
        assert row[6] == one.source
        if not one.choices:
            assert row[2:4] == [f"{one.default:g}", f"{one.low:g} to {one.high:g}"]


def test_known_misfits_come_when_they_are_asked_for():
    assert "The read-out is too steep" in json.dumps(list(miss_blocks("The trigger point")))
    assert "Too little lasts" in json.dumps(list(miss_blocks("Needles that stay")))
    assert "None is written down" in json.dumps(list(miss_blocks("The dorsal horn")))
    assert "misfit" not in json.dumps(models().sheets)
