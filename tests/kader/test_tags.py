from kader.templatetags.kader_tags import choice_words, comma, domain_chips, status
from kader.vocabulary import ActionStatus, ServiceDomain


def test_a_domain_wears_its_chip_where_it_is_chosen():
    chip = choice_words("domains", "access", "Toegang")

    assert 'class="domain-no tgg" aria-hidden="true">5<' in chip
    assert "Toegang" in chip


def test_any_other_choice_keeps_its_words():
    assert choice_words("rights", "income", "Inkomen") == "Inkomen"
    assert choice_words("domains", "onbekend", "Onbekend") == "Onbekend"


def test_a_chip_never_shows_its_colour_without_its_number():
    chips = domain_chips(tuple(ServiceDomain), "hidden")

    for domain in ServiceDomain:
        assert f'domain-no {domain.css}" aria-hidden="true">{domain.number}<' in chips
        assert f'visually-hidden">{domain.label}<' in chips


def test_a_status_is_an_icon_and_a_word():
    drawn = status(ActionStatus.DONE)

    assert "#check-circle-fill" in drawn
    assert "Klaar" in drawn
    assert 'class="status success"' in drawn


def test_a_median_is_written_the_dutch_way():
    assert [comma(value) for value in (7, 7.0, 7.5)] == ["7", "7", "7,5"]
