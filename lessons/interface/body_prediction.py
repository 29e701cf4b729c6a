"""A prediction that is shaded: one body for each plan, committed before a figure opens, drawn on it ever after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

import traitlets

from lessons.grading import record
from lessons.grading.record import RecordError
from lessons.interface.body_map import Area, ShadedBody, overlap, shaded
from lessons.interface.chart import source
from lessons.interface.commitment import UNSURE, Commitment

Shadings = Mapping[str, Collection[str]]  # plan -> ids of regions


class Plan(NamedTuple):
    """One of the things that are compared: its name on the switch, and what is done, in a sentence."""

    name: str
    does: str


class BodyPrediction(Commitment, ShadedBody):
    """Where will each plan act? One chart, a switch between the plans, one commitment.

    It stands in for a `Prediction` before an `Explorer`. `plans`: id -> Plan. `reached(trajectory)` gives the regions
    that the model reaches with each plan, `marks(shadings)` the traces that draw regions on the explorer's figure. The
    answer, {plan: ids of the shaded regions} or "unsure", is kept in the learner's record as `lesson` and `id`.
    """

    _esm = source("chart.js", "body_views.js", "body_shading.js", "body_prediction.js")
    plans = traitlets.List().tag(sync=True)
    plan = traitlets.Unicode().tag(sync=True)  # the one that is shaded now
    shadings = traitlets.Dict().tag(sync=True)  # plan -> shades

    def __init__(
        self,
        regions: Iterable[Area],
        title: str,
        plans: Mapping[str, Plan],
        *,
        lesson: str,
        id: str,
        reached: Callable[[Any], Shadings],
        marks: Callable[[Shadings], list[dict]],
        word: str = "expected",
        **more,
    ):
        """`more`: see `ShadedBody`. Raises what that raises."""
        self._plans = dict(plans)
        self._lesson, self._id, self._reached, self._traces = lesson, id, reached, marks
        super().__init__(
            regions,
            title,
            words=[word],
            plans=[{"id": key, **plan._asdict()} for key, plan in plans.items()],
            plan=next(iter(plans)),
            **more,
        )
        self.shadings = {}
        self._restore()
        self.clickable = not self.committed
        self._retell()
        self.observe(self._retell, "shadings")
        self.on_msg(self._heard)

    def _restore(self) -> None:
        try:
            kept = record.prediction(self._lesson, self._id)
        except RecordError as error:
            self.trouble = str(error)
            return
        if isinstance(kept, dict):
            # What an earlier chart called otherwise is left out; the rest still counts.
            shadings = {plan: ids for plan, ids in kept.items() if plan in self._plans and isinstance(ids, list)}
            self.shadings = {plan: {i: 1 for i in self._labels if i in ids} for plan, ids in shadings.items()}
        self.committed = kept == UNSURE or bool(self._shaded())

    @traitlets.validate("plan")
    def _one_of_them(self, proposal) -> str:
        if proposal["value"] not in self._plans:
            raise traitlets.TraitError(f"Choose one of {', '.join(self._plans)}, not {proposal['value']!r}.")
        return proposal["value"]

    @traitlets.validate("shadings")
    def _all_known(self, proposal) -> dict[str, dict[str, int]]:
        """A shading for each plan, empty where nothing is shaded."""
        unknown = [plan for plan in proposal["value"] if plan not in self._plans]
        if unknown:
            raise traitlets.TraitError(f"There is no plan {unknown[0]!r}; there are {', '.join(self._plans)}.")
        return {plan: self.known(proposal["value"].get(plan, {})) for plan in self._plans}

    def _shaded(self) -> dict[str, list[str]]:
        """Plan -> ids; empty if nothing is shaded at all."""
        found = {plan: list(shades) for plan, shades in self.shadings.items()}
        return found if any(found.values()) else {}

    def _retell(self, _=None) -> None:
        self.twin = " ".join(f"{plan.name}: {self.told(self.shadings[key])}." for key, plan in self._plans.items())

    def commit(self, answer: Any) -> None:
        """Commit {plan: {region: 1}} or "unsure". A committed answer stays.

        Raises TraitError for unknown plans or regions and ValueError if nothing is shaded.
        """
        if self.committed:
            return
        if answer != UNSURE:
            self.shadings = answer
            if not self._shaded():
                raise ValueError("Shade a region for one of them, or say that you are not sure.")
        else:
            self.shadings = {}
        try:
            record.save_prediction(self._lesson, self._id, self._shaded() or UNSURE)
        except RecordError as error:
            self.trouble = f"{error} Your prediction stays on this page until it is closed."
        self.clickable = False
        self.committed = True

    def marks(self) -> list[dict]:
        """The prediction as traces that stay drawn on the figure."""
        return self._traces(self._shaded()) if self.committed and self._shaded() else []

    def compare(self, trajectory: Any) -> str:
        """Set `verdict`: what was shaded beside what the model reaches, with F1 for each plan. Never a mark.

        It stays what it was for the first run that is handed in: the one with which the figure opens.
        """
        if self.verdict:
            return self.verdict
        reached = {plan: set(ids) for plan, ids in self._reached(trajectory).items()}
        if not self._shaded():
            told = (f"{plan.name} reaches {_regions(len(reached[key]))}" for key, plan in self._plans.items())
            self.verdict = f"In the model: {'; '.join(told)} of {len(self._labels)}."
            return self.verdict
        parts = []
        for key, plan in self._plans.items():
            mine, model = shaded(self.shadings[key]), reached[key]
            agree = overlap(self.shadings[key], dict.fromkeys(model, 1))
            parts.append(
                f"{plan.name}: you shaded {_regions(len(mine))}, the model reaches {_regions(len(model))}, "
                f"{len(mine & model)} of them yours: overlap {agree:.2f} of 1."
            )
        self.verdict = " ".join(parts)
        return self.verdict


def _regions(count: int) -> str:
    return f"{count} region{'' if count == 1 else 's'}"
