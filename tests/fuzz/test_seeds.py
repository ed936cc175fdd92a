"""The fuzz targets hold for what they start from, so that they cannot rot unseen. Needs no atheris."""

import pytest

from tests.fuzz.run import TARGETS, smaller, target


@pytest.mark.parametrize("name", TARGETS)
def test_a_fuzz_target_holds_for_its_seeds(name):
    module = target(name)
    seeds = module.seeds()
    assert len(seeds) > 20
    for seed in (*seeds, b"", *(token.encode() for token in module.TOKENS)):
        module.check(seed)


def test_a_crash_is_made_smaller_as_long_as_it_stays_the_same():
    def check(data):
        if b"<" in data and b">" in data:
            raise ValueError

    assert smaller(check, b"text <b> text") == b"<>"
