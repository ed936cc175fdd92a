"""What is wrong with a built site."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that must not be: where it is, what is wrong, and what to do about it."""

    file: str
    place: str
    wrong: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.wrong}. {self.mend}"
