"""The report on a record in words: what stands in each of its blocks, as plain text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lessons.grading.report import (
    DAYS_NEEDED,
    FORMS_NEEDED,
    PASSES,
    Belief,
    Exam,
    Gain,
    Mastery,
    Report,
    Revisit,
    Sureness,
)

if TYPE_CHECKING:
    from lessons.interface.report import Course, Outcome

SURENESS = {1: "Guessed", 2: "Fairly sure", 3: "Sure"}
LONGEST = 200  # characters of an answer whose question is gone


def told(found: Report, course: Course, outcomes: Sequence[Outcome | None], today: date) -> dict[str, Any]:
    """Block -> what it shows. A block without anything to show says what will stand there."""
    return {
        "known": _known(found.mastery, course.claims),
        "beliefs": _beliefs([one for one in found.beliefs if one.belief in course.beliefs], course),
        "sureness": _sureness(found.sureness),
        "predictions": _predictions(outcomes),
        "today": _today(found, course, today),
        "gain": _gain(found.gain),
        "exam": _exam(found.exam),
        "teacher": _for_the_teacher(found),
        "apart": _apart(found),
    }


def _known(mastery: Sequence[Mastery], claims: Mapping[str, str]) -> dict[str, Any]:
    known = [one for one in mastery if one.claim in claims]
    mastered = [claims[one.claim] for one in known if one.mastered]
    coming = [one for one in known if not one.mastered]
    if not known:
        return {"told": "What you answer right without help, in two forms and on two days, will stand here."}
    both = f"{_count(mastered, 'claim')} of the paper understood, {len(coming)} on the way."
    return {
        "told": f"{both} Understanding one is knowing what speaks for it and against it.",
        "mastered": mastered,
        "coming": [{"text": claims[one.claim], "told": _missing(one)} for one in coming],
    }


def _missing(one: Mastery) -> str:
    other = [
        "in another form" if one.forms < FORMS_NEEDED else "",
        "on another day" if one.days < DAYS_NEEDED else "",
    ]
    # Each on a day of its own, but the same form on both: it takes another form on another day.
    return f"Right so far; once more {', '.join(part for part in other if part) or 'in another form on another day'}."


def _beliefs(beliefs: Sequence[Belief], course: Course) -> dict[str, Any]:
    if not beliefs:
        return {"told": "Beliefs behind wrong answers will stand here, and whether you put them right since."}
    right = sum(one.put_right for one in beliefs)
    return {
        "told": f"{_count(beliefs, 'belief')} showed in your answers; {right} put right since.",
        "list": [{"text": course.beliefs[one.belief], "right": one.put_right, "told": _shown(one)} for one in beliefs],
    }


def _shown(one: Belief) -> str:
    when = f"on {_day(one.day)}, page {one.lesson}" if one.day else f"on page {one.lesson}"
    often = f"{one.times} times, last {when}" if one.times > 1 else f"Once, {when}"
    return f"{often}. {'Put right since.' if one.put_right else 'Not yet put right.'}"


def _sureness(sureness: Sequence[Sureness]) -> dict[str, Any]:
    if not any(one.answers for one in sureness):
        return {"told": "Say how sure you are when you answer, and you will see here how often you were right."}
    *_, sure = sureness
    slips = sure.answers - sure.right
    warning = f"{_count(slips, 'answer')} wrong although you were sure: those teach the most." if slips else ""
    return {
        "told": warning or "No answer was wrong of which you were sure.",
        "bars": [{"label": SURENESS[one.sure], "share": _float(one.share), "told": _right(one)} for one in sureness],
    }


def _right(one: Sureness) -> str:
    return f"{one.right} of {one.answers} right" if one.answers else "no answer yet"


def _predictions(outcomes: Sequence[Outcome | None]) -> dict[str, Any]:
    known = [one for one in outcomes if one is not None]
    elsewhere = len(outcomes) - len(known)
    if not outcomes:
        return {"told": "Your predictions will stand here, beside what came of them."}
    committed = [one for one in known if one.agreed is not None]
    agreed = sum(bool(one.agreed) for one in committed)
    parts = [f"{agreed} of {_count(committed, 'prediction')} came as you said." if committed else ""]
    parts.append(
        f"{_count(len(known) - len(committed), 'time')} you were not sure." if len(known) > len(committed) else ""
    )
    parts.append(f"{elsewhere} more compared on the page where you made it." if elsewhere else "")
    return {
        "told": " ".join(part for part in parts if part),
        "list": [
            {"question": one.question, "yours": one.yours, "outcome": one.outcome, "agreed": one.agreed, "by": one.by}
            for one in known
        ],
    }


def _today(found: Report, course: Course, today: date) -> dict[str, Any]:
    due = [one for one in found.due(today) if one.item in course.homes]
    later = [one for one in found.revisit if one.due > today]
    next_one = f"{_count(later, 'question')} later, the next on {_day(later[0].due)}." if later else ""
    if not due:
        first = "Nothing for today." if found.first else "What you missed comes back here after 1, 7 and 30 days."
        return {"told": " ".join(part for part in (first, next_one) if part)}
    how = "“Start over” below the questions of a page empties them; what you answered is kept."
    return {
        "told": " ".join(part for part in (f"{_count(due, 'question')} for today.", how, next_one) if part),
        "list": [
            {"page": course.homes[one.item], "text": course.items[one.item].stem, "told": _why(one)} for one in due
        ],
    }


def _why(one: Revisit) -> str:
    if one.step:
        return f"Right {'once' if one.step == 1 else 'twice'} since you missed it."
    return "You were sure, and it was not so." if one.was_sure else "You missed it."


def _gain(gain: Gain | None) -> dict[str, Any] | None:
    if gain is None:
        return None
    words = f"{_percent(gain.before)} right before the course, {_percent(gain.after)} after it"
    pairs = f"({_count(gain.pairs, 'question')} answered both times)."
    if gain.gain is None:
        learnt = "There was nothing left to learn in them."
    elif gain.gain < 0:
        learnt = "That is less than before; look at what comes back today."
    else:
        learnt = f"You learnt {_percent(gain.gain)} of what was still to learn."
    bars = [("Before", gain.before), ("After", gain.after)]
    return {
        "told": f"{words} {pairs} {learnt}",
        "bars": [{"label": label, "share": _float(share), "told": f"{_percent(share)} right"} for label, share in bars],
    }


def _exam(exam: Exam | None) -> dict[str, Any] | None:
    if exam is None:
        return None
    needed = _percent(PASSES)
    safety = f"{exam.safety_right} of {exam.safety_questions}"
    if exam.passed:
        verdict = "Passed:"
    elif exam.answered < exam.questions:
        verdict = f"{exam.answered} of {exam.questions} answered so far:"
    else:
        verdict = f"Not passed, for that takes {needed} and all on safety. “Start over” sits it again. This time:"
    # Rounded down, so that what is not enough does not look like enough.
    share = f"{int(100 * exam.share)} %"
    told = f"{verdict} {share} right, {safety} on safety. First answers count."
    bars = [
        ("All", exam.share, f"{share}, {needed} to pass"),
        ("Safety", Fraction(exam.safety_right, exam.safety_questions or 1), f"{safety}, all to pass"),
    ]
    return {"told": told, "bars": [{"label": label, "share": _float(part), "told": how} for label, part, how in bars]}


def _for_the_teacher(found: Report) -> dict[str, Any] | None:
    """Answers that only the teacher's copy of the course can mark; None if there are none."""
    kept = {one.item for one in found.unmarked if one.sealed}
    if not kept:
        return None
    told = f"Your answers to {_count(len(kept), 'question')} are kept for your teacher, who marks them."
    return {"told": f"{told} This copy of the course does not know what is right, so nothing above counts them."}


def _apart(found: Report) -> dict[str, Any]:
    gone = [one for one in found.unmarked if not one.sealed]
    times = f"{_count(found.odd_times, 'answer')} kept with a time that cannot be: they belong to no day."
    return {
        "told": times if found.odd_times else "",
        "list": [{"text": f"{one.item} (page {one.lesson})", "told": _plain(one.raw)} for one in gone],
    }


def _plain(raw: Any) -> str:
    text = raw if isinstance(raw, str) else json.dumps(raw)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _count(what: int | Sequence, name: str) -> str:
    """ "1 answer", "2 answers"."""
    many = what if isinstance(what, int) else len(what)
    return f"{many} {name}{'' if many == 1 else 's'}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _percent(share: Fraction) -> str:
    return f"{round(100 * share)} %"


def _float(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
