"""The same work on many things, shared between the cores of the machine."""

import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")

FEW = 50
"""So few things are made sooner than a process that would help has begun and handed over what it made."""


def on_all_cores(make: Callable[[Thing], Made], things: Sequence[Thing]) -> list[Made]:
    """`[make(thing) for thing in things]`, from as many processes as pay. What is made has to be picklable.

    What a helping process could not make, for whatever reason, is made here: an error is raised as it always is.
    """
    count = max(1, min(_cores(), len(things) // FEW))
    shares = [partial(_all, make, things[number::count]) for number in range(count)]
    begun = [_begin(share) for share in shares[1:]]
    made = [shares[0](), *(finish() for finish in begun)]
    return [made[index % count][index // count] for index in range(len(things))]


def _all(make: Callable[[Thing], Made], things: Sequence[Thing]) -> list[Made]:
    return [make(thing) for thing in things]


def _cores() -> int:
    """How many processes may work: one where the system is not known to copy processes safely (Linux is), and where
    this one has threads, as what another thread holds would stay held in the copy.
    """
    if not hasattr(os, "sched_getaffinity") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def _begin(make: Callable[[], list[Made]]) -> Callable[[], list[Made]]:
    """Has a copy of this process make something, and gives the way to get it."""
    processes = get_context("fork")
    reader, writer = processes.Pipe(duplex=False)
    processes.Process(target=_hand_over, args=(make, reader, writer), daemon=True).start()
    writer.close()

    def made() -> list[Made]:
        with reader:
            try:
                received: list[Made] = reader.recv()
            except EOFError:
                return make()
            return received

    return made


def _hand_over(make: Callable[[], list[Made]], reader: Connection, writer: Connection) -> None:
    reader.close()  # or the pipe would stay open, and this process with it, when the other is killed
    with suppress(BaseException):
        writer.send(make())
