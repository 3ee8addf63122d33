"""A command on a real terminal, and the person who sits before it."""

import os
import pty
import select
import termios
import time

PATIENCE = 30  # Seconds until something that never comes is given up.
LOCAL_FLAGS = 3  # Where tcgetattr has the flags that ECHO is one of.


class Terminal:
    def __init__(self, command, folder, environment):
        self.seen = ""
        self.left_echoing = None  # Known at the end.
        self._bytes = b""
        self._child, self._file = pty.fork()
        if self._child == 0:
            os.chdir(folder)
            os.execve(command[0], command, environment)

    def wait_for(self, text):
        """Reads until `text` has come that was not there before."""
        start = len(self.seen)
        while text not in self.seen[start:]:
            assert self._read(), (
                f"the command ended without {text!r}: {self.seen}")

    def echoes(self):
        """Whether what is typed now is shown."""
        flags = termios.tcgetattr(self._file)[LOCAL_FLAGS]
        return bool(flags & termios.ECHO)

    def wait_for_silence(self):
        deadline = time.monotonic() + PATIENCE
        while self.echoes():
            assert time.monotonic() < deadline, (
                "the terminal shows what is typed all the time")
            select.select([self._file], [], [], 0.01)  # Nothing tells of it.

    def hold_output(self):
        """Whatever the command writes now waits until it is released."""
        self.press(b"\x13")

    def release_output(self):
        self.press(b"\x11")

    def type(self, line):
        self.press(line.encode() + b"\n")

    def press(self, keys):
        os.write(self._file, keys)

    def end(self):
        """Reads to the end; the exit status."""
        while self._read():
            pass
        self.left_echoing = self.echoes()
        os.close(self._file)
        _, status = os.waitpid(self._child, 0)
        return os.waitstatus_to_exitcode(status)

    def _read(self):
        ready, _, _ = select.select([self._file], [], [], PATIENCE)
        assert ready, f"nothing came for {PATIENCE} s: {self.seen}"
        try:
            some = os.read(self._file, 4096)
        except OSError:  # The command has let go of the terminal.
            return False
        self._bytes += some
        self.seen = self._bytes.decode(errors="replace").replace("\r\n", "\n")
        return bool(some)
