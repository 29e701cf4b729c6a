"""The kinds of question, as strict data, one example of each.

Chosen: one of several, all that apply, an answer with its reason. A number with its unit. Sorted: entries to places,
steps into an order. What a run of the model decides: what rises and falls, sliders to set, a curve to draw.

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
      options:                           # without truth
      - id: lasting
        text: A gap that lasts
        misconception: m02-must-twitch
        feedback: The first half is right. Read on to the weeks after.
      - {id: early, text: A gap at first, correct: true, feedback: Yes. Later the interval crosses zero.}
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
      - id: oxygen
        text: Oxygen in the spot
        feedback: Open the vessels and look at what reaches the fibres.
        truth:
          rises: [{of: oxygen, at: 1 h, op: ">", vs: baseline, abs: 1}]
          falls: [{of: oxygen, at: 1 h, op: "<", vs: baseline, abs: 1}]
      - id: soreness
        text: Soreness
        feedback: Count the passes.
        truth:
          rises: [{of: soreness, at: 1 h, op: ">", vs: baseline, abs: 0.5}]
          falls: [{of: soreness, at: 1 h, op: "<", vs: baseline, abs: 0.5}]
      right: [{id: rises, text: Rises}, {id: falls, text: Falls}]
      key: {pain: falls, oxygen: rises, soreness: rises}
      explanation: Read after all of them are right.
    - id: an-hour-after
      type: many
      claim: [T4a]
      stem: Six passes through the spot. What holds an hour later?
      options:                           # at most 8, at least as many wrong ones as right ones
      - id: oxygen
        text: More oxygen reaches the spot
        correct: true
        feedback: Yes. Fibres that let go no longer squeeze their vessels.
        truth: [{of: oxygen, at: 1 h, op: ">", vs: baseline, abs: 5}]
      - id: sore
        text: The needled place is sore
        correct: true
        feedback: Yes. Each pass leaves a little.
        truth: [{of: soreness, at: 1 h, op: ">", vs: baseline, abs: 1}]
      - id: none
        text: It hurts as much as before
        misconception: m15-soreness-signal
        feedback: Soreness and the old pain are two readings. Move the clock and read both.
        truth: [{of: pain, at: 1 h, op: "~", vs: baseline, abs: 1}]
      - id: lower
        text: It takes less pressure to hurt
        misconception: m28-twitch-means-nothing
        feedback: Press on it in the model, an hour later.
        truth: [{of: tenderness, at: 1 h, op: "<", vs: baseline, abs: 5}]
      explanation: Released and sore go together.
    - id: how-many-passes
      type: order
      claim: [T4a]
      stem: Ten minutes after the needle, who hurts most? Begin there.
      steps:                             # 3 to 7 in the right order; shown in another
      - {id: one, text: One pass, set: {passes: 1}, read: {of: pain, at: 10 min}}
      - {id: two, text: Two passes, set: {passes: 2}, read: {of: pain, at: 10 min}}
      - {id: six, text: Six passes, set: {passes: 6}, read: {of: pain, at: 10 min}}
      falling: true                      # from the largest reading down; with truth: none, steps read nothing
      misconception: m28-twitch-means-nothing    # may be left out
      explanation: Worth the share of steps that follow the one before as they should.
    - id: sore-is-not-worse
      type: two_tier
      claim: [T4a]
      stem: A day after the release the place is still sore. Did it help?
      options:                           # 2 to 5, exactly one correct; the model decides
      - id: helped
        text: It did
        correct: true
        feedback: Yes. The pain that was treated is gone.
        truth: [{of: pain, at: 1 d, op: "<", vs: baseline, abs: 2}]
      - id: harmed
        text: It did not
        misconception: m15-soreness-signal
        feedback: Read the pain a day later, not the soreness.
        truth: [{of: pain, at: 1 d, op: ">", vs: baseline, abs: 0.5}]
      because:                           # 2 to 5 reasons, exactly one correct, without truth
      - {id: two, text: Soreness and the old pain have two causes, correct: true, feedback: Yes. One is the needle.}
      - id: one
        text: What is sore has not healed
        misconception: m15-soreness-signal
        feedback: Uncouple soreness from benefit and run again.
      explanation: The answer alone is worth a half, the reason alone nothing.
    - id: an-hour-and-a-week
      type: prediction
      claim: [T4a]
      stem: Against before the release, what happens to each reading?
      phases: [{id: hour, text: an hour later, at: 1 h}, {id: week, text: a week later, at: 7 d}]    # 1 to 3
      rows:                              # 2 to 8; band: what counts as no change; key: for each phase up, same or down
      - id: pain
        text: Pain
        of: pain
        band: 0.3
        key: [down, down]
        feedback: Pain follows what the fibres release, and they let go.
      - id: soreness
        text: Soreness
        of: soreness
        band: 0.3
        key: [up, same]
        feedback: It comes from the passes, and fades within days.
        misconception: m15-soreness-signal    # may be left out
      explanation: With compare under scenario, against the compared run instead of against before.
    - id: enough-but-gentle
      type: target
      claim: [T4a]
      stem: Set the needle so that it releases and hardly hurts afterwards.
      sliders:                           # 1 to 5 parameters of the model; low and high may narrow the range
      - {id: passes, start: 12}
      - {id: miss, start: 0.0, high: 5.0}
      goals:                             # 1 to 4; any setting that meets them is right
      - id: gone
        text: An hour later the pain is below 1.
        holds: {of: pain, at: 1 h, op: "<", vs: 1, abs: 0}
        feedback: The spot must twitch often enough to let go.
      - id: gentle
        text: Soreness never reaches 2.
        holds: {of: soreness_peak, op: "<", vs: 2, abs: 0}
        feedback: Each pass adds a little soreness.
      solution: {passes: 2, miss: 0.0}   # one setting that does
      misconception: m03-more-passes     # may be left out
      explanation: Near the spot a few passes are enough.
    - id: how-sore
      type: curve
      claim: [T4a]
      stem: Draw how sore the place is after six passes.
      of: soreness
      label: Soreness, in points
      at: [1 s, 1 min, 6 h, 1 d, 2 d, 7 d]    # 4 to 9 times, the first within the run
      low: 0.0
      high: 10.0
      key: [0.67, 4.0, 2.75, 0.89, 0.2, 0.0]     # of the model; shown beside the drawing once it was marked
      band: 0.4                          # less is no change
      misconception: m40-acute-effect-is-lasting    # may be left out
      explanation: Judged by direction, turning point, plateau and order, so its size may be off.

The feedback of an entry is read while its place is still sought, so it says what decides and never names the place.

A question may have `variants`, the same in another situation: who begins the page anew is asked the next one, and a
class votes on the first one alone in the end. Each has an `id`, a `stem`, and what else differs (`scenario`, `ask`,
`unit`, `value`, `atol` and so on); options and feedback stay, so they must be true in all of them. A variant that asks
for another quantity (another `of` or `minus`) is refused without an `explanation` of its own, and without `hints` of
its own if the question has some.

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
