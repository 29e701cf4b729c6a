"""A first look: a knot, a needle, and pain over time. Small, so that a newcomer sees at once what moves."""

from __future__ import annotations

import numpy as np

from lessons.figures import style
from lessons.figures.clock import Clock
from lessons.figures.muscle_strip import muscle_strip, needle, strip_axes
from lessons.models.trigger_point import OBSERVABLES
from lessons.simulation import Trajectory

TABLE_TIMES = (1.0, 60.0, 600.0, style.HOUR, style.DAY, style.WEEK)


def first_look(trajectory: Trajectory, view: Clock) -> dict:
    """The strip at the clock's time and pain with its cursor."""
    at = float(np.clip(view.clock, trajectory.time[0], trajectory.time[-1]))
    pain = OBSERVABLES["pain"].read(trajectory)
    now, before = float(np.interp(at, trajectory.time, pain)), OBSERVABLES["pain"].before(trajectory)
    contracture, oxygen = (
        float(np.interp(at, trajectory.time, v)) for v in (trajectory.state.contracture, trajectory.state.oxygen)
    )
    data = muscle_strip(contracture, oxygen, trajectory.parameters, ("x", "y"))
    if trajectory.parameters.passes:
        data += needle(0.0, trajectory.notes["twitches"] > 0, ("x", "y"))
    data.append(style.curve(trajectory.time, pain, "@release", ("x2", "y2"), meta="pin", name="pain"))
    data.append(style.marks([at], [now], "@release", ("x2", "y2"), 11))
    layout = style.layout(
        330,
        (56, 30, 22, 46),
        **strip_axes((0, 0.42), (0.05, 0.95)),
        xaxis2=style.time_axis("time since the needle", domain=[0.52, 1], anchor="y2"),
        yaxis2=style.axis("pain, 0 to 10", 0, 10, domain=[0, 1], anchor="x2", dtick=2),
    )
    layout["xaxis2"] |= {
        "tickvals": [1, 60, 3600, 86400, 6 * style.WEEK],
        "ticktext": ["1 s", "1 min", "1 h", "1 day", "6 wk"],
    }
    layout["annotations"] = [
        style.label(0, 1, f"the muscle at {style.words(at)}", "@muted", xref="paper", yref="paper", yanchor="bottom"),
        style.label(0, -2.55, "capillary", "@blood", xref="x", yref="y", xanchor="center", yanchor="bottom"),
    ]
    layout["shapes"] = [style.cursor(at, "y2", "x2")]
    count = trajectory.notes["twitches"]
    free = float(trajectory.state.phosphocreatine[-1]) > 20
    return {
        "title": f"{count} {'pass' if count == 1 else 'passes'} of a needle: the knot {'lets go' if free else 'stays'}",
        "data": data,
        "layout": layout,
        "twin": f"At {style.words(at)} pain is {now:.1f} of 10. It was {before:.1f} before the needle.",
        "table": {
            "first": "time",
            "rows": [style.words(t) for t in TABLE_TIMES],
            "columns": ["pain (0 to 10)"],
            "values": [np.interp(TABLE_TIMES, trajectory.time, pain)],
            "digits": [1],
        },
    }
