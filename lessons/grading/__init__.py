"""Questions, marks and the learner's record. Knows neither Jupyter nor any model."""
