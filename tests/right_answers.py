"""What earns the whole mark of a question, for whatever a test answers."""


def right_answer(item):
    """What earns the whole mark, in the shape that its kind is answered with."""
    return {
        "choice": lambda: item.correct.id,
        "many": lambda: sorted(item.right),
        "numeric": lambda: f"{item.value} {item.unit}",
        "match": lambda: dict(item.key),
        "order": lambda: list(item.key),
        "two_tier": lambda: {"answer": item.correct.id, "because": item.reason.id},
        "prediction": lambda: {
            row.id: {phase.id: way for phase, way in zip(item.phases, row.key, strict=True)} for row in item.rows
        },
        "target": lambda: dict(item.solution),
        "curve": lambda: list(item.key),
    }[item.type]()
