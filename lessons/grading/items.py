"""The kinds of question, as strict data: one right choice of several, a number with its unit, entries to sort.

A bank of questions, complete:

    schema_version: 1
    lesson: "03"
    language: en
    items:
    - id: five-millimetres-beside        # never reused: learners' answers are kept under it
      type: choice
      claim: [T4a]                       # ids of claims.yaml
      objective: 8                       # may be left out
      stem: Six good passes, five millimetres beside the spot. How is the pain one hour later?
      scenario: {set: {miss: 5.0}}       # what differs from the model's defaults; compare: {...} is a second run
      options:                           # 2 to 5, exactly one correct
      - id: gone
        text: Gone as well
        misconception: m03-more-passes   # id of misconceptions.yaml; each wrong option has one
        feedback: Needling the muscle is not needling the spot. Set the distance to 5 mm and watch the EMG.
        truth: [{of: pain, at: 1 h, op: "<", vs: 1, abs: 0}]
      - id: same
        text: As before
        correct: true
        feedback: Yes. What acts on one spot must reach it.
        truth: [{of: pain, at: 1 h, op: "~", vs: baseline, abs: 0.5}]
      explanation: Read after the right answer.
      source: 10.1177/0964528420920300   # may be left out
      hints: [Look at the EMG.]          # may be left out
      reviewed_by: unreviewed            # or the name of a second reader
    - id: threshold-after-a-day
      type: numeric
      claim: [T12a]
      stem: By how much has the pressure pain threshold risen after one day?
      ask: {of: tenderness, at: 1 d, minus: baseline}
      unit: kPa
      value: "120"                       # text; must lie within a quarter of the tolerance of the model
      atol: 12 kPa                       # with its unit; or rtol: 0.1, or both
      diagnoses:
      - {value: "295", tag: level-not-change, say: That is the threshold itself. Subtract what it was before.}
      explanation: Threshold after minus threshold before.
    - id: must-it-twitch
      type: choice
      claim: [T5]
      stem: What did pooled trials find?
      truth: none                        # no model can decide it, ...
      evidence: [twitch-gap-now-none-later]    # ... so it cites findings of evidence.yaml
      options: [...]                     # without truth
      explanation: Six trials, low certainty.
    - id: five-levels
      type: match
      claim: [G1]
      stem: Sort each observation to the level that explains it best.
      truth: none
      evidence: [half-of-sham-controlled]
      left:                              # 3 to 12; shown in another order
      - {id: band, text: The needled band softens, feedback: Only the fibres under the needle change.}
      - id: sleep
        text: Sleep improves
        misconception: m01-clean-dichotomy    # may be left out; the belief of who puts the entry elsewhere
        feedback: No nerve of the needled segment ends where sleep is made.
      - {id: told, text: The group told "real" does better, feedback: Both groups had the same needle.}
      right:                             # 2 to 6 places, shown as written; each takes several entries or none
      - {id: local, text: Local}
      - {id: segment, text: Segmental}
      - {id: whole, text: Whole body}
      - {id: context, text: Context}
      key: {band: local, sleep: whole, told: context}
      explanation: Most effects have more than one level; this is the main one.
    - id: after-the-release
      type: match
      claim: [T4a]
      stem: Compare each reading an hour after the release with the one before.
      scenario: {set: {passes: 6}}
      left:
      - id: pain
        text: Pain
        feedback: Move the clock to 1 h and read the pain again.
        truth:                           # of every entry for every place: only what the key says may hold
          rises: [{of: pain, at: 1 h, op: ">", vs: baseline, abs: 0.5}]
          falls: [{of: pain, at: 1 h, op: "<", vs: baseline, abs: 0.5}]
      - ...
      right: [{id: rises, text: Rises}, {id: falls, text: Falls}]
      key: {pain: falls, ...}
      explanation: Read after all of them are right.

The feedback of an entry is read while its place is still sought, so it says what decides and never names the place.

A statement of `truth` or `ask` reads: the observable `of` at time `at` (left out for a reading that sums up the run)
is `op` >, <, ~ (as much as) or !~ (not as much as) `vs` baseline, compare or a number, by a margin `abs` in the
observable's unit or `rel` as a share. Nothing is evaluated as code.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from lessons.grading.choices import Choice, Many, TwoTier
from lessons.grading.numeric import Numeric
from lessons.grading.runs import Curve, Prediction, Target
from lessons.grading.sorting import Match, Order
from lessons.strict_yaml import Entry

TYPES = ("choice", "numeric", "match", "many", "order", "two_tier", "prediction", "target", "curve")
Item = Annotated[
    Choice | Numeric | Match | Many | Order | TwoTier | Prediction | Target | Curve, Field(discriminator="type")
]


class _File(Entry):
    schema_version: Literal[1]
    language: Literal["en"]
    items: tuple[Item, ...]

    @model_validator(mode="after")
    def _some(self) -> _File:
        if not self.items:
            raise ValueError("there is no question here; write one under 'items' or remove the file")
        return self


class BankFile(_File):
    """One file of assets/quizzes: the questions of one lesson, in the order in which they are asked."""

    lesson: Annotated[str, StringConstraints(pattern=r"^\d\d$")]


class SetFile(_File):
    """One file of assets/quizzes/sets: questions on the whole course, each of which names the lesson of its model."""

    set: Literal["opening", "closing", "exam"]
