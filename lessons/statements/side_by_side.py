"""Page 07: where and when each way acts, with its sham, in a calm and in a sensitised cord; what mixes give back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lessons.models import best_mix
from lessons.models.best_mix import AFTER
from lessons.models.side_by_side import Mix, Pair, side_by_side
from lessons.models.side_by_side_readings import OBSERVABLES
from lessons.models.treatment import REAL
from lessons.statements.shared import DAY, HOUR, MINUTE, Statement, at, statement
from lessons.treated_body import maras_chart

TIMES = np.array([0.0, 10 * MINUTE, 25 * MINUTE, HOUR, 2 * HOUR, 12 * HOUR, DAY])
SENSITISED = 3.0
STRONG = 9.0


def side_by_side_statements(parameters: Mix | None = None) -> list[Statement]:
    """Thresholds at the five levels, pain, motion, reach and evenness; then what mixes give back."""
    mix = parameters or Mix()
    pair = side_by_side(mix, maras_chart(), TIMES)
    lines = []
    for level in ("knot", "referral", "segment", "elsewhere"):
        lines += _over(pair, f"release_{level}", (10 * MINUTE, 2 * HOUR, DAY))
        lines += _over(pair, f"retention_{level}", (10 * MINUTE, 25 * MINUTE, HOUR))
    lines += _over(pair, "release_sham_knot", (HOUR,)) + _over(pair, "retention_sham_elsewhere", (25 * MINUTE,))
    for way in ("release", "retention", "release_sham", "retention_sham"):
        reach = _over(pair, f"{way}_reach", (25 * MINUTE,))[0]
        lines.append(reach._replace(decimals=1))  # a share of 74 regions has no finer step than 1.4 %
    for way, name, when in (
        ("release", "evenness", HOUR),
        ("retention", "evenness", 25 * MINUTE),
        ("release", "pain", 10 * MINUTE),
        ("retention", "pain", 25 * MINUTE),
        ("retention", "referred_pain", 25 * MINUTE),
        ("release", "range_of_motion", DAY),
        ("retention", "rmssd", 25 * MINUTE),
        ("retention_sham", "rmssd", 25 * MINUTE),
        ("retention", "cortisol", 25 * MINUTE),
    ):
        lines += _over(pair, f"{way}_{name}", (when,))
    lines += _later_visits(mix)
    sensitised = mix.changed(sensitisation=min(5.0, SENSITISED * mix.sensitisation))
    strong = side_by_side(sensitised.changed(strength=STRONG), maras_chart(), TIMES)
    lines += _over(strong, "retention_elsewhere", (25 * MINUTE, HOUR, 12 * HOUR), "strong needles, sensitised cord")
    lines += _over(side_by_side(sensitised, maras_chart(), TIMES), "release_knot", (HOUR, DAY), "sensitised cord")
    return lines + _mixed(mix, "Mara") + _mixed(sensitised, "sensitised cord")


def _over(pair: Pair, name: str, times: Sequence[float], words: str = "Mara") -> list[Statement]:
    return [at(words, name, pair, when, OBSERVABLES) for when in times]


def _later_visits(mix: Mix) -> list[Statement]:
    """How far needles reach at a second visit after a week, and at a third that was not planned."""
    weeks = np.array([0.0, 7 * DAY + 20 * MINUTE, 14 * DAY + 20 * MINUTE])
    again = side_by_side(mix.changed(visits=mix.visits + 1), maras_chart(), weeks)
    reading = OBSERVABLES["retention_elsewhere"]
    return [
        Statement(f"one visit more, {words}, {reading.label}", reading.at(again, when), 1, "%")
        for words, when in (
            ("20 min into the visit after a week", float(weeks[1])),
            ("another week later", float(weeks[2])),
        )
    ]


def _mixed(mix: Mix, words: str) -> list[Statement]:
    """One's own mix and three others, without looking for the best."""
    lines = []
    patient, spread = best_mix.parts(mix)
    for told, passes, minutes in (
        ("8 passes", 8, 0.0),
        ("30 min of needles", 0, 30.0),
        ("8 passes after 20 min", 8, 20.0),
    ):
        back = best_mix.given_back(best_mix.visit(patient, passes, minutes, REAL), spread, maras_chart())
        for hours in (0.5, 24.0) if passes else (0.5,):  # of needles alone nothing is left a day later
            value = float(np.interp(np.log(HOUR * hours), np.log(AFTER), back))
            lines.append(statement("", f"{words}, {told}, given back {hours:g} h after the visit", value, "%"))
    return lines


def side_by_side_printed() -> str:
    """Page 07, printed."""
    return "\n".join(map(str, side_by_side_statements()))
