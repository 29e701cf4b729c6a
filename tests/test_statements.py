"""The printed numbers of the pages: steady to the digit, and moved by every parameter that matters."""

from __future__ import annotations

import pytest
from pages import STATEMENTS

# Parameter set -> the functions of all pages that print numbers of it; and what may stay silent, with the reason.
PRINTED: dict = {}
SILENT: dict = {}
for _function, _parameters, _silent in STATEMENTS:
    PRINTED.setdefault(_parameters, []).append(_function)
    SILENT.setdefault(_parameters, {}).update(_silent)
EVERY_PARAMETER = [(kind, name) for kind in PRINTED for name in kind.described()]


def lines(kind, parameters=None):
    return [line for function in PRINTED[kind] for line in function(parameters)]


def printed(kind, parameters=None) -> dict[str, str]:
    return {line.text: str(line) for line in lines(kind, parameters)}


@pytest.fixture(scope="module")
def unchanged():
    return {kind: printed(kind) for kind in PRINTED}


@pytest.mark.parametrize("kind", PRINTED)
def test_no_digit_flips_when_a_number_changes_by_a_ten_thousandth(kind):
    for line in lines(kind):
        for factor in (1 - 1e-4, 1 + 1e-4):
            moved = line._replace(value=line.value * factor)
            assert str(moved) == str(line), f"{line} stands at the edge of a digit: {line.value}"


@pytest.mark.parametrize("kind", PRINTED)
def test_no_two_statements_have_the_same_words(kind):
    assert len(lines(kind)) == len(printed(kind))


@pytest.mark.parametrize(("kind", "name"), EVERY_PARAMETER, ids=[f"{k.__name__}-{n}" for k, n in EVERY_PARAMETER])
def test_a_change_of_five_per_cent_shows_in_a_printed_number(kind, name, unchanged):
    about = kind.described()[name]
    default = getattr(kind(), name)
    before, moved = unchanged[kind], set()
    for factor in (0.95, 1.05):
        value = default * factor if default else 0.05 * (about.high - about.low)
        value = min(max(value, about.low), about.high)
        if about.whole:
            value = 1 if default == 0 else round(default * (2 if factor > 1 else 0.5))
            value = int(min(max(value, about.low), about.high))
        after = printed(kind, kind().changed(**{name: value}))
        moved |= {text for text in before if after.get(text) != before[text]}
    if name in SILENT[kind]:
        assert not moved, f"{name} is listed as silent, but moves {sorted(moved)[0]}; take it off the list"
    else:
        assert moved, f"no printed number shows a change of '{name}'; add one, or list it with a reason"


def test_every_silent_name_is_a_parameter():
    assert all(name in kind.described() for kind, names in SILENT.items() for name in names)
