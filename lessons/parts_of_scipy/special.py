"""The normal distribution and Student's, and their inverses, as in `scipy.special`."""

from __future__ import annotations

from lessons.parts_of_scipy import part

ndtr, ndtri, stdtr, stdtrit = part("special", "_ufuncs", "ndtr", "ndtri", "stdtr", "stdtrit")
