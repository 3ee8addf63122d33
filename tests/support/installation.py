"""A whole installation in a folder of its own: its server, and its commands.

The port is any free one, chosen by the server at every start; the profiles are
told which.
"""

import json
import os
import re
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from people import veiled
from terminal import PATIENCE, Terminal


class Outcome(NamedTuple):
    """What became of a command; `max_rss` is in KiB."""
    words: tuple
    status: int
    out: str
    err: str
    max_rss: int = 0

    def __str__(self):
        return veiled(f"{' '.join(self.words)}: exit {self.status}\n"
                      f"stdout: {self.out}\nstderr: {self.err}")


class Installation:
    def __init__(self, bin_dir, parent, name="installation"):
        self.bin = Path(bin_dir)
        self.parent = Path(parent)  # Commands run here.
        self.folder = self.parent / name
        self.log = self.parent / f"{name}.log"
        self.outcomes = []
        self.server = None
        self.stegvis("init", str(self.folder), "--port", "0")

    def __enter__(self):
        return self.start()

    def __exit__(self, *exception):
        if self.server is not None:
            self.kill()

    # ------------------------------------------------------------ the server

    def start(self):
        with open(self.log, "ab") as log:
            self.server = subprocess.Popen(
                [self.bin / "stegvisd", "--config",
                 self.folder / "stegvis.toml"],
                stdout=subprocess.PIPE, stderr=log)
        line = self.server.stdout.readline().decode()
        assert line.startswith("listening on "), (
            f"the server did not start: {self.log.read_text()}")
        self._tell_profiles(line.removeprefix("listening on ").strip())
        return self

    def stop(self):
        """As its service would: it drains, and ends with 0."""
        self.server.send_signal(signal.SIGTERM)
        status = self._ended()
        assert status == 0, f"the server ended with {status} after SIGTERM"

    def kill(self):
        self.server.send_signal(signal.SIGKILL)
        self._ended()

    def _ended(self):
        server, self.server = self.server, None
        server.stdout.close()
        return server.wait(PATIENCE)

    def _tell_profiles(self, address):
        for profile in (self.folder / "profiles").iterdir():
            text = profile.read_text()
            profile.write_text(re.sub(r"(?m)^address *=.*$",
                                      f'address = "{address}"', text))

    # ---------------------------------------------------------- the commands

    def begin(self, *words, profile="admin", stdin=""):
        """Starts a command; `finish` waits for it."""
        files = [tempfile.TemporaryFile() for _ in range(3)]
        files[0].write(stdin.encode())
        files[0].seek(0)
        process = subprocess.Popen(
            self._command(words, profile), cwd=self.parent,
            env=environment(), stdin=files[0], stdout=files[1],
            stderr=files[2])
        return words, process, files

    def finish(self, begun):
        words, process, files = begun
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out, err = [content_of(file) for file in files[1:]]
        for file in files:
            file.close()
        return self._keep(Outcome(words, process.returncode, out, err,
                                  usage.ru_maxrss))

    def run(self, *words, **options):
        """What becomes of a command, whatever it is. `profile` is a user, or
        None for none; `stdin` a text."""
        return self.finish(self.begin(*words, **options))

    def stegvis(self, *words, expect=0, **options):
        """What a command prints that ends with `expect`."""
        outcome = self.run(*words, **options)
        assert outcome.status == expect, f"not {expect}, but {outcome}"
        return outcome.out

    def json(self, *words, **options):
        return json.loads(self.stegvis(*words, "--format", "json", **options))

    def refusal(self, *words, expect=1, **options):
        """What a command says that prints nothing and ends with `expect`: one
        line, without the command's name."""
        outcome = self.run(*words, **options)
        assert outcome.status == expect, f"not {expect}, but {outcome}"
        assert outcome.out == "", f"something on stdout: {outcome}"
        assert re.fullmatch(r"stegvisd?[^:\n]*: [^\n]+\n", outcome.err), (
            f"not one line of a command: {outcome}")
        return outcome.err.split(": ", 1)[1].rstrip("\n")

    def terminal(self, *words, profile="admin"):
        """A command that a person sits before; `leave` ends it."""
        return Terminal(self._command(words, profile), self.parent,
                        environment())

    def leave(self, terminal, *words):
        return self._keep(Outcome(words, terminal.end(), terminal.seen, ""))

    def on_terminal(self, *words, answers=(), profile="admin"):
        """A command on a terminal; `answers` are pairs of what is asked and
        what is typed then."""
        terminal = self.terminal(*words, profile=profile)
        for question, answer in answers:
            terminal.wait_for(question)
            terminal.type(answer)
        return self.leave(terminal, *words)

    def _command(self, words, profile):
        command = [str(self.bin / "stegvis")]
        if profile is not None and words[:1] != ("init",):
            path = self.folder / f"profiles/{profile}.toml"
            command += ["--profile", str(path)]
        return command + list(words)

    def _keep(self, outcome):
        self.outcomes.append(outcome)
        return outcome

    # ------------------------------------------------------------- the files

    def write(self, name, text):
        """A file where the commands run; its name, as they are told it."""
        (self.parent / name).write_text(text)
        return name

    def files(self):
        yield from (p for p in self.folder.rglob("*") if p.is_file())
        yield self.log


def environment():
    kept = dict(os.environ)
    kept.pop("STEGVIS_PROFILE", None)
    return kept


def content_of(file):
    file.seek(0)
    return file.read().decode()
