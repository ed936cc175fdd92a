"""Builds under faults: what the exit code says is what the site folder holds."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.delivery.prove.project import EPOCH, command, digest, environment, small_project, write_version

# Root without the right to overlook modes.
_BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")


def start(project: Path, *arguments: str, prefix: Sequence[str] = ()) -> subprocess.Popen[str]:
    """Starts a build."""
    return subprocess.Popen(
        [*prefix, *command(*arguments)],
        cwd=project,
        env=environment(SOURCE_DATE_EPOCH=EPOCH),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(project: Path, *arguments: str, prefix: Sequence[str] = ()) -> tuple[int, str]:
    """Exit code of a build, and what it printed."""
    process = start(project, *arguments, prefix=prefix)
    printed = process.communicate()[1]
    return process.returncode, printed


class Bench:
    """A small project with a site of version 0, and the sites that its versions 0 and 1 should give."""

    def __init__(self, folder: Path) -> None:
        self.project = small_project(folder / "project")
        self.wanted = []
        for number in (1, 0):
            write_version(self.project, number)
            code, printed = run(self.project)
            assert code == 0, printed
            self.wanted.insert(0, digest(self.project / "site"))
        self.passed = self.failed = 0

    def attempt(
        self, name: str, expected: int, *arguments: str, prefix: Sequence[str] = (), site: Path | None = None
    ) -> None:
        """Builds version 1 over version 0: exit code 0 leaves the new site, 1 the old one, and neither a traceback."""
        code, printed = run(self.project, *arguments, prefix=prefix)
        self.judge(name, expected, code, printed, site or self.project / "site")

    def judge(self, name: str, expected: int, code: int, printed: str, site: Path) -> None:
        """Prints and counts whether a build ended as it should."""
        right = self.wanted[1] if code == 0 else self.wanted[0]
        good = code == expected and digest(site) == right and "Traceback" not in printed
        self.passed += good
        self.failed += not good
        kept = "new" if digest(site) == self.wanted[1] else "old" if digest(site) == self.wanted[0] else "DAMAGED"
        said = " ".join(printed.split()).replace(str(self.project), "…")
        print(f"  {'ok' if good else 'WRONG'}: {name}: exit {code}, {kept} site. {said[:160]}".rstrip(), flush=True)

    @contextmanager
    def versions(self, site: str = "site") -> Iterator[None]:
        """Puts version 0 into the site before, sets the record to version 1, checks that a later build works."""
        write_version(self.project, 0)
        code, printed = run(self.project, "-d", site)
        assert code == 0, printed
        write_version(self.project, 1)
        yield
        write_version(self.project, 0)
        code, printed = run(self.project, "-d", site)
        if code or digest(self.project / site) != self.wanted[0]:
            self.failed += 1
            print(f"  WRONG: the build after it: exit {code} {printed}")


def prove(folder: Path) -> bool:
    """Prints how builds end under every fault that can be had on this machine; True where all do as they should."""
    bench = Bench(folder)
    with bench.versions():
        bench.attempt("nothing wrong", 0)
    _several(bench, 2)
    _several(bench, 3)
    with bench.versions():
        record = bench.project / "content/concepts/tuning.yml"
        record.write_text(record.read_text(encoding="utf-8").replace("kind: technique", "kind: technic"))
        bench.attempt("a record with an error", 1)
    _modes(bench)
    _disk(bench)
    _filesystems(bench, folder)
    print(f"faults: {bench.passed} builds ended as they should, {bench.failed} did not")
    return not bench.failed


def _several(bench: Bench, count: int) -> None:
    with bench.versions():
        processes = [start(bench.project) for _ in range(count)]
        for number, process in enumerate(processes, 1):
            printed = process.communicate()[1]
            bench.judge(f"{count} at once, number {number}", 0, process.returncode, printed, bench.project / "site")


def _modes(bench: Bench) -> None:
    bound = _BOUND if os.geteuid() == 0 else ()
    if bound and not shutil.which("setpriv"):
        print("  not tried: read-only folders; root needs setpriv")
        return
    for name, path in (("a read-only site folder", bench.project / "site"), ("a read-only parent", bench.project)):
        with bench.versions():
            path.chmod(0o555)
            bench.attempt(name, 1, prefix=bound)
            path.chmod(0o755)


def _disk(bench: Bench) -> None:
    if not shutil.which("strace"):
        print("  not tried: faults of the disk; they take strace")
        return
    for name, expected, fault in (
        ("a disk error in the swap", 1, "renameat2:error=EIO"),
        ("another file system behind the name", 1, "renameat2:error=EXDEV"),
        ("a full disk in the swap", 1, "renameat2:error=ENOSPC"),
        ("no renameat2", 0, "renameat2:error=ENOSYS"),
        ("a file system without exchange", 0, "renameat2:error=EINVAL"),
        ("a container that forbids renameat2", 0, "renameat2:error=EPERM"),
        ("no renameat2, a disk error in the second step", 1, "renameat2:error=ENOSYS,rename:error=EIO:when=2"),
        ("a disk error when all is flushed", 1, "syncfs:error=EIO"),
        ("a disk error when a file is written", 1, "copy_file_range,sendfile:error=EIO:when=40"),
        ("the old site cannot be deleted", 0, "unlinkat:error=EIO"),
    ):
        calls = fault.split(",") if fault.startswith("renameat2:error=ENOSYS,") else [fault]
        faults = [part for call in calls for part in ("-e", f"inject={call}")]
        with bench.versions():
            bench.attempt(name, expected, prefix=("strace", "-f", "-qq", "-o", "/dev/null", *faults))


@contextmanager
def _small_disk(where: Path, megabytes: int) -> Iterator[Callable[[int], None]]:
    """Mounts a file system in memory; gives a function that changes its size."""
    where.mkdir()

    def mount(options: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", where], check=True)

    mount(f"size={megabytes}m")
    try:
        yield lambda size: mount(f"remount,size={size}m")
    finally:
        subprocess.run(["umount", where], check=True)


def _filesystems(bench: Bench, folder: Path) -> None:
    if os.geteuid() != 0:
        print("  not tried: a full disk, mount points; they take root")
        return
    disk, link = folder / "disk", bench.project / "link"
    with _small_disk(disk, 40) as resize:
        site = disk / "site"
        with bench.versions(str(site)):
            resize(9)
            bench.attempt("a full disk", 1, "-d", str(site), site=site)
            resize(40)
        link.symlink_to(site)
        with bench.versions("link"):
            bench.attempt("a link to another file system", 0, "-d", "link", site=site)
        link.unlink()
        for path in site.iterdir():
            path.rename(disk / path.name)
        site.rmdir()
        (disk / ".site.lock").unlink()
        write_version(bench.project, 1)
        bench.attempt("a mount point", 1, "-d", str(disk), site=disk)
