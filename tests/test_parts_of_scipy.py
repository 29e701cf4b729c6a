"""Functions taken out of scipy are scipy's own, leave no trace, and come the usual way where they cannot be had so."""

import subprocess
import sys

import numpy as np
import pytest
from scipy import integrate, special

from lessons import parts_of_scipy
from lessons.parts_of_scipy.integrate import ODEintWarning, odeint
from lessons.parts_of_scipy.special import ndtr, ndtri, stdtr, stdtrit

FAR = np.linspace(-8, 8, 101)
SHARES = np.linspace(0.001, 0.999, 101)
LATER = """
import sys
from lessons.parts_of_scipy.integrate import odeint
from lessons.parts_of_scipy.special import ndtr
loaded = [name for name in ("scipy.integrate", "scipy.special", "scipy.optimize", "numpy.f2py") if name in sys.modules]
assert loaded == [], loaded
from scipy import integrate, optimize, special, stats
assert special.ndtr(1.0) == ndtr(1.0) == stats.norm.cdf(1.0)
assert integrate.solve_ivp(lambda t, y: -y, (0, 1), [1.0], rtol=1e-9).success
assert abs(odeint(lambda y, t: -y, 1.0, [0, 1])[-1, 0] - integrate.odeint(lambda y, t: -y, 1.0, [0, 1])[-1, 0]) == 0
assert optimize.brentq(lambda x: x - 1, 0, 3) == 1
from scipy._lib import _array_api
assert _array_api.xp_capabilities.__module__ == "scipy._lib._array_api"
"""


def stiff(y, t):
    return [-0.04 * y[0] + 1e4 * y[1] * y[2], 0.04 * y[0] - 1e4 * y[1] * y[2] - 3e7 * y[1] ** 2, 3e7 * y[1] ** 2]


def test_the_solver_gives_what_scipys_gives_to_the_last_bit():
    time = np.geomspace(1e-3, 1e5, 60)
    ours, said = odeint(stiff, [1.0, 0.0, 0.0], time, rtol=1e-7, atol=1e-10, full_output=True)
    theirs, told = integrate.odeint(stiff, [1.0, 0.0, 0.0], time, rtol=1e-7, atol=1e-10, full_output=True)
    assert np.array_equal(ours, theirs) and said["message"] == told["message"] == "Integration successful."
    with pytest.warns(ODEintWarning, match="Excess work"):
        odeint(stiff, [1.0, 0.0, 0.0], time, mxstep=2)


@pytest.mark.parametrize(
    ("ours", "theirs", "given"),
    [
        (ndtr, special.ndtr, (FAR,)),
        (ndtri, special.ndtri, (SHARES,)),
        (stdtr, special.stdtr, (7, FAR)),
        (stdtrit, special.stdtrit, (7, SHARES)),
    ],
)
def test_the_distributions_are_scipys(ours, theirs, given):
    assert np.array_equal(ours(*given), theirs(*given))


def test_the_whole_of_scipy_can_be_had_afterwards_as_if_nothing_had_been_taken():
    done = subprocess.run([sys.executable, "-W", "error", "-c", LATER], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_scipy_that_is_built_otherwise_is_imported_as_usual():
    (found,) = parts_of_scipy.part("special", "_no_such_part", "ndtr")
    assert found is special.ndtr
    with pytest.raises(AttributeError, match="no_such_function"):
        parts_of_scipy.part("special", "_ufuncs", "no_such_function")
