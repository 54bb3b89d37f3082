"""Processes that a dead program left behind and that this one is not the parent of."""

import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from signal import Signals

import psutil

POLL = 0.02


def has_ended(process: psutil.Process) -> bool:
    """Whether the process is gone, or only waits for a parent that never asks (as in many containers)."""
    try:
        return not process.is_running() or bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def end_stray(process: psutil.Process, stop_signal: Signals, within: timedelta) -> None:
    """Ask the process to end, wait, and kill it when the time is over; returns when it has ended."""
    try:
        process.send_signal(stop_signal)
        limit = time.monotonic() + within.total_seconds()
        while not has_ended(process):
            if time.monotonic() > limit:
                process.kill()
            time.sleep(POLL)
    except psutil.NoSuchProcess:
        return


def end_strays(marks: Sequence[str], stop_signal: Signals, within: timedelta) -> None:
    """End every process of this machine whose command line has all these arguments."""
    for process in psutil.process_iter():
        if all(works_on(process, mark) for mark in marks):
            end_stray(process, stop_signal, within)


def kill_inside(folder: Path, program: str) -> None:
    """Kill every process of this program whose working folder is this one."""
    for process in psutil.process_iter():
        try:
            if process.name() == program and Path(process.cwd()) == folder.resolve():
                process.kill()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue


def works_on(process: psutil.Process, file: str) -> bool:
    """Whether the process is alive and has this path as an argument of its command line."""
    try:
        return file in process.cmdline() and not has_ended(process)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
