"""What a class committed to before the figures opened: the first prediction of each learner, by question."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lessons.classroom.vote_tally import records_in
from lessons.grading.attempts import dated, predicted


def class_predictions(folder: str | Path, today: date | None = None) -> tuple[int, dict[str, list[Any]]]:
    """How many learners there are, and question -> the answers that were committed to, as they were given.

    Nothing about an answer is checked here but that its file is whole. Raises ClassroomError.
    """
    day = today or datetime.now(UTC).date()
    found: dict[str, list[Any]] = defaultdict(list)
    learners = 0
    for _, histories, _ in records_in(Path(folder).expanduser()):
        learners += bool(histories)
        for one in predicted(dated(histories or {}, day)):
            found[one.id].append(one.answer)
    return learners, dict(found)
