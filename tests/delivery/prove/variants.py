"""Builds one commit in many surroundings: all bytes and modes are the same."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tests.delivery.prove.project import command, digest, environment, real_project

URL = "https://signpost.example.org/"


class Variant(NamedTuple):
    """Surroundings of a build."""

    name: str
    variables: Mapping[str, str] = MappingProxyType({})
    prefix: tuple[str, ...] = ()
    umask: int = 0o022
    prepare: Callable[[Path], None] = lambda clone: None
    before: Mapping[str, str] | None = None
    """Variables of another build into the same folder before."""


def _old_times(clone: Path) -> None:
    for path in clone.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (1_000_000_000, 1_000_000_000))


def _written_backwards(clone: Path) -> None:
    """Lets folders list their files in another order, where their order is that of writing."""
    for path in sorted(path for path in clone.rglob("*.*") if path.is_file() and ".git" not in path.parts)[::-1]:
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)


def _given_away(clone: Path) -> None:
    for path in (clone, *clone.rglob("*")):
        os.chown(path, 12345, 12345)


def variants() -> Iterator[Variant]:
    """All surroundings that can be had on this machine; says which cannot."""
    yield Variant("plain")
    yield Variant("again, with the same site there", before={})
    yield Variant("umask 077", umask=0o077)
    yield Variant("umask 000", umask=0o000)
    yield Variant("time zone Pacific/Kiritimati", {"TZ": "Pacific/Kiritimati"})
    yield Variant("time zone UTC-12", {"TZ": "<-12>12"})
    yield Variant("locale C, no UTF-8 mode", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    yield Variant("locale tr_TR", {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"})
    yield Variant("hash seed 1", {"PYTHONHASHSEED": "1"})
    yield Variant("hash seed 4294967295", {"PYTHONHASHSEED": "4294967295"})
    yield Variant("other HOME and TMPDIR", {"HOME": "/nonexistent", "TMPDIR": "/var/tmp"})
    yield Variant("other times of files", prepare=_old_times)
    yield Variant("files written in another order", prepare=_written_backwards)
    yield Variant("SITE_URL changed and changed back", before={"SITE_URL": "https://other.example.com/x/"})
    for name, program, prefix in (
        ("in ten years", "faketime", ("faketime", "-f", "+3650d")),
        ("one processor", "taskset", ("taskset", "-c", "0")),
    ):
        if shutil.which(program):
            yield Variant(name, prefix=prefix)
        else:
            print(f"not tried: {name}; it takes {program}")
    if os.geteuid() == 0 and shutil.which("setpriv"):
        # May read what root may, as Python can lie in root's home, but is somebody else.
        reading = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
        user = ("setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", *reading)
        yield Variant("another user", {"HOME": "/nonexistent"}, prefix=user, prepare=_given_away)
    else:
        print("not tried: another user; it takes root and setpriv")


def build_variant(variant: Variant, origin: Path, clone: Path) -> dict[str, tuple[int, str]]:
    """Clones the repository to a place of its own and builds it there."""
    clone.parent.mkdir(parents=True)
    subprocess.run(["git", "clone", "-q", str(origin), str(clone)], check=True)
    variant.prepare(clone)
    earlier = [] if variant.before is None else [variant.before]
    for variables in [*earlier, {}]:
        subprocess.run(
            [*variant.prefix, *command("--strict")],
            cwd=clone,
            env=environment(**{"SITE_URL": URL, **variant.variables, **variables}),
            umask=variant.umask,
            check=True,
        )
    return digest(clone / "site")


def prove(folder: Path) -> bool:
    """Prints which variants differ and where; True where none does."""
    folder.chmod(0o755)  # for another user to pass
    origin = real_project(folder / "origin")
    places = [folder, folder / "a b/ü/deep"]
    other_disk = Path("/dev/shm")
    if os.access(other_disk, os.W_OK):
        places.append(other_disk / f"signpost-{os.getpid()}")
    first: dict[str, tuple[int, str]] = {}
    differing = 0
    try:
        for number, variant in enumerate(variants()):
            clone = places[number % len(places)] / f"clone-{number}"
            built = build_variant(variant, origin, clone.parent / str(number) / "project")
            first = first or built
            different = sorted(path for path in first.keys() | built.keys() if first.get(path) != built.get(path))
            differing += len(different)
            print(f"  {variant.name}: {len(different)} differ {' '.join(different[:5])}".rstrip(), flush=True)
            shutil.rmtree(clone.parent / str(number))
    finally:
        shutil.rmtree(places[-1], ignore_errors=True)
    print(f"same bytes: {number + 1} variants, {len(first)} files and folders, {differing} differing")
    return not differing
