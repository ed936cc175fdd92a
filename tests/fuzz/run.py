"""Feeds the targets with bytes that atheris makes up, guided by what the code under test does with them.

`python -m tests.fuzz.run` runs every target for a minute; `python -m tests.fuzz.run reader --seconds 600` one of them
for longer. It prints how much ran, and for each crash the exception and a small input that leads to it. Exit code: 0
where nothing was found, 1 after a crash, 2 where atheris is not installed.
"""

import argparse
import importlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.fuzz import LONGEST

TARGETS = ("reader", "markup", "formatter")
SLOW = 10
"""Seconds after which one input counts as a hang."""


def target(name: str) -> Any:
    """The module of a target: its `check`, its `seeds` and its `TOKENS`."""
    return importlib.import_module(f"tests.fuzz.fuzz_{name}")


def fuzz(name: str, seconds: str, folder: str) -> None:
    """Fuzzes one target and leaves the process. A crash leaves its input in the folder."""
    import atheris

    with atheris.instrument_imports(include=["generator"]):
        module = target(name)
    corpus = Path(folder) / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(module.seeds()):
        (corpus / str(number)).write_bytes(seed)
    escaped = ("".join(f"\\x{byte:02x}" for byte in token.encode("utf-8", "surrogatepass")) for token in module.TOKENS)
    words = Path(folder) / "words"
    words.write_text("".join(f'"{word}"\n' for word in escaped))
    options = [f"-max_total_time={seconds}", f"-timeout={SLOW}", f"-dict={words}", f"-artifact_prefix={folder}/"]
    atheris.Setup([name, *options, f"-max_len={LONGEST}", "-print_final_stats=1", str(corpus)], module.check)
    atheris.Fuzz()


def smaller(check: Callable[[bytes], None], data: bytes) -> bytes:
    """The input without what the same kind of exception does not need."""

    def failure(candidate: bytes) -> type[Exception] | None:
        try:
            check(candidate)
        except Exception as error:
            return type(error)
        return None

    kind, step = failure(data), len(data) // 2
    while kind and step:
        at = 0
        while at < len(data):
            shorter = data[:at] + data[at + step :]
            if failure(shorter) is kind:
                data = shorter
            else:
                at += step
        step //= 2
    return data


def report(name: str, seconds: int) -> bool:
    """Runs one target in a process of its own and prints how it went. True where it found nothing."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.fuzz.run", name, "--seconds", str(seconds), "--in", folder]
        ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        figures = dict(re.findall(r"stat::(\w+):\s+(\d+)", ended.stdout))
        inputs = [path for path in Path(folder).iterdir() if re.match("crash-|timeout-|oom-|slow-unit-", path.name)]
        print(
            f"{name}: {figures.get('number_of_executed_units', '?')} runs, "
            f"{figures.get('average_exec_per_sec', '?')} a second, {len(inputs)} found",
            flush=True,
        )
        for path in inputs:
            data = path.read_bytes()
            small = smaller(target(name).check, data) if path.name.startswith("crash-") else data
            print(f"  {path.name.split('-')[0]}: {small!r}")
        if ended.returncode:
            print(ended.stdout[-3000:])
        return not ended.returncode and not inputs


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description=__doc__.split("\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"one or more of: {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=60, help="how long each target runs (60)")
    parser.add_argument("--in", dest="folder", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if unknown := set(given.targets) - set(TARGETS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}; there are: {', '.join(TARGETS)}")
    if find_spec("atheris") is None:
        print("atheris is not installed; install it with: .venv/bin/pip install atheris", file=sys.stderr)
        return 2
    if given.folder:
        fuzz(given.targets[0], str(given.seconds), given.folder)
    clean = [report(name, given.seconds) for name in given.targets or TARGETS]
    return 0 if all(clean) else 1


if __name__ == "__main__":
    sys.exit(main())
