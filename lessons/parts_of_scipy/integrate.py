"""LSODA, as `scipy.integrate.odeint`."""

from __future__ import annotations

from lessons.parts_of_scipy import part

odeint, ODEintWarning = part("integrate", "_odepack_py", "odeint", "ODEintWarning")
