"""Which mix of a release and retained needles gives a patient most back, and for whom.

A mix is a number of passes through the knot (0: no release) and of minutes in which needles stay (0: none); where both
are given, the release comes as the needles come out. What is given back, in per cent:

    1 - B(after) / B(before),   B = sum over all regions of ((1 - PPT / 330)+)^2

PPT is a region's pressure pain threshold (see `body`), 330 kPa that of a painless muscle. The square makes the sorest
places weigh most. Below 0: more tender than before. Read in hours after the end of the visit.

Limits. One visit; what visits leave for weeks belongs to `neuromodulation_course`. What a sensitised cord does to
thresholds is assumed (`body`). A sham in place of a mix stands beside it.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from lessons.models import body
from lessons.models.body import HOUR, Chart, Spread
from lessons.models.neuromodulation import MINUTE
from lessons.models.side_by_side import Mix
from lessons.models.treatment import NONE, REAL, SHAM, Course, Treatment, simulate
from lessons.models.trigger_point_readings import FULL_THRESHOLD

PASSES = (0, 1, 2, 3, 4, 6, 9)
MINUTES = (0, 20, 60)
AFTER = HOUR * np.geomspace(1 / 6, 48, 16)  # s after the end of the visit
AFTER.flags.writeable = False
NOTHING = 1e-3  # what may be lost where nothing hurts
HALF_AN_HOUR = 1800.0  # s after the visit, when a patient is usually asked
SENSITISATIONS = np.linspace(1.0, 5.0, 17)
SENSITISATIONS.flags.writeable = False
TABLES_KEPT = 16  # of 45 kB; whoever compares patients comes back to each
MIXED = ("passes", "minutes", "retention", "release", "release_after", "visits", "days_between")  # what a mix decides


class Mixes(NamedTuple):
    """What mixes give back (%), over sensitisations (g,) and times after the visit (n,).

    `release`, `retention`, `both`: (g, n), the best of each kind among `PASSES` and `MINUTES`; `best`: (g, n, 2) passes
    and minutes of the best of all; `yours`, `sham`: (n,), the patient's own mix at the patient's own sensitisation.
    """

    parameters: Mix
    time: np.ndarray
    sensitisations: np.ndarray
    release: np.ndarray
    retention: np.ndarray
    both: np.ndarray
    best: np.ndarray
    yours: np.ndarray
    sham: np.ndarray

    def at(self, values: np.ndarray, seconds: float) -> np.ndarray:
        """An array whose last axis is time, at one time (s after the visit)."""
        order = np.log(self.time)
        return np.apply_along_axis(lambda row: np.interp(np.log(seconds), order, row), -1, values)

    def now(self, values: np.ndarray, seconds: float) -> float:
        """One of `release`, `retention`, `both` for the patient's own sensitisation at one time (s)."""
        return float(np.interp(self.parameters.sensitisation, self.sensitisations, self.at(values, seconds)))

    def best_at(self, seconds: float) -> tuple[int, int]:
        """Passes and minutes of the mix that gives most back to this patient at one time (s)."""
        g = int(np.abs(self.sensitisations - self.parameters.sensitisation).argmin())
        n = int(np.abs(np.log(self.time / seconds)).argmin())
        passes, minutes = self.best[g, n]
        return int(passes), int(minutes)


def mixes(mix: Mix, chart: Chart) -> Mixes:
    """Compare all mixes for a patient, and the patient's own beside its sham.

    Raises KeyError for a region that the chart does not have, and what `treatment.simulate` raises.
    """
    patient, spread = parts(mix)
    table = _table(patient, spread.changed(sensitisation=1.0), chart)
    kinds = ((slice(1, None), 0), (0, slice(1, None)), (slice(1, None), slice(1, None)))
    best_of_kind = [_all(table[kind]).max(axis=0) for kind in kinds]
    winner = _all(table).argmax(axis=0)
    best = np.stack((np.array(PASSES)[winner // len(MINUTES)], np.array(MINUTES)[winner % len(MINUTES)]), axis=-1)
    own = [given_back(visit(patient, mix.passes, mix.minutes, kind), spread, chart) for kind in (REAL, SHAM)]
    return Mixes(mix, AFTER, SENSITISATIONS, *best_of_kind, best, *own)


def parts(mix: Mix) -> tuple[Treatment, Spread]:
    """The patient with a technique, without any mix, and what arrives where."""
    patient = Treatment(**{name: getattr(mix, name) for name in Treatment.described() if name not in MIXED})
    return patient, Spread(**{name: getattr(mix, name) for name in Spread.described()})


def visit(patient: Treatment, passes: int, minutes: float, kind: int = REAL) -> Course:
    """Run one mix, real or sham, to be read at `AFTER` from its end."""
    plan = patient.changed(
        passes=passes,
        minutes=minutes,
        retention=kind if minutes else NONE,
        release=kind if passes else NONE,
        release_after=minutes,
    )
    return _course(plan)


def given_back(course: Course, spread: Spread, chart: Chart) -> np.ndarray:
    """(n,) what a visit has given back, in per cent, at `AFTER` from its end."""
    before = body.thresholds(chart.regions, chart.knot, course.knot.before, spread)
    after = before * (1 + body.relief(course, chart, spread) / 100)
    lost = float(_lost(before)[0])
    if lost < NOTHING:  # no knot, and a calm cord
        return np.zeros(len(after))
    return 100 * (1 - _lost(after) / lost)


def _lost(thresholds: np.ndarray) -> np.ndarray:
    return (np.maximum(0.0, 1 - thresholds / FULL_THRESHOLD) ** 2).sum(axis=1)


def _all(table: np.ndarray) -> np.ndarray:
    """The mixes of a table along one axis."""
    return table.reshape(-1, *table.shape[-2:])


@functools.lru_cache(maxsize=512)
def _course(plan: Treatment) -> Course:
    return simulate(plan, MINUTE * plan.release_after + AFTER)


_kept: dict = {}


def _table(patient: Treatment, spread: Spread, chart: Chart) -> np.ndarray:
    """(passes, minutes, sensitisations, n) what every mix gives back; the last few are kept."""
    key = (patient, spread, chart.knot.region, chart.places)
    if key not in _kept:
        found = np.empty((len(PASSES), len(MINUTES), len(SENSITISATIONS), len(AFTER)))
        for i, passes in enumerate(PASSES):
            for j, minutes in enumerate(MINUTES):
                course = visit(patient, passes, float(minutes))
                for k, g in enumerate(SENSITISATIONS.tolist()):
                    found[i, j, k] = given_back(course, spread.changed(sensitisation=g), chart)
        if len(_kept) == TABLES_KEPT:
            del _kept[next(iter(_kept))]
        _kept[key] = found
    return _kept[key]
