"""Page 07: both ways side by side, on the body and over time."""

from __future__ import annotations

from lessons.figures.clock import Clock
from lessons.figures.side_by_side import Sides, side_by_side, sides
from lessons.interface.explorer import Explorer
from lessons.interface.prediction import Prediction
from lessons.models import side_by_side as model
from lessons.models.side_by_side import Mix
from lessons.treated_body import chart, maras_chart


def run(mix: Mix) -> Sides:
    """Both plans of a patient, each with its sham, on the chart."""
    return sides(model.side_by_side(mix, maras_chart()), chart())


def both_bodies(after: Prediction | None = None) -> Explorer:
    return Explorer(
        Mix(),
        run,
        side_by_side,
        ["clock", "minutes", "expectancy", "twitch", "sympathetic_tone"],
        folded=["load", "needles", "strength", "passes", "body_wide", "segmental", "local", "referral", "elsewhere"],
        view=Clock(),
        play="clock",
        presets={
            "Strong needles, as the paper says": {"strength": 9.0, "minutes": 50.0, "expectancy": 0.15},
            "Nobody believes in it": {"expectancy": 0.0},
            "The knot resists": {"twitch": 0.4},
        },
        after=after,
        name="both-bodies",
    )
