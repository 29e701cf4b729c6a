"""Page 01: from signal to pain."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.benches.patient import shared
from lessons.figures.signal_path import Moment, signal_path
from lessons.figures.touch_and_gain import touch_and_gain
from lessons.interface.explorer import Challenge, Explorer
from lessons.interface.prediction import Prediction
from lessons.models.dorsal_horn import OBSERVABLES, DorsalHorn, simulate
from lessons.models.dorsal_horn_series import touch_curves
from lessons.presets import added

MONDAY = {"c_fibre_input": 2.0, "spinal_gain": 1.0, "threat": 3.0, "inhibition_lost": 0.0, "relay_lost": 0.0}
THURSDAY = {**MONDAY, "spinal_gain": 3.0, "threat": 8.0}
# No needle; and as much more inhibition from the brainstem as takes the projection cells down to the gain that the
# model of retained needles gives at the end of a visit: strong needles turned without a pause, and those of a blinded
# trial.
ACCOUNTS = {
    "No needle yet": {"descending_inhibition": 40.0, "human_only": 0},
    "As the paper says": {"descending_inhibition": 68.0, "human_only": 0},
    "What trials in people show": {"descending_inhibition": 50.0, "human_only": 1},
}


def signal_to_pain(after: Prediction | None = None) -> Explorer:
    return Explorer(
        DorsalHorn(),
        simulate,
        signal_path,
        ["touch", "spinal_gain", "descending_inhibition", "threat", "second"],
        folded=["c_fibre_input", "inhibition_lost", "relay_lost"],
        view=Moment(),
        play="second",
        accounts=ACCOUNTS,
        presets={
            "Monday: calm": {**MONDAY, "touch": 0.0},
            "Thursday: sensitised": {**THURSDAY, "touch": 0.0},
            "Rub it on Monday": {**MONDAY, "touch": 40.0},
            "Rub it on Thursday": {**THURSDAY, "touch": 40.0},
            **added("signal_to_pain", DorsalHorn.described()),
        },
        challenges=[
            Challenge("Leave the C fibres at 2 Hz and bring pain to 8 or more.", _eight),
            Challenge("Let touch take away at least a third of what the projection cells send.", _calms),
            Challenge("Let the same touch, 40 Hz, make it worse.", _hurts),
        ],
        after=after,
        patient=shared("01", sensitisation="spinal_gain"),
        name="signal-to-pain",
    )


def touch_in_five_cords() -> Explorer:
    return Explorer(
        DorsalHorn(touch=40.0),
        touch_curves,
        touch_and_gain,
        ["c_fibre_input", "touch", "spinal_gain", "inhibition_lost", "relay_lost"],
        folded=["descending_inhibition", "threat"],
        presets={
            "Touch alone, calm": {**MONDAY, "c_fibre_input": 0.0, "touch": 40.0},
            "Block inhibition": {**MONDAY, "c_fibre_input": 0.0, "touch": 40.0, "inhibition_lost": 100.0},
            "Remove the relay as well": {
                **MONDAY, "c_fibre_input": 0.0, "touch": 40.0, "inhibition_lost": 100.0, "relay_lost": 100.0,
            },
        },
        unavailable=_nothing_to_multiply,
        under="Look deeper: touch alone, inhibition blocked, the relay removed",
        name="touch-in-five-cords",
    )  # fmt: skip


def _nothing_to_multiply(p: DorsalHorn) -> Mapping[str, str]:
    if p.c_fibre_input == 0 and p.relay_lost == 100:
        return {"spinal_gain": "Has nothing to multiply: no C fibre fires, and no relay cell is left."}
    return {}


def _read(run, name: str) -> float:
    return float(OBSERVABLES[name].read(run))


def _eight(run) -> bool:
    return run.parameters.c_fibre_input == 2 and _read(run, "pain_alone") >= 8


def _calms(run) -> bool:
    return run.parameters.touch > 0 and _read(run, "touch_effect") <= -33.3


def _hurts(run) -> bool:
    return run.parameters.touch == 40 and _read(run, "pain_touched") > _read(run, "pain_alone") + 0.1
