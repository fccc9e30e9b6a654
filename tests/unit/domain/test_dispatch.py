"""Advice names units with reasons; an area without a unit goes to the area's own government."""

from pathlib import Path

import pytest

from app.domain.dispatch import DispatchCatalogue, Unit, advise
from app.storage.catalogue import read_catalogue

CATALOGUE = read_catalogue(Path(__file__).parents[3] / "resources" / "dispatch_catalogue.toml")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("公司拖欠我两个月的工资", "city_hrss"),
        ("已经停水三天了", "co_water"),
        ("暖气不热室温只有十五度", "co_heat"),
        ("医保异地报销的比例是多少", "city_nhsa"),
        ("健身房关门跑路不退钱", "city_market"),
        ("公积金提取多久能到账", "city_fund"),
        ("办理居住证需要哪些材料", "city_police"),
        ("小区物业乱收停车费物业公司不给开发票", "city_housing"),
        ("路灯坏了半个月", "city_urban"),
        ("孩子上学的学区划分", "city_edu"),
    ],
)
def test_words_of_the_matter_lead_to_the_unit_and_are_named(text: str, unit: str) -> None:
    first = advise(CATALOGUE, text, "")[0]

    assert first.unit.key == unit
    assert all(word in text for word in first.matter_words)
    assert first.matter_words


def test_an_area_without_a_unit_goes_to_its_district() -> None:
    (advice,) = advise(CATALOGUE, "我也说不清楚是什么事", "望京街道")

    assert (advice.unit.key, advice.area_words) == ("district_chaoyang", ("朝阳区",))


def test_the_place_outweighs_an_area_that_is_only_mentioned() -> None:
    found = advise(CATALOGUE, "我在海淀上班家里楼道堆物", "方庄街道")

    assert found[0].unit.key == "street_fangzhuang"
    assert found[-1].unit.key == "district_fengtai"


def test_a_named_district_wins_over_a_street_elsewhere() -> None:
    catalogue = DispatchCatalogue((Unit("a", "甲", areas=("甲区",), is_fallback=True),), {"新街街道": "乙区"})

    found = advise(catalogue, "", "甲区新街街道")

    assert [advice.unit.key for advice in found] == ["a"]


def test_nothing_known_advises_nothing() -> None:
    assert advise(CATALOGUE, "喂你好", "") == ()


def test_a_longer_word_counts_once_and_more() -> None:
    catalogue = DispatchCatalogue((Unit("a", "甲", ("合同", "劳动合同")), Unit("b", "乙", ("合同",))))

    found = advise(catalogue, "劳动合同", "")

    assert [(advice.unit.key, advice.matter_words) for advice in found] == [("a", ("劳动合同",)), ("b", ("合同",))]
