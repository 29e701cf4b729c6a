"""The colours behind the names that figures use, for JupyterLab's light and dark theme.

The names say the meaning: release, retention, both, context, none, and the
parts of a drawing. tests/test_palette.py measures their contrast on JupyterLab's own backgrounds.
"""

COLOURS = {
    "light": {
        "paper": "#ffffff",
        "ink": "#1f2933",
        "muted": "#52606d",
        "grid": "#e4e7eb",
        "line": "#9aa5ac",
        "release": "#c24e00",
        "release-text": "#a84300",
        "retention": "#0072b2",
        "retention-text": "#005a8c",
        "both": "#8e3b6b",
        "context": "#7a5200",
        "context-fill": "#e69f00",
        "none": "#4a555c",
        "none-fill": "#9aa5ac",
        "muscle": "#e9b9ae",
        "muscle-deep": "#c9705f",
        "blood": "#b3261e",
        "vein": "#5a6ea8",
        "bone": "#f4f1ea",
        "needle": "#3e4c59",
        "soft": "#f3f5f7",
    },
    "dark": {
        "paper": "#111111",
        "ink": "#f0f2f4",
        "muted": "#b4bec8",
        "grid": "#3a4149",
        "line": "#7f8a94",
        "release": "#ff8a3d",
        "release-text": "#ff9d5c",
        "retention": "#5db7f0",
        "retention-text": "#7cc5f3",
        "both": "#e5a3cb",
        "context": "#f2b84b",
        "context-fill": "#f2b84b",
        "none": "#c3ccd3",
        "none-fill": "#8b969d",
        "muscle": "#7d4a40",
        "muscle-deep": "#d98a78",
        "blood": "#ff6b5e",
        "vein": "#8fa3e0",
        "bone": "#2a2a28",
        "needle": "#d5dde5",
        "soft": "#22262b",
    },
}
