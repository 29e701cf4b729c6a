"""What a class predicted, laid over a figure: one faint line or mark for each learner, and their middle."""

from __future__ import annotations

from collections.abc import Sequence


def ghosts(
    seconds: Sequence[float], axes: tuple[str, str], rows: Sequence[Sequence[float]], middle: Sequence[float]
) -> list[dict]:
    """Traces over a figure of time. `seconds`: (times,); `rows`: (learners, times); `middle`: (times,), the median."""
    if not rows:
        return []
    # One trace with gaps is drawn a hundred times faster than a hundred traces.
    x = [second for _ in rows for second in (*seconds, None)]
    y = [value for row in rows for value in (*row, None)]
    common = {"type": "scatter", "xaxis": axes[0], "yaxis": axes[1], "hoverinfo": "skip", "cliponaxis": False}
    faint = max(0.12, min(0.5, 6 / len(rows)))
    return [
        {
            **common,
            "x": x,
            "y": y,
            "mode": "lines+markers" if len(seconds) > 1 else "markers",
            "line": {"color": f"@ink/{faint:.2f}", "width": 1.5},
            "marker": {"color": f"@ink/{faint:.2f}", "size": 7},
        },
        {
            **common,
            "x": list(seconds),
            "y": list(middle),
            "mode": "lines+markers+text" if len(seconds) > 1 else "markers+text",
            "line": {"color": "@ink", "width": 3, "dash": "dash"},
            "marker": {"color": "@ink", "size": 12, "symbol": "triangle-up"},
            "text": [f"middle of {len(rows)}  "] + [""] * (len(seconds) - 1),
            "textposition": "middle left",
            "textfont": {"color": "@ink", "size": 13},
        },
    ]
