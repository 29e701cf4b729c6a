"""A disk that is full, read-only or broken from some step of a save on, as the course's record meets it."""

import errno
import os
import stat
import tempfile

from lessons.grading import record

STEPS = ("create", "write", "fsync", "replace")  # those of every file that the record writes, in order
CODES = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO)


def fail(patch, step, code, after=0):
    """Let this step fail with this error number, once so many files have passed it. Undone when `patch` is."""
    passed = []

    def failing(act, counts=lambda *_: True):
        def call(*arguments, **options):
            if counts(*arguments):
                passed.append(step)
                if len(passed) > after:
                    raise OSError(code, os.strerror(code))
            return act(*arguments, **options)

        return call

    class Filling:
        """A file in which only half of what is written finds room."""

        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def __getattr__(self, name):
            return getattr(self.file, name)

        def write(self, raw):
            passed.append(step)
            if len(passed) > after:
                self.file.write(raw[: len(raw) // 2])
                self.file.flush()
                raise OSError(code, os.strerror(code))
            return self.file.write(raw)

    if step == "create":
        patch.setattr(tempfile, "mkstemp", failing(tempfile.mkstemp))
    elif step == "write":
        patch.setattr(record, "open", lambda *arguments: Filling(open(*arguments)), raising=False)
    elif step == "fsync":  # a folder's is tried only
        patch.setattr(os, "fsync", failing(os.fsync, lambda handle: stat.S_ISREG(os.fstat(handle).st_mode)))
    else:
        patch.setattr(os, "replace", failing(os.replace))
