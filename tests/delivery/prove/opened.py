"""Lists every path that a build opens or changes, as the kernel saw it."""

import os
import re
import shutil
import site as packages
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.conftest import ROOT
from tests.delivery.prove.project import command, environment, real_project

_CHANGES = "rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat,rmdir,link,linkat,symlink,symlinkat,truncate"
_MODES = "chmod,fchmodat,chown,lchown,fchownat,utimensat,mknod,mknodat,setxattr"
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (?!-1)")
# A file by name, below the folder that strace names where the call starts from one.
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')


def traced(project: Path, log: Path, *arguments: str) -> Iterator[tuple[str, str]]:
    """Builds; gives ("read" or "write", path) of every successful call that opens a file or changes a name."""
    calls = f"trace=open,openat,openat2,creat,{_CHANGES},{_MODES}"
    strace = ["strace", "-f", "-y", "-qq", "-s", "4096", "-e", calls, "-o", str(log)]
    subprocess.run([*strace, *command(*arguments)], cwd=project, env=environment(), check=True)
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if call := _LINE.match(line):
            opening = call[1].startswith("open")
            written = not opening or any(flag in call[2] for flag in ("O_WRONLY", "O_RDWR", "O_CREAT"))
            for start, name in _PATH.findall(call[2]):
                yield "write" if written else "read", os.path.normpath(os.path.join(start or project, name))


def strays(found: Iterable[tuple[str, str]], project: Path) -> list[str]:
    """What a build had no business with: outside what it is made from, what it runs on, and where the site goes."""
    # What it is made from; the project folder itself is only listed by git.
    made_from = [project / name for name in ("content", "docs", "overrides", "generator", "mkdocs.yml", ".git")]
    # Python, its packages, libraries and settings of the system, and of git.
    prefixes = {sys.prefix, sys.base_prefix, *packages.getsitepackages(), "/usr", "/lib", "/lib64", "/etc"}
    runs_on = [*(Path(path) for path in sorted(prefixes)), *map(Path, ("/proc", "/sys", "/dev"))]
    # The package as it is installed: `pip install -e` points to the folder it was installed from.
    runs_on += [ROOT / "generator", *ROOT.glob("*.egg-info")]
    git = [Path.home() / name for name in (".gitconfig", ".config/git")]
    goes_to = [project / name for name in ("site", ".site.new", ".site.lock")]
    may = {
        "read": [*made_from, *runs_on, *git, *goes_to, project / ".gitignore"],
        "write": [*goes_to, Path("/dev/null"), Path("/dev/tty")],
    }
    return sorted(
        {
            f"{how} {path}"
            for how, path in found
            if not any(Path(path).is_relative_to(root) for root in may[how])
            and not (how == "read" and Path(path) in {project, *project.parents, ROOT})
        }
    )


def prove(folder: Path) -> bool:
    """Prints how many paths a build of the real site opened and changed, and those it should not have."""
    if not shutil.which("strace"):
        print("not tried: what a build opens; it takes strace")
        return True
    project = real_project(folder / "opened")
    # Once before: a second build replaces a site.
    subprocess.run(command(), cwd=project, env=environment(), check=True)
    found = set(traced(project, folder / "strace.log"))
    wrong = strays(found, project)
    counts = {how: sum(how == other for other, _ in found) for how in ("read", "write")}
    print(f"files: {counts['read']} paths read, {counts['write']} written, {len(wrong)} outside what is allowed")
    print("".join(f"  {path}\n" for path in wrong), end="", flush=True)
    return not wrong
