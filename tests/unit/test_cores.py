"""Work shared between processes gives what one process gives."""

import os
import signal
import threading

import pytest

from generator import cores
from generator.cores import FEW, on_all_cores


@pytest.fixture(params=[1, 2, 3])
def several(request, monkeypatch):
    monkeypatch.setattr(cores, "_cores", lambda: request.param)
    return request.param


@pytest.mark.parametrize("count", [0, 1, FEW, 2 * FEW - 1, 2 * FEW, 3 * FEW + 1])
def test_results_are_in_the_order_of_the_things(count, several):
    assert on_all_cores(lambda number: number * number, range(count)) == [n * n for n in range(count)]


def test_each_process_makes_a_share(several):
    assert len(set(on_all_cores(lambda _: os.getpid(), range(3 * FEW)))) == several


def test_few_things_are_made_here(several):
    assert set(on_all_cores(lambda _: os.getpid(), range(2 * FEW - 1))) == {os.getpid()}


def test_an_error_is_raised_as_it_always_is(several):
    def make(number):
        if number == 1:
            raise KeyError(number)

    with pytest.raises(KeyError):
        on_all_cores(make, range(3 * FEW))


def test_what_cannot_be_handed_over_is_made_here(several):
    assert [made() for made in on_all_cores(lambda number: lambda: number, range(3 * FEW))] == list(range(3 * FEW))


def test_the_share_of_a_process_that_is_killed_is_made_here(several):
    own = os.getpid()

    def make(number):
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert on_all_cores(make, range(3 * FEW)) == list(range(3 * FEW))


def test_a_process_with_threads_is_not_copied():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert set(on_all_cores(lambda _: os.getpid(), range(3 * FEW))) == {os.getpid()}
    finally:
        done.set()
        thread.join()
