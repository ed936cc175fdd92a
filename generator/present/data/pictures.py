"""Share pictures: what other sites show beside a link to a page. PNG, 1200 by 630."""

import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from generator.cores import on_all_cores
from generator.model.fields import Objectives
from generator.present.site import Site

SIZE = (1200, 630)
_SITE = "pictures/site.png"
_BRAND, _WHITE, _AMBER = (0x0D, 0x5C, 0x4C), (0xFF, 0xFF, 0xFF), (0xF4, 0xB9, 0x42)
# A picture is drawn as shades between the brand's color (0) and white (255), which become a palette of few colors.
_DARK, _PALE, _LIGHT = 0, 218, 255
_SHADES = 5
_MARGIN, _TOP, _NAME_HEIGHT, _FOOT = 80, 164, 250, 540
_NAME_SIZES = (88, 72, 56, 42)
_SUMMARY_SIZE, _BADGE_SIZE, _BRAND_SIZE = 35, 28, 36
_REPLACED = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "→": ">", "≥": ">=", "≤": "<=", "≠": "!=", "×": "x", "•": "·", "ß": "ss", "æ": "ae"}
)


def picture_of(page: str, kind: str) -> str:
    """The path of the picture for a page: its own where `kind` (its template) has one, else that of the site."""
    return f"pictures/{page}.png" if kind in ("concept", "decision") else _SITE


def pictures(site: Site) -> dict[str, bytes]:
    """Path → PNG: one for each concept and decision, one for all other pages."""
    library = site.library
    texts = {_SITE: ("Signpost", "The concepts that the AWS AI exams ask about, with evidence.", list(library.exams))}
    for id, concept in library.concepts.items():
        badges = ["Concept", *_badges(site, concept.exams)]
        texts[picture_of(f"concepts/{id}", "concept")] = concept.name, concept.summary, badges
    for id, decision in library.decisions.items():
        badges = ["Decision", *_badges(site, decision.exams)]
        texts[picture_of(f"decisions/{id}", "decision")] = decision.name, decision.summary, badges
    made = on_all_cores(lambda path: picture(*texts[path]), list(texts))
    return dict(zip(texts, made, strict=True))


def _badges(site: Site, exams: Objectives) -> list[str]:
    return [f"{code}: {', '.join(task.number for _, task in tasks)}" for code, tasks in site.tasks_of(exams)]


def picture(name: str, summary: str, badges: Iterable[str]) -> bytes:
    """A PNG: badges, a name as large as it fits, a line below. What the font lacks is replaced by what is nearest."""
    image = _background().copy()
    draw = ImageDraw.Draw(image)
    _draw_badges(draw, badges)
    font, lines = _fitted(_drawable(name))
    y = _draw_lines(draw, _TOP, lines, font, _LIGHT, bold=1)
    summary_font = _font(_SUMMARY_SIZE)
    room = int((_FOOT - 30 - y) / _pitch(summary_font))
    _draw_lines(draw, y + 14, _wrapped(_drawable(summary), summary_font)[:room], summary_font, _PALE)
    return _png(image)


def _draw_badges(draw: ImageDraw.ImageDraw, badges: Iterable[str]) -> None:
    font, x, y = _font(_BADGE_SIZE), _MARGIN, 72
    for badge in map(_drawable, badges):
        right = x + int(font.getlength(badge)) + 32
        if right > SIZE[0] - _MARGIN:
            return
        draw.rectangle((x, y, right, y + 48), fill=_PALE)
        draw.text((x + 16, y + 9), badge, fill=_DARK, font=font)
        x = right + 16


def _draw_lines(
    draw: ImageDraw.ImageDraw, y: int, lines: list[str], font: ImageFont.FreeTypeFont, shade: int, bold: int = 0
) -> int:
    """Draws lines of text from `y` on, and gives where the next one would stand."""
    for line in lines:
        draw.text((_MARGIN, y), line, fill=shade, font=font, stroke_width=bold)
        y += _pitch(font)
    return y


def _fitted(name: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest font in which a name has room, and its lines; in the smallest, what has room."""
    for size in _NAME_SIZES:
        font = _font(size)
        lines = _wrapped(name, font)
        room = _NAME_HEIGHT // _pitch(font)
        if len(lines) <= room:
            break
    return font, lines[:room]


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """A text as lines no wider than the picture; a word that is wider is broken."""
    room, space = SIZE[0] - 2 * _MARGIN, _width(" ", font)
    lines: list[str] = []
    used = float(room)
    for word in (piece for whole in text.split() for piece in _broken(whole, font, room)):
        width = _width(word, font)
        if used + space + width <= room:
            lines[-1] += f" {word}"
            used += space + width
        else:
            lines.append(word)
            used = width
    return lines


def _broken(word: str, font: ImageFont.FreeTypeFont, room: int) -> Iterator[str]:
    """A word in pieces that each have room."""
    while _width(word, font) > room:
        end = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or font.getlength(word[:n]) <= room)
        yield word[:end]
        word = word[end:]
    yield word


@cache
def _width(word: str, font: ImageFont.FreeTypeFont) -> float:
    return font.getlength(word)


def _pitch(font: ImageFont.FreeTypeFont) -> int:
    return int(font.size * 1.22)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's own font: the same on every machine, as is its basic layout."""
    default = ImageFont.load_default(size)
    assert isinstance(default, ImageFont.FreeTypeFont)
    return default.font_variant(layout_engine=ImageFont.Layout.BASIC)


def _drawable(text: str) -> str:
    return "".join(map(_nearest, text))


@cache
def _nearest(character: str) -> str:
    """A character, or what the font has in its place: without its accent, a similar one, `?`; nothing for controls."""
    if character.isspace():
        return " "
    if unicodedata.category(character).startswith(("C", "M")):
        return ""
    if _has(character):
        return character
    similar = unicodedata.normalize("NFKD", character.translate(_REPLACED))
    return "".join(part for part in similar if _has(part)) or "?"


@cache
def _has(character: str) -> bool:
    font = _font(_BADGE_SIZE)
    return bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))


@cache
def _background() -> Image.Image:
    """What all pictures share: the sign, the name of the site and a line above them."""
    image = Image.new("L", SIZE, _DARK)
    image.paste(_sign(64), (_MARGIN, _FOOT))
    draw = ImageDraw.Draw(image)
    draw.line((_MARGIN, _FOOT - 22, SIZE[0] - _MARGIN, _FOOT - 22), fill=90, width=2)
    draw.text((_MARGIN + 84, _FOOT + 8), "Signpost", fill=_LIGHT, font=_font(_BRAND_SIZE), stroke_width=0.5)
    return image


def _sign(size: int) -> Image.Image:
    """The shapes of docs/assets/images/favicon.svg; its amber part is colored in last."""
    large = Image.new("L", (32 * 16, 32 * 16), _DARK)
    draw = ImageDraw.Draw(large)
    arm = [
        (3, 7),
        (14, 7),
        (14, 2),
        (18, 2),
        (18, 7),
        (27, 7),
        (31, 11),
        (27, 15),
        (18, 15),
        (18, 18),
        (14, 18),
        (14, 15),
        (3, 15),
    ]
    for shape in (arm, [(14, 20), (18, 20), (18, 30), (14, 30)]):
        draw.polygon([(x * 16, y * 16) for x, y in shape], fill=_LIGHT)
    return large.resize((size, size), Image.Resampling.BOX)


def _png(image: Image.Image) -> bytes:
    indexed = image.point([(shade * (_SHADES - 1) + 127) // 255 for shade in range(256)])
    indexed.paste(_SHADES, (_MARGIN + 6, _FOOT + 14, _MARGIN + 22, _FOOT + 30))
    indexed.paste(_SHADES, (0, 0, SIZE[0], 16))
    indexed = Image.frombytes("P", SIZE, indexed.tobytes())
    indexed.putpalette(_palette())
    file = BytesIO()
    indexed.save(file, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return file.getvalue()


def _palette() -> bytes:
    steps = [n / (_SHADES - 1) for n in range(_SHADES)]
    ramp = [tuple(round(b + (w - b) * step) for b, w in zip(_BRAND, _WHITE, strict=True)) for step in steps]
    return bytes(value for color in (*ramp, _AMBER) for value in color)
