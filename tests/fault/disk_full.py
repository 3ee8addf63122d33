"""A disk that runs full in the middle of an import or a backup, and is made
larger.

Needs root: it mounts a small file system, in a mount namespace of its own, so
that nothing of it is left however the test ends.
"""

import ctypes
import errno
import os
import re

from installation import Installation
from people import invented_numbers
from setting import a_row, csv_text, import_sums, make_everything, started
from stories import check, story

CLONE_NEWNS = 0x00020000
MS_REMOUNT = 0x20
MS_REC_PRIVATE = 0x4000 | 0x40000
MNT_DETACH = 2

FULL = "Serverns disk är full"


def call(function, *arguments):
    c = ctypes.CDLL(None, use_errno=True)
    failed = getattr(c, function)(*arguments)
    error = ctypes.get_errno()
    assert not failed, f"{function}: {os.strerror(error)} (is this root?)"


def mount(folder, size, flags=0):
    call("mount", b"tmpfs", os.fsencode(folder), b"tmpfs",
         ctypes.c_ulong(flags), b"mode=700,size=" + size)


class SmallDisk:
    """A folder with a file system of its own, of 8 MiB."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        call("unshare", CLONE_NEWNS)
        call("mount", None, b"/", None, ctypes.c_ulong(MS_REC_PRIVATE), None)

    def __enter__(self):
        mount(self.folder, b"8m")
        return self

    def __exit__(self, *exception):
        call("umount2", os.fsencode(self.folder), MNT_DETACH)

    def fill(self):
        """Takes what is left, to the last byte."""
        with open(self.folder / "ballast", "wb", buffering=0) as ballast:
            try:
                while ballast.write(b"b" * 4096):
                    pass
            except OSError as error:
                assert error.errno == errno.ENOSPC, error

    def enlarge(self):
        mount(self.folder, b"128m", MS_REMOUNT)


def take_in(place, file):
    return place.run("import", "participants", str(file), profile="import")


def check_stopped(outcome):
    """The import said where it stopped; how many rows were answered for."""
    check.assertEqual(outcome.status, 1, outcome)
    check.assertEqual(len(outcome.err.splitlines()), 1, outcome)
    stopped = re.search(r"Importen avbröts vid rad (\d+)\. " + FULL,
                        outcome.err)
    check.assertIsNotNone(stopped, outcome)
    answered = int(stopped[1]) - 2  # The lines before it, but for the header.
    check.assertEqual(import_sums(outcome),
                      (answered, answered, 0, 0, 0), outcome)
    check.assertGreater(answered, 0, "there was no room from the first")
    return answered


@story("DiskFull.AnImportStopsAndGoesOnOnceThereIsRoom")
def an_import_stops_and_goes_on_once_there_is_room(place):
    numbers = invented_numbers(15_000)
    file = place.parent / "people.csv"
    file.write_text(csv_text([a_row(number) for number in numbers]))
    with SmallDisk(place.parent / "disk") as disk, \
            Installation(place.bin, disk.folder) as small:
        small.outcomes = place.outcomes
        make_everything(small)
        answered = check_stopped(take_in(small, file))

        disk.fill()
        # What was told done is there, and is read as ever.
        recorded = started(small)
        check.assertGreaterEqual(recorded, answered)
        check.assertEqual(small.json("status")["unreadable"], "0")
        check.assertEqual(len(small.json("forbund", "list")["forbund"]), 1)

        disk.enlarge()
        again = take_in(small, file)
        check.assertEqual((again.status, again.err), (0, ""))
        check.assertEqual(
            import_sums(again),
            (len(numbers), len(numbers) - recorded, 0, recorded, 0))
        check.assertEqual(started(small), len(numbers))


@story("DiskFull.ABackupThatDoesNotFitLeavesNothing")
def a_backup_that_does_not_fit_leaves_nothing(place):
    (place.folder / "tls/filler").write_bytes(os.urandom(16 << 20))
    keys = ("--key-source", str(place.folder / "key-source"))
    erasures = ("--erasures", str(place.folder / "data/erasures.log"))
    place.stegvis("backup", "whole")
    with SmallDisk(place.parent / "disk") as disk:
        check.assertEqual(
            place.refusal("backup", "disk/copy"),
            "Mappen disk/copy går inte att skriva i. Disken är full: gör "
            "plats.")
        check.assertEqual(os.listdir(disk.folder), [])
        check.assertEqual(
            place.refusal("restore", "whole", "disk/new", *keys, *erasures),
            "Disken är full. Gör plats och försök igen.")
        check.assertEqual(os.listdir(disk.folder), [])
        disk.enlarge()
        place.stegvis("backup", "disk/copy")
        place.stegvis("restore", "disk/copy", "disk/new", *keys, *erasures)
