"""Lists of words as an operator writes them."""

import pytest

from rolecall.domain.reference_lists import BrokenLists, ReferenceLists, parse_lists


def test_codes_and_codes_with_labels() -> None:
    lists = parse_lists({"companySizes": ["1-10", "11+"], "sectors": {"optics": "Optics & photonics"}})
    assert lists == ReferenceLists(
        company_sizes=(("1-10", "1 10"), ("11+", "11+")), sectors=(("optics", "Optics & photonics"),)
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "it must map names of lists (companySizes, sectors, positions, contractTypes) to their values"),
        ({"sector": []}, "there is no list 'sector'; the lists are companySizes, sectors, positions, contractTypes"),
        ({"sectors": "optics"}, "sectors must be a list of codes, or map codes to labels"),
        ({"sectors": []}, "sectors is empty"),
        ({"positions": ["a", False]}, "positions: False is not a text; put it in quotes"),
        ({"positions": {"a": 1}}, "positions: 1 is not a text; put it in quotes"),
        ({"positions": [" "]}, "positions: ' ' is not one line of 1 to 80 characters"),
        ({"positions": ["a\nb"]}, "positions: 'a\\nb' is not one line of 1 to 80 characters"),
        ({"positions": ["it-ops", "IT ops"]}, "positions: 'IT ops' stands for two codes"),
        ({"positions": {"a": "Sales", "b": "sales"}}, "positions: 'sales' stands for two codes"),
    ],
)
def test_what_is_wrong_is_named(value: object, message: str) -> None:
    with pytest.raises(BrokenLists) as caught:
        parse_lists(value)
    assert str(caught.value) == message
