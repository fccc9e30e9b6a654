"""What the repair of site words gains and harms on real texts, and that its measures count what they say."""

from pathlib import Path

import pytest

from tests.benchmarks.repair import correct_texts, measure_gain, measure_harm, noisy_streets, repairer, streets

MOST_HARM = 0.001
"""Of correct sentences; a part of them are mistakes of the writers, rightly repaired."""


def test_a_wrong_repair_is_counted_as_harm_and_a_right_one_as_gain() -> None:
    repair = repairer(("学院路街道",))

    harm = measure_harm("own", ["我要提取攻击金。\n明天下雨。"], repair)
    gain = measure_gain("own", [("提取公积金", "提取攻击金"), ("明天下雨", "明天下雨")], repair)

    assert (harm.sentences, harm.hurt, harm.wrong) == (2, 1, 2)
    assert (gain.texts, gain.errors, gain.errors_after, gain.right, gain.wrong) == (2, 2, 0, 1, 0)


@pytest.mark.shared
def test_correct_texts_are_hardly_touched_and_streets_come_back(shared: Path) -> None:
    repair = repairer(name for name, _ in streets(shared))

    harms = [measure_harm(name, texts, repair, limit=1000) for name, texts in correct_texts(shared)]
    gain = measure_gain("streets", noisy_streets(shared), repair)

    assert sum(harm.hurt for harm in harms) / sum(harm.sentences for harm in harms) <= MOST_HARM
    assert gain.right > 0.9 * gain.texts and gain.wrong <= 0.01 * gain.texts
