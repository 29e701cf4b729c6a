"""Page 06: one visit in its parts, a course of ten weekly visits in three arms, and the people who enrol."""

from __future__ import annotations

import numpy as np

from lessons.models import neuromodulation, neuromodulation_course, neuromodulation_people
from lessons.models.neuromodulation import CONTINUOUS, Neuromodulation
from lessons.models.neuromodulation_course import BLUNT, NO_NEEDLE, NOTHING, REAL, SHAM_ARM, Course
from lessons.statements.shared import DAY, MINUTE, Statement, statement

PEOPLE = 20_000
ARMS = {NOTHING: "no treatment", SHAM_ARM: "sham", REAL: "real needles"}
OTHER_SHAMS = ((BLUNT, "a blunt sham"), (NO_NEEDLE, "a sham without a needle"))
VISIT = np.array([0.0, 5 * MINUTE, 29.9 * MINUTE])
COURSE_DAYS = np.array([0.0, 7.0, 28.0, 84.0, 449.0])


def visit_statements(parameters: Neuromodulation | None = None) -> list[Statement]:
    """Heart, cortisol, pressure and tone at the end of a visit, and the anxiety that it leaves."""
    p = parameters or Neuromodulation()
    lines = []
    lying = neuromodulation.simulate(p.changed(needles=0, expectancy=0.0), VISIT)
    real = neuromodulation.simulate(p, VISIT)
    for words, run in (("nobody treats", lying), ("real needles", real)):
        lines += [_visit(f"{words}, after 30 min", name, run, -1, False) for name in ("rmssd", "heart_rate")]
        lines += [
            _visit(f"{words}, change after 30 min", name, run, -1, True)
            for name in ("heart_rate", "blood_pressure", "cortisol")
        ]
    lines.append(_visit("real needles, after 5 min", "rmssd", real, 1, False))
    lines.append(_visit("real needles, change after 30 min", "muscle_tone", real, -1, True))
    before = neuromodulation.OBSERVABLES["cortisol"].before(real)
    lines.append(significant("cortisol before the visit", before, "ug/dL"))
    strong = neuromodulation.simulate(p.changed(stimulation=CONTINUOUS, strength=9.0), VISIT)
    lines.append(_visit("strong needles turned without a pause, after 30 min", "rmssd", strong, -1, False))
    lines.append(_visit("strong needles turned without a pause, change after 30 min", "muscle_tone", strong, -1, True))
    for words, treated in (("real needles", p), ("the same visit without a needle", p.changed(needles=0))):
        anxiety = neuromodulation.OBSERVABLES["anxiety"].read(neuromodulation.simulate(treated, VISIT))
        lines.append(significant(f"{words}, change of state anxiety after the visit", float(anxiety), "points"))
    return lines


def course_statements(parameters: Course | None = None) -> list[Statement]:
    """Set point, sleep and pain in the three arms and with three kinds of sham, and what a trial would find."""
    c = parameters or Course()
    lines = []
    of = neuromodulation_course.OBSERVABLES
    for words, arm in ((ARMS[REAL], c.changed(arm=REAL)), *_shams(c)):
        run = neuromodulation_course.simulate(arm, DAY * COURSE_DAYS)
        for day, names in (
            (84, ("needle_shift", "context_shift", "sleep")),
            (449, ("needle_shift", "context_shift")),
        ):
            if day == 449 and words != ARMS[REAL]:
                continue
            for name in names:
                value = of[name].at(run, DAY * day)
                lines.append(significant(f"{words}, day {day}, {of[name].label}", value, of[name].unit))
    real = neuromodulation_course.simulate(c.changed(arm=REAL))
    for name in ("session_rmssd", "session_anxiety"):
        lines.append(significant(f"{ARMS[REAL]}, {of[name].label}", of[name].read(real), of[name].unit))
    for arm, words in ARMS.items():
        run = neuromodulation_course.simulate(c.changed(arm=arm))
        lines.append(significant(f"{words}, pain after six weeks", of["pain"].at(run, 42 * DAY)))
        lines.append(significant(f"{words}, pain in the last week that is followed", float(of["pain"].read(run)[-1])))
    found = neuromodulation_people.expectation(c, 84.0, PEOPLE)
    for words, value in (
        ("real needles over no treatment", found.real_none),
        ("real needles over sham", found.real_sham),
        ("sham over no treatment", found.sham_none),
    ):
        lines.append(significant(f"what a large trial would find on day 84, {words}", value, "SD"))
    random = np.random.default_rng(1)
    people = neuromodulation_people.enrol(c, PEOPLE, random)
    rated = neuromodulation_people.ratings(c.changed(arm=NOTHING), people, np.array([0.0, 21.0]), random)
    lines.append(significant("mean pain on the day of enrolment", float(people.screening.mean())))
    lines.append(significant("mean pain three weeks later without treatment", float(rated[1].mean())))
    lines.append(significant("spread of pain three weeks later without treatment", float(rated[1].std())))
    return lines


def significant(text: str, value: float, unit: str = "") -> Statement:
    """Three significant digits."""
    return statement("", text, value, unit)


def _shams(c: Course) -> list[tuple[str, Course]]:
    """The sham as it is set (it pricks, unless somebody chooses another), and the other two kinds."""
    sham = c.changed(arm=SHAM_ARM)
    return [("sham that pricks", sham), *((words, sham.changed(sham=kind)) for kind, words in OTHER_SHAMS)]


def _visit(words: str, name: str, run, row: int, change: bool) -> Statement:
    o = neuromodulation.OBSERVABLES[name]
    value = float(o.read(run)[row]) - (o.before(run) if change else 0.0)
    return significant(f"{words}, {o.label}", value, o.unit)


def whole_body() -> str:
    """Page 06, printed."""
    return "\n".join(map(str, [*visit_statements(), *course_statements()]))
