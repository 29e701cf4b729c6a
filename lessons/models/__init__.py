"""Physiological models: equations, parameters and what can be read from them. No screen."""
