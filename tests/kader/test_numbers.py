import pytest

from kader.numbers import read_number, read_version


@pytest.mark.parametrize(
    ("given", "number"), [("7", 7), ("0", 0), ("9" * 18, int("9" * 18))]
)
def test_a_number_that_a_page_wrote_is_read(given, number):
    assert read_number(given) == number


@pytest.mark.parametrize("given", ["", "x", "-1", "1.5", " 7", "²", "٣", "9" * 19])
def test_anything_else_is_no_number_and_fits_no_version(given):
    assert read_number(given) is None
    assert read_version(given) == -1


def test_a_version_is_shorter_than_an_id():
    assert read_version("9" * 9) == int("9" * 9)
    assert read_version("9" * 10) == -1
