"""A whole school on this machine: the recipe of serving/jupyterhub, the real proxy, and test users of the system.

Makes a group and three users, a copy of the course that belongs to root, and an environment beside it; removes all
of them.
"""

import contextlib
import json
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest
from course_page import PROXY, ROOT, CoursePage, free_port

INSTALL = "npm install --prefix serving --no-package-lock"
PARTS = ("lessons", "assets", "notebooks", "serving", "requirements.txt", "pyproject.toml", "README.md", "LICENSE")
LEARNERS = ("anna", "ben", "cem")
# Of thousands of files that no learner's server opens there need be no second names.
NOT_NEEDED = ("tests", "matplotlib", "statsmodels", "pandas", "playwright", "PIL", "hypothesis", "fontTools", "pip")
NOT_NEEDED += (
    "setuptools",
    "graph_objs",
    "validators",
    "third_party",
    "*.map",
    "*.opt-?.pyc",
    "man",
    "svgs",
    "svgs-full",
)


def must_be_possible():
    """Stop the test where it cannot be run: elsewhere it is said in words, on the CI's Linux it is a failure."""
    linux = sys.platform == "linux"
    stop = pytest.fail if linux and (os.environ.get("CI") or os.environ.get("TEST_THE_SCHOOL")) else pytest.skip
    if not linux or os.geteuid():
        stop("A hub with users of its own can be tested on Linux as root only: it makes and removes users.")
    missing = [name for name in ("useradd", "chpasswd", "node") if not shutil.which(name)]
    missing += [] if PROXY.exists() else [f"the proxy (run: {INSTALL})"]
    if missing:
        stop(f"The hub cannot be tested without {', '.join(missing)}.")


def link(source, target):
    """A second name for a file, which costs no room; a copy where the disk is another one."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


class School:
    """`learners`: name -> entry of the system's list of users. Use as a context; everything is gone at its end."""

    def __enter__(self):
        self.undo = contextlib.ExitStack()
        try:
            self._make()
        except BaseException:
            self.undo.close()
            raise
        return self

    def __exit__(self, *_):
        self.undo.close()

    def _make(self):
        self.folder = Path(tempfile.mkdtemp(prefix="school-", dir="/var/tmp"))
        self.undo.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.folder.chmod(0o755)
        self.course = self.folder / "course"
        self.put_course()
        self._environment()
        self._users()
        self._start()

    def put_course(self):
        """The course as root puts it there: everybody can read it, nobody else can change it."""
        for part in PARTS:
            source, target = ROOT / part, self.course / part
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True, symlinks=True)
            else:
                shutil.copy2(source, target)
        subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(self.course)], check=True)

    def _environment(self):
        """A Python and the packages of this test's environment, both where everybody can read them.

        The Python of whoever runs the test may lie in a home that is closed to others.
        """
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        packages = Path("lib", version, "site-packages")
        python, base = self.folder / "python", Path(sys.base_prefix)
        linked = {"copy_function": link, "symlinks": True, "dirs_exist_ok": True}
        without = shutil.ignore_patterns(
            "site-packages", "test", "tests", "idlelib", "tkinter", "config-*", "*.opt-?.pyc"
        )
        shutil.copytree(base / "lib" / version, python / "lib" / version, ignore=without, **linked)
        for one in (base / "lib").glob("libpython*"):
            link(one.resolve(), python / "lib" / one.name)
        (python / "bin").mkdir()
        link((base / "bin" / version).resolve(), python / "bin" / version)
        self.libraries = {"LD_LIBRARY_PATH": str(python / "lib")}
        place, here = self.folder / "environment", Path(sys.prefix)
        make = [str(python / "bin" / version), "-m", "venv", "--without-pip", str(place)]
        subprocess.run(make, env={**os.environ, **self.libraries}, check=True)
        for part in (packages, Path("share"), Path("etc")):
            if (here / part).exists():
                shutil.copytree(here / part, place / part, ignore=shutil.ignore_patterns(*NOT_NEEDED), **linked)
        for one in (place / packages).glob("*retain_or_release.pth"):
            one.unlink()
        (place / packages / "course.pth").write_text(f"{self.course}\n", encoding="utf-8")
        self.python = place / "bin" / "python"

    def _users(self):
        mark = secrets.token_hex(2)
        self.group, self.learners, self.passwords = f"ror{mark}", {}, {}
        subprocess.run(["groupadd", self.group], check=True)
        self.undo.callback(subprocess.run, ["groupdel", self.group])
        for name in LEARNERS:
            user = f"ror{mark}{name}"
            home = self.folder / "homes" / user
            home.parent.mkdir(exist_ok=True)
            make = ["useradd", "--create-home", "--home-dir", str(home), "--groups", self.group, user]
            subprocess.run(make, check=True, capture_output=True)
            self.undo.callback(subprocess.run, ["userdel", user], capture_output=True)
            self.undo.callback(self._end_programs_of, pwd.getpwnam(user).pw_uid)  # what the hub may have left
            home.chmod(0o755)  # as many systems make homes: the record must be private all the same
            self.passwords[name] = secrets.token_urlsafe(12)
            subprocess.run(["chpasswd"], input=f"{user}:{self.passwords[name]}\n", text=True, check=True)
            self.learners[name] = pwd.getpwnam(user)

    def _end_programs_of(self, uid):
        for one in psutil.process_iter():
            with contextlib.suppress(psutil.NoSuchProcess):
                if one.uids().real == uid:
                    one.kill()
                    one.wait(10)

    def _start(self):
        """The recipe with a school's own group, folder and address; and ports that are free here."""
        recipe = self.course / "serving" / "jupyterhub" / "jupyterhub_config.py"
        self.address = f"http://127.0.0.1:{free_port()}"
        text = recipe.read_text(encoding="utf-8")
        own = {
            "GROUP": repr(self.group),
            "STATE": f"Path({str(self.folder / 'state')!r})",
            "ADDRESS": repr(self.address),
        }
        for name, value in own.items():
            text, found = re.subn(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)
            assert found == 1, name
        ports = f"c.JupyterHub.hub_port = {free_port()}\n"
        ports += f"c.LimitedSpawner.environment = {self.libraries}\n"
        ports += f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{free_port()}'\n"
        recipe.write_text(text + ports, encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "RETAIN"))}
        kept |= self.libraries
        self.log = self.folder / "hub.log"
        with open(self.log, "wb") as log:
            hub = subprocess.Popen(
                [str(self.python), "-m", "jupyterhub", "-f", str(recipe)],
                **{
                    "cwd": self.folder,
                    "env": kept,
                    "stdout": log,
                    "stderr": subprocess.STDOUT,
                    "start_new_session": True,
                },
            )
        self.undo.callback(self._stop, hub)
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}/hub/health", timeout=5).close()
                return
            assert hub.poll() is None, self.log.read_text(encoding="utf-8")
            time.sleep(0.1)
        pytest.fail("The hub did not start:\n" + self.log.read_text(encoding="utf-8"))

    def _stop(self, hub):
        hub.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            hub.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(hub.pid, signal.SIGKILL)
        hub.wait()

    def record(self, name):
        """Where a learner's answers lie."""
        return Path(self.learners[name].pw_dir) / "Retain or Release"

    def as_learner(self, name, *command):
        """Run a program as that learner; gives the finished process."""
        who = self.learners[name]
        return subprocess.run(
            command,
            **{"user": who.pw_uid, "group": who.pw_gid, "extra_groups": [], "cwd": who.pw_dir, "text": True},
            **{
                "env": {"HOME": who.pw_dir, "PATH": "/usr/bin:/bin", **self.libraries},
                "capture_output": True,
                "timeout": 60,
            },
        )

    def server_of(self, name):
        """The process that serves a learner: its number, once there is one."""
        found = subprocess.run(
            ["pgrep", "-u", self.learners[name].pw_name, "-f", "lessons.lab.hub"], capture_output=True, text=True
        )
        return int(found.stdout.split()[0])


class AtSchool:
    """A learner's course under the hub, as `CoursePage` wants one. `visit`: logs in and opens a page."""

    def __init__(self, school, name):
        self.school, self.name, self.address = school, name, school.address
        self.user = school.learners[name].pw_name

    def address_of(self, lesson):
        return f"{self.address}/user/{self.user}/doc/tree/notebooks/{lesson}.ipynb"

    def file_of(self, lesson):
        own = self.school.record(self.name) / "notebooks" / f"{lesson}.ipynb"
        return own if own.exists() else self.school.course / "notebooks" / f"{lesson}.ipynb"


class LearnerPage(CoursePage):
    """A learner's window, which begins at the hub's door."""

    def open(self, lesson=None):
        """Log in, which starts the learner's server and leads to the page; does not wait for it."""
        next_ = f"/user/{self.course.user}/doc/tree/notebooks/{self.lesson}.ipynb"
        self.page.goto(
            f"{self.course.address}/hub/login?next={quote('/hub/spawn?next=' + quote(next_, safe=''), safe='')}"
        )
        self.page.get_by_label("Username").fill(self.course.user)
        self.page.get_by_label("Password").fill(self.course.school.passwords[self.course.name])
        self.page.locator("#login_submit").click(no_wait_after=True)
        self.panel = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        return self


def holding(path):
    """The events of a record's file, read as root."""
    return json.loads(path.read_bytes())["events"]
