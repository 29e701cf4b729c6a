r"""Days and weeks of a trigger point: a load that comes and goes, a knot that lets go or returns, and the visits.

    L(t)    = max(0, load + l + scheduled)       dl = -l/tau dt + sd sqrt(2/tau) dw        (exact steps of six hours)
    knot and L below the low fold                    -> it resolves
    no knot and L above the high fold twice running  -> it returns (the loop itself needs 49 min at load .75)
    visit                                            -> the loop is run: released or not
    S, F    = their values on the branch at L;  W follows its own with 20 min up, 6 h down;  dK/dt = -K/tau_K
    context : at each visit C += 2 kc e (1 - C / (2 Bmax)), fading with 5,000 days         (in sham as well)
    x       : natural ups and downs of pain, an Ornstein-Uhlenbeck process of 30 days
    pain    = clip(central pain(S) - C + x + 4 K, 0, 10)

No published effect size is in it: how far needle and sham part, and for how long, follows from the two folds, the load
and the treatment. Because the load crosses the low fold by itself, knots also resolve without treatment.

Left out: relief by a treatment that does not release (minutes in this model), the needle as a stimulus of the nervous
system, learning, change of habits, sleep and daily rhythm; the ups and downs of pain have no cause here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lessons.models.trigger_point import simulate
from lessons.models.trigger_point_people import DAY, SIX_WEEKS, STEP, Chance, People, draw, recruit, times
from lessons.models.trigger_point_readings import RELEASED_ABOVE, SETTLING
from lessons.models.trigger_point_tables import SIZES, Branches, branch_tables, largest_load, releases
from lessons.models.trigger_point_weeks import OBSERVABLES_WEEKS, CourseState, Weeks
from lessons.simulation import ParameterError, Trajectory

__all__ = ["ARMS", "OBSERVABLES_WEEKS", "CourseState", "Group", "Weeks", "compare", "course", "group"]

ARMS = ("release", "release without twitch", "sham", "nothing")

# Context, from this course's model of neuromodulation: gain per visit and room in SD of pain, memory, points per SD.
CONTEXT_GAIN, CONTEXT_ROOM, CONTEXT_MEMORY, POINTS_PER_SD = 0.082, 0.8, 5000 * DAY, 2.0


class Visit(NamedTuple):
    """What one visit did, per patient: `released` (bool), `soreness` added (0-1), `twitched` (bool)."""

    released: np.ndarray
    soreness: np.ndarray
    twitched: np.ndarray


@dataclass(frozen=True)
class Group:
    """A group in one arm. `state`: (times, patients) arrays; `before`: (patients,), before the first visit; `visits`
    in s; `released`, `twitched`: (visits, patients); `returns`: times each knot came back. Made to be read only.
    """

    arm: str
    parameters: Weeks
    time: np.ndarray
    state: CourseState
    before: CourseState
    visits: tuple[float, ...]
    released: np.ndarray
    twitched: np.ndarray
    returns: np.ndarray

    def __post_init__(self) -> None:
        for array in (*self.state, *self.before, self.released, self.twitched, self.returns):
            array.flags.writeable = False


Treat = Callable[[int, np.ndarray, np.ndarray, np.ndarray], Visit]


def follow(
    p: Weeks, arm: str, time: np.ndarray, table: Branches, people: People, chance: Chance, treat: Treat
) -> Group:
    """Take people through the days: load, folds, visits, read-outs. `treat` says what a visit does.

    `treat(visit, load, knot, nociceptor)` gets the number of the visit from 0 and what is so just before it.
    """
    muscle, count = people.muscle, len(people.load)
    own = p.muscle()
    extra = np.where((time >= p.hard_week * DAY) & (time < (p.hard_week + 7) * DAY), p.hard_week_load, 0.0)
    load = np.maximum(people.load + chance.departure + extra[:, None], 0)
    visits = [] if arm == "nothing" else [v * p.days_between * DAY for v in range(p.visits)]
    visits = [when for when in visits if when <= time[-1]]
    due = {int(round(when / STEP)): v for v, when in enumerate(visits)}
    low, high = table.low[muscle], table.high[muscle]
    knot, above, returns = np.ones(count, dtype=bool), np.zeros(count, dtype=bool), np.zeros(count, dtype=int)
    rest = table.at(muscle, load[0], knot)
    sensitised, soreness, context = rest.sensitisation, np.zeros(count), np.zeros(count)
    before = CourseState(load[0], knot * 1.0, *rest, soreness, context, chance.fluctuation[0])
    faded = {
        "up": np.exp(-STEP / (60 * own.sensitisation_rise)),
        "down": np.exp(-STEP / (3600 * own.sensitisation_fall)),
        "soreness": np.exp(-STEP / (3600 * p.soreness_time)),
        "context": np.exp(-STEP / CONTEXT_MEMORY),
    }
    path = np.empty((len(CourseState._fields), len(time), count))
    released, twitched = (np.zeros((len(visits), count), dtype=bool) for _ in range(2))
    for k in range(len(time)):
        if k:
            gap = sensitised - rest.sensitisation
            sensitised = rest.sensitisation + gap * np.where(gap > 0, faded["down"], faded["up"])
            soreness, context = soreness * faded["soreness"], context * faded["context"]
        knot = knot & (load[k] >= low)
        back = ~knot & above & (load[k] > high)
        returns += back
        knot, above = knot | back, load[k] > high
        if k in due:
            drive = table.at(muscle, load[k], knot).nociceptor
            done = treat(due[k], load[k], knot, drive)
            released[due[k]], twitched[due[k]] = knot & done.released, done.twitched
            knot = knot & ~done.released
            soreness = np.minimum(soreness + done.soreness, 1)
            room = np.maximum(1 - context / (POINTS_PER_SD * CONTEXT_ROOM), 0)
            context = context + POINTS_PER_SD * CONTEXT_GAIN * p.expectation * room
        rest = table.at(muscle, load[k], knot)
        path[:, k] = (
            load[k], knot, rest.nociceptor, sensitised, rest.contracture, soreness, context, chance.fluctuation[k],
        )  # fmt: skip
    return Group(arm, p, time, CourseState(*path), before, tuple(visits), released, twitched, returns)


def _twitch(p: Weeks, miss: np.ndarray, drive: np.ndarray, arm: str) -> np.ndarray:
    """Size of each twitch: strength times aim, 0 where the spot stays silent or the arm avoids it."""
    own = p.muscle()
    reached = np.exp(-0.5 * (miss / own.spot_size) ** 2) * p.reflex_arc
    silent = (drive * reached < own.twitch_threshold) | (arm != "release") | (p.passes == 0)
    return np.where(silent, 0.0, p.strength * reached)


def needle_soreness(p: Weeks, twitch: np.ndarray) -> np.ndarray:
    """Soreness that one visit's passes add, 0-1."""
    own = p.muscle()
    return p.passes * (own.soreness_per_pass + own.soreness_per_twitch * twitch)


def by_table(p: Weeks, arm: str, chance: Chance) -> Treat:
    """What a visit does to many: a visit from the table of what releases what."""
    touches = arm in ("release", "release without twitch")
    pressed = touches and p.pressure > 0 and p.pressure_seconds > 0
    own = p.muscle() if arm == "release" else p.muscle().changed(passes=0)
    border = largest_load(own) if touches else np.full(len(SIZES), -np.inf)

    def treat(visit, load, knot, drive):
        twitch = _twitch(p, chance.aim[visit], drive, arm)
        size = np.where(twitch > 0, twitch, 0.0) if not pressed else np.maximum(twitch, SIZES[0])
        added = needle_soreness(p, twitch) if touches else np.zeros(len(load))
        return Visit(knot & releases(border, size, load), added, knot & (twitch > 0))

    return treat


def _by_loop(p: Weeks, chance: Chance) -> Treat:
    """A visit of one patient by running the loop itself."""

    def treat(visit, load, knot, drive):
        at = min(float(load[0]), 1.0)
        own = p.muscle().changed(load=at, load_after=at, miss=min(float(chance.aim[visit][0]), 10.0), knot=int(knot[0]))
        run = simulate(own, [max((own.passes - 1) * own.spacing, own.pressure_seconds, 0.0) + SETTLING])
        released = knot & (run.state.phosphocreatine[-1] > RELEASED_ABOVE)
        sizes = np.array([run.notes["twitches"] > 0])
        return Visit(released, needle_soreness(p, _twitch(p, chance.aim[visit], drive, "release")), sizes)

    return treat


def course(parameters: Weeks) -> Trajectory:
    """Six weeks of one patient at steps of six hours, the loop itself being run at each visit.

    `time` in s from the first visit; `state`: CourseState of (169,) arrays, after whatever was done at that time.
    Events: the visits. Notes: "released" (visits that released the knot), "twitched", "returns", "folds" (low, high).
    Raises ParameterError where no knot lasts as long as asked.
    """
    p = parameters
    table = branch_tables([p.muscle()])
    people = recruit(p, table, np.random.default_rng([p.seed, 0]), 1, alike=True)
    chance = draw(p, people, len(SIX_WEEKS), p.visits, p.seed)
    run = follow(p, "release", SIX_WEEKS, table, people, chance, _by_loop(p, chance))
    notes = {
        "released": int(run.released.sum()),
        "twitched": int(run.twitched.sum()),
        "returns": int(run.returns[0]),
        "folds": (float(table.low[0]), float(table.high[0])),
    }
    state = CourseState(*(column[:, 0].copy() for column in run.state))
    before = CourseState(*(float(column[0]) for column in run.before))
    return Trajectory(time=run.time, state=state, before=before, parameters=p, events=run.visits, notes=notes)


def group(parameters: Weeks, arm: str, patients: int = 200, seed: int | None = None, weeks: float = 6) -> Group:
    """So many people with this muscle, each with their own load, luck and aim, in one of the `ARMS`.

    "sham": context, nothing done to the muscle; "nothing": not even context; "release without twitch": needle passes
    that sore but reset nothing. The same seed (default: the parameters') gives the same people in every arm. Visits go
    by `largest_load`, a table of the loop's own runs. Raises ParameterError for an unknown arm or no patients.
    """
    p = parameters
    if arm not in ARMS:
        raise ParameterError(f"There is no arm '{arm}'; choose one of {', '.join(ARMS)}.")
    if patients < 1:
        raise ParameterError("A group needs at least one patient.")
    seed = p.seed if seed is None else seed
    table, time = branch_tables([p.muscle()]), times(weeks)
    people = recruit(p, table, np.random.default_rng([seed, 0]), patients)
    chance = draw(p, people, len(time), p.visits, seed)
    return follow(p, arm, time, table, people, chance, by_table(p, arm, chance))


class Comparison(NamedTuple):
    """The same people in two arms."""

    parameters: Weeks
    treated: Group
    other: Group


def compare(parameters: Weeks, other: str = "sham", patients: int = 200) -> Comparison:
    """What a figure of weeks needs: a group in the arm "release", and the same people in another arm."""
    return Comparison(parameters, *(group(parameters, arm, patients) for arm in ("release", other)))
