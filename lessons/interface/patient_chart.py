"""The patient's chart with a line of words: how she is now, and what was done to her so far."""

from __future__ import annotations

from collections.abc import Iterable

import traitlets

from lessons.grading import record
from lessons.grading.record import RecordError
from lessons.interface.body_map import Area, BodyMap
from lessons.interface.chart import source
from lessons.interface.patient import Patient


class PatientChart(BodyMap):
    """A `BodyMap` of a patient whom all pages share. It looks anew whenever it comes into sight."""

    _esm = source("chart.js", "body_views.js", "body_shading.js", "patient_chart.js")
    about = traitlets.Dict().tag(sync=True)
    trouble = traitlets.Unicode().tag(sync=True)

    def __init__(self, regions: Iterable[Area], title: str, patient: Patient, *arguments, note: str = "", **more):
        """`note`: what the line means. `arguments` and `more`: see `BodyMap`."""
        self._patient, self._note = patient, note
        super().__init__(regions, title, *arguments, **more)
        self._look()
        patient.observe(self._look, "kept")
        self.on_msg(self._heard)

    def close(self) -> None:
        """Take it off the page; the patient goes on without it."""
        if self.comm is not None:
            self._patient.unobserve(self._look, "kept")
        super().close()

    def _heard(self, _, message: dict, buffers: list) -> None:
        if message.get("kind") == "hello":
            self._look()
        elif message.get("kind") == "back":
            self.back()

    def back(self) -> None:
        """Back to how the patient came."""
        try:
            self._patient.back()
        except RecordError as error:
            self.trouble = str(error)

    def _look(self, _=None) -> None:
        came = self._patient.came
        try:
            now = self._patient.now()
            self.trouble = record.notice(record.PATIENT)
        except RecordError as error:
            now, self.trouble = came, str(error)
        same = now.values == came.values
        self.about = {
            "who": f"{self._patient.name} {'as she came' if same else 'now'}",
            "now": self._patient.told(now.values),
            "done": self._patient.told_done(now.done) or "none",
            "came": same and not now.done,
            "note": self._note,
        }
