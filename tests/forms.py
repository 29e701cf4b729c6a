"""Small forms for tests: an opening and a closing one with three questions each, and an exam that is not written."""

from lessons.data import ASSETS
from lessons.grading.bank import sets

FORM = """schema_version: 1
set: {form}
language: en
items:
- id: {form}-beside
  type: choice
  model: "03"
  claim: [T4a]
  stem: Six good passes, five millimetres beside the spot ({form}). How is the pain one hour later?
  scenario: {{set: {{miss: 5.0}}}}
  options:
  - id: gone
    text: Gone as well
    misconception: m03-more-passes
    feedback: Needling the muscle is not needling the spot.
    truth: [{{of: pain, at: 1 h, op: "<", vs: 1, abs: 0}}]
  - id: same
    text: As before
    correct: true
    feedback: Yes. What acts on one spot must reach it.
    truth: [{{of: pain, at: 1 h, op: "~", vs: baseline, abs: 0.5}}]
  explanation: Only told after the course.
  hints: [Look at the EMG.]
- id: {form}-threshold
  type: numeric
  model: "03"
  claim: [T12a]
  stem: By how much has the pressure pain threshold risen after one day ({form})?
  ask: {{of: tenderness, at: 1 d, minus: baseline}}
  unit: kPa
  value: "120"
  atol: 12 kPa
  explanation: Threshold after minus threshold before.
- id: {form}-gentle
  type: target
  model: "03"
  claim: [T4a]
  stem: Set the needle so that it releases ({form}).
  sliders:
  - {{id: passes, start: 1}}
  goals:
  - id: gone
    text: An hour later the pain is below 1.
    holds: {{of: pain, at: 1 h, op: "<", vs: 1, abs: 0}}
    feedback: The spot must twitch often enough to let go.
  solution: {{passes: 4}}
  explanation: A few passes are enough.
"""
QUESTIONS = ("beside", "threshold", "gentle")


def write_forms(folder, *names):
    """A folder with these forms alone, beside links to the other assets; gives that folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in ASSETS.iterdir():
        if path.name != "quizzes":
            (folder / path.name).symlink_to(path)
    (folder / "quizzes" / "sets").mkdir(parents=True)
    for name in names:
        (folder / "quizzes" / "sets" / f"{name}.yaml").write_text(FORM.format(form=name), encoding="utf-8")
    return folder


def have(monkeypatch, folder, *names):
    """Let the course have these forms and no others."""
    assets = write_forms(folder / "assets with forms", *names)
    for module in ("lessons.grading.bank", "lessons.benches.what_you_know"):
        monkeypatch.setattr(f"{module}.sets", lambda _=ASSETS: sets(assets))
