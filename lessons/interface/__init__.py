"""What a learner sees and touches. Is handed a model, a figure function and questions; knows none in particular."""
