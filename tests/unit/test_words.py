"""The words of the real records: no filler, and no sentence that another record has said already."""

import re
from collections import defaultdict
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from generator.model.markup import parse_line, plain

SHORT = 9
"""Words below which sentences of two records may be alike: names and commands are."""
ALIKE = 0.95
"""Of 1, from which on two sentences say the same in the same way."""
FILLER = re.compile(
    r"\b(powerful|seamless\w*|leverag\w+|crucial|unlock\w*|cutting-edge|delve\w*|game-chang\w+|state-of-the-art"
    r"|it is important to|in today's|plays? a (?:key|vital|crucial) role|needless to say|at the end of the day)\b"
)
_CITATION = re.compile(r"\[\^[^\]]*\]")
_BLOCK = re.compile(r"\n\s*\n|\n(?:- |\d+\. )")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@pytest.fixture(scope="module")
def sentences(real):
    """Sentence, as its words → the concepts and decisions that say it. What confusable records say of each other, and
    what a page was read to say, stands in several by nature."""
    found = defaultdict(set)
    for (kind, id), record in real.site.library.records.items():
        if kind in ("concept", "decision"):
            for text in record.texts:
                if text.field[0] not in ("evidence", "confused_with"):
                    for sentence in _sentences(text.text):
                        found[sentence].add(id)
    return found


def _sentences(text):
    for block in _BLOCK.split(_CITATION.sub("", text)):
        for sentence in _SENTENCE.split(plain(parse_line(" ".join(block.split())))):
            words = re.findall(r"[\w'-]+", sentence.lower())
            if len(words) >= SHORT:
                yield " ".join(words)


def test_no_sentence_is_filler(sentences):
    assert len(sentences) > 8000
    assert [(sentence, found[0]) for sentence in sentences if (found := FILLER.findall(sentence))] == []


def test_no_two_records_say_the_same_sentence(sentences):
    assert [(sentence, ids) for sentence, ids in sentences.items() if len(ids) > 1] == []


def test_no_two_records_say_nearly_the_same_sentence(sentences):
    sharing = defaultdict(set)
    for sentence in sentences:
        words = sentence.split()
        for start in range(len(words) - 4):
            sharing[tuple(words[start : start + 5])].add(sentence)
    pairs = {pair for alike in sharing.values() if len(alike) > 1 for pair in combinations(sorted(alike), 2)}
    assert [pair for pair in pairs if sentences[pair[0]] != sentences[pair[1]] and _are_alike(*pair)] == []


def _are_alike(one, other):
    compared = SequenceMatcher(None, one, other, autojunk=False)
    return min(compared.real_quick_ratio(), compared.quick_ratio()) >= ALIKE and compared.ratio() >= ALIKE
