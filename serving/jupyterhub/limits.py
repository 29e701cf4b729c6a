"""Starts a learner's server as that learner, with limits that the system keeps for every program that it starts.

JupyterHub's own local spawner starts servers as their users and sets no limits.
"""

import os
import resource

from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Integer

UMASK = 0o077  # what a learner's programs make is the learner's alone


class LimitedSpawner(LocalProcessSpawner):
    """`mem_limit`: bytes that one program may take as its own; `programs`: programs and threads of one learner."""

    programs = Integer(300, config=True, help="How many programs and threads one learner may have.")
    niceness = Integer(5, config=True, help="How far learners' programs give way to others, 0 to 19.")

    def make_preexec_fn(self, name):
        """What happens between start and program, as root first and then as the learner."""
        become = super().make_preexec_fn(name)
        memory, programs, niceness = self.mem_limit, self.programs, self.niceness

        def limited():
            os.nice(niceness)
            os.umask(UMASK)
            if memory:
                resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
            resource.setrlimit(resource.RLIMIT_NPROC, (programs, programs))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            become()

        return limited
