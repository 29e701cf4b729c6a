"""Collects what a class answered: one zip for each learner, for `python -m lessons.classroom`.

    sudo .venv/bin/python serving/jupyterhub/collect.py learners "folder of the class"

Each learner's files are read as that learner, so that a link which a learner put in their place shows no more than the
learner could see anyway.
"""

import grp
import io
import pwd
import subprocess
import sys
import zipfile
from pathlib import Path

RECORD = "Retain or Release"
NAMES = ("lesson_*.json", "patient.json")
LARGEST = 16 * 1024 * 1024  # bytes; the course makes no larger file
PATIENCE = 60  # s for one learner


def pack(home: Path) -> bytes:
    """The files of one record as a zip, read with the rights of whoever runs this."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for pattern in NAMES:
            for one in sorted((home / RECORD).glob(pattern)):
                if one.is_file() and one.stat().st_size <= LARGEST:
                    archive.writestr(one.name, one.read_bytes())
    return packed.getvalue()


def members(group: str) -> list[pwd.struct_passwd]:
    """Who is in a Linux group, by name."""
    found = grp.getgrnam(group)
    return [one for one in sorted(pwd.getpwall()) if one.pw_name in found.gr_mem or one.pw_gid == found.gr_gid]


def collect(group: str, folder: Path) -> list[str]:
    """Write `<learner>.zip` for everybody who has answered; gives their names. Raises FileExistsError."""
    folder.mkdir(mode=0o700, parents=True)
    handed_in = []
    for one in members(group):
        done = subprocess.run(
            [sys.executable, "-I", __file__, "--pack", one.pw_dir],
            **{"user": one.pw_uid, "group": one.pw_gid, "extra_groups": []},
            **{"env": {}, "cwd": "/", "capture_output": True, "timeout": PATIENCE},
        )
        if done.returncode:
            print(f"{one.pw_name}: cannot be read ({done.stderr.decode(errors='replace').strip()[-200:]})")
        elif zipfile.ZipFile(io.BytesIO(done.stdout)).namelist():
            (folder / f"{one.pw_name}.zip").write_bytes(done.stdout)
            handed_in.append(one.pw_name)
    return handed_in


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if sys.argv[1] == "--pack":
        sys.stdout.buffer.write(pack(Path(sys.argv[2])))
    else:
        found = collect(sys.argv[1], Path(sys.argv[2]))
        print(f"{len(found)} of the group {sys.argv[1]} have answers: {', '.join(found)}")
