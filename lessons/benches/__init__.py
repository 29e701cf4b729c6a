"""What stands on the pages: each figure with the model, the sliders and the challenges that belong to it.

A page's code cell calls one function here. To see how a figure is put together, read its function: a parameter set, a
model's `simulate`, a figure function, and the names of the sliders. There is one module for each page.
"""

from lessons.benches.brain_and_chemistry import blocker_bench, which_frequency
from lessons.benches.class_votes import class_predictions, class_vote, vote
from lessons.benches.clinic import clinic, ten_thousand_treatments
from lessons.benches.context import believed_or_doubted, untreated_clinic, what_would_have_happened
from lessons.benches.every_page import answer, contents, explain_it, predict, quiz, visited, weigh
from lessons.benches.evidence_lab import the_lab
from lessons.benches.plans import planner
from lessons.benches.release import one_pass_more, over_the_border, release, weeks_after
from lessons.benches.retention import minutes_and_turns, retention
from lessons.benches.side_by_side import both_bodies, the_best_mix, where_and_when
from lessons.benches.signal_to_pain import signal_to_pain, touch_in_five_cords
from lessons.benches.start_here import first_touch
from lessons.benches.the_body import mara, muscles, where_will_it_act
from lessons.benches.the_knot import cut_an_arrow, duel, fuel_and_acid, load_up_load_down, loop
from lessons.benches.what_you_know import report
from lessons.benches.whole_body import one_visit, whole_body

__all__ = [
    "answer",
    "believed_or_doubted",
    "blocker_bench",
    "both_bodies",
    "class_predictions",
    "class_vote",
    "clinic",
    "contents",
    "cut_an_arrow",
    "duel",
    "explain_it",
    "first_touch",
    "fuel_and_acid",
    "load_up_load_down",
    "loop",
    "mara",
    "minutes_and_turns",
    "muscles",
    "one_pass_more",
    "one_visit",
    "over_the_border",
    "planner",
    "predict",
    "quiz",
    "release",
    "report",
    "retention",
    "signal_to_pain",
    "ten_thousand_treatments",
    "the_best_mix",
    "the_lab",
    "touch_in_five_cords",
    "untreated_clinic",
    "visited",
    "vote",
    "weeks_after",
    "weigh",
    "what_would_have_happened",
    "where_and_when",
    "where_will_it_act",
    "which_frequency",
    "whole_body",
]
