"""JupyterHub for one Linux machine: a shared course that nobody can change, answers in each learner's own home.

    sudo .venv/bin/python -m jupyterhub -f serving/jupyterhub/jupyterhub_config.py

Whoever is in the Linux group `learners` logs in with name and password of the machine; see the README beside this file.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from limits import LimitedSpawner  # noqa: E402  (a file of this folder)

c = get_config()  # noqa: F821  (JupyterHub puts it here)

# ---- what a school may want to change ----

GROUP = "learners"  # the Linux group of those who may log in
STATE = Path("/var/lib/retain-or-release")  # what the hub itself keeps; readable by root alone
ADDRESS = "http://127.0.0.1:8000"  # behind a web server that speaks https; see the README
MEMORY = 1024**3  # bytes of each program of a learner; a page takes about an eighth of it
PROGRAMS = 300  # programs and threads of one learner
NICENESS = 5  # learners' programs give way to the hub
LONGEST_IDLE = 3600  # s after which the server of somebody who does nothing stops; what was answered is on disk
STARTING_AT_ONCE = 10  # servers; others wait a moment

# ---- who may come in, and what is started for them ----

c.JupyterHub.authenticator_class = "pam"
c.LocalAuthenticator.allowed_groups = {GROUP}
c.JupyterHub.spawner_class = LimitedSpawner
c.LimitedSpawner.cmd = [sys.executable, "-m", "lessons.lab.hub"]
c.LimitedSpawner.mem_limit = MEMORY
c.LimitedSpawner.programs = PROGRAMS
c.LimitedSpawner.niceness = NICENESS
c.LimitedSpawner.start_timeout = c.LimitedSpawner.http_timeout = 120
c.LimitedSpawner.env_keep = ["PATH", "LANG", "LC_ALL"]
c.JupyterHub.concurrent_spawn_limit = STARTING_AT_ONCE

# ---- where it listens, and what it keeps ----

STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
c.JupyterHub.bind_url = ADDRESS
c.JupyterHub.hub_ip = "127.0.0.1"
c.ConfigurableHTTPProxy.command = [str(HERE.parent / "node_modules" / ".bin" / "configurable-http-proxy")]
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"

# ---- nobody's server runs for nothing ----

c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={LONGEST_IDLE}", "--cull-every=300"],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]
