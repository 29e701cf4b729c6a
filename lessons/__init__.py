"""Retain or Release: an interactive course on two ways in which needling helps."""

__version__ = "0.1.0"
