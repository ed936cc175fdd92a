"""Share pictures: whole, small, the same every time, whatever the name."""

from io import BytesIO

import pytest
from PIL import Image

from generator.present.data.pictures import SIZE, picture, picture_of, pictures

ODD = {
    "long": "A name of the full eighty letters that a record's name may have, and not one more",
    "one word": "x" * 80,
    "accents": "Ünïcödé naïveté",
    "no letter in the font": "日本語",
    "controls and marks": "a\x00b\u202e\u0301\ud800c",
    "empty": "",
}


def _opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("name", ODD)
def test_any_name_gives_a_picture_of_the_right_size_that_stays_inside_its_margins(name):
    image = _opened(picture(ODD[name], ODD[name] * 2, ["Concept", "ABC-C01: 1.1", *["ABC-C02: 1.1, 1.2"] * 9]))
    assert image.size == SIZE
    ground = image.getpixel((5, 300))
    right = image.crop((SIZE[0] - 70, 20, SIZE[0], SIZE[1]))
    assert set(right.get_flattened_data()) == {ground}


def test_what_the_font_lacks_is_replaced_by_what_is_nearest():
    assert picture("Größe – naïve", "", []) == picture("Grosse - naive", "", [])
    assert picture("a\u202eb\x00", "", []) == picture("ab", "", [])
    assert picture("語", "", []) == picture("?", "", [])


def test_a_longer_name_is_written_smaller():
    def lines(name: str) -> int:
        """The height of what is written where names stand."""
        image = _opened(picture(name, "", [])).crop((80, 164, 1120, 500))
        return image.convert("L").point(lambda v: 255 if v > 200 else 0).getbbox()[3]

    assert lines("Fine") < lines("Fine tuning of foundation models") <= 250 + 30


def test_each_concept_and_decision_has_its_own_small_picture(small):
    made = pictures(small.site)
    for page in small.rendered.pages:
        assert picture_of(page.path, page.kind) in made
    assert len(made) == 1 + len(small.site.library.concepts) + len(small.site.library.decisions)
    assert len(set(made.values())) == len(made)
    assert all(len(data) < 15_000 for data in made.values())
    assert pictures(small.site) == made
