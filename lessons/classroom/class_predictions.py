"""What a class committed to before the figures opened: the first prediction of each learner, by question."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lessons.classroom.archives import Archives
from lessons.classroom.collected import collect
from lessons.classroom.hand_ins import by_learner, hand_in
from lessons.grading.attempts import dated, predicted


def class_predictions(folder: str | Path, today: date | None = None) -> tuple[int, dict[str, list[Any]]]:
    """How many learners there are, and question -> the answers that were committed to, as they were given.

    Nothing about an answer is checked here but that its file is whole. Raises ClassroomError.
    """
    top = Path(folder).expanduser().resolve()
    day = today or datetime.now(UTC).date()
    found: dict[str, list[Any]] = defaultdict(list)
    learners = 0
    with contextlib.closing(Archives()) as opened:
        for name, pieces in by_learner(collect(top, opened), top.stem if top.is_file() else top.name).items():
            handed = hand_in(name, pieces)
            learners += bool(handed.histories)
            for one in predicted(dated(handed.histories, day)):
                found[one.id].append(one.answer)
    return learners, dict(found)
