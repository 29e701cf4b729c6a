"""The printed numbers of the pages: steady to the digit, and moved by every parameter that matters."""

from __future__ import annotations

import pytest

from lessons import statements
from lessons.models.trigger_point import TriggerPoint

# Parameters that a change of 5 % need not show, with the reason.
SET_BY_THE_STATEMENTS = "the statements set it themselves, run by run"
SILENT = {
    "acute_overload": SET_BY_THE_STATEMENTS,
    "overload_minutes": SET_BY_THE_STATEMENTS,
    "passes": SET_BY_THE_STATEMENTS,
    "miss": SET_BY_THE_STATEMENTS,
    "pressure": SET_BY_THE_STATEMENTS,
    "pressure_seconds": SET_BY_THE_STATEMENTS,
    "venous_pressure": "the pressure in the muscle is never lower than it, and the higher of the two counts",
    "twitch_threshold": "it only decides whether a pass twitches at all, and every pass here is far from that border",
}


def printed(parameters: TriggerPoint | None) -> dict[str, str]:
    lines = [*statements.knot_statements(parameters), *statements.release_statements(parameters)]
    return {line.text: str(line) for line in lines}


def test_no_digit_flips_when_a_number_changes_by_a_ten_thousandth():
    for line in [*statements.knot_statements(), *statements.release_statements()]:
        for factor in (1 - 1e-4, 1 + 1e-4):
            moved = line._replace(value=line.value * factor)
            assert str(moved) == str(line), f"{line} stands at the edge of a digit: {line.value}"


def test_no_two_statements_have_the_same_words():
    lines = [*statements.knot_statements(), *statements.release_statements()]
    assert len(lines) == len(printed(None))


@pytest.mark.parametrize("name", list(TriggerPoint.described()))
def test_a_change_of_five_per_cent_shows_in_a_printed_number(name):
    about = TriggerPoint.described()[name]
    default = getattr(TriggerPoint(), name)
    before = printed(None)
    moved = set()
    for factor in (0.95, 1.05):
        value = default * factor if default else 0.05 * (about.high - about.low)
        value = min(max(value, about.low), about.high)
        if about.whole:
            value = 1 if default == 0 else round(default * (2 if factor > 1 else 0.5))
            value = int(min(max(value, about.low), about.high))
        after = printed(TriggerPoint().changed(**{name: value}))
        moved |= {text for text in before if after.get(text) != before[text]}
    if name in SILENT:
        assert not moved, f"{name} is listed as silent, but moves {sorted(moved)[0]}; take it off the list"
    else:
        assert moved, f"no printed number shows a change of '{name}'; add one, or list it with a reason"
