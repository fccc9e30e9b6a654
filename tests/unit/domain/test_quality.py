"""The opinion score by the E-model, and when a bad line is spoken of."""

from dataclasses import replace

import pytest

from app.domain.quality import UNKNOWN, LineQuality, QualityWatch, Trouble, mos_of, sum_up

GOOD = LineQuality(100.0, "PCMA", 1.0, 1.0, 0.0, 0.0, 20.0, 40.0)


@pytest.mark.parametrize(
    ("codec", "loss", "delay", "least", "most"),
    [
        ("PCMA", 0, 0, 4.40, 4.42),  # R = 93.2: G.107 gives 4.41
        ("PCMA", 0, 150, 4.30, 4.36),
        ("PCMA", 0, 400, 2.9, 3.5),
        ("PCMU", 1, 20, 4.2, 4.4),
        ("PCMA", 5, 20, 3.7, 4.0),
        ("PCMA", 20, 20, 2.0, 2.8),
        ("G722", 0, 20, 4.2, 4.4),
        ("G722", 5, 20, 2.7, 3.4),
        ("PCMA", 100, 20, 1.0, 1.3),
    ],
)
def test_the_score_follows_the_e_model(codec: str, loss: float, delay: float, least: float, most: float) -> None:
    assert least <= mos_of(codec, loss, delay) <= most


def test_more_loss_and_more_delay_never_raise_the_score() -> None:
    by_loss = [mos_of("PCMA", loss, 50) for loss in range(0, 60, 3)]
    by_delay = [mos_of("PCMA", 1, delay) for delay in range(0, 800, 40)]

    assert by_loss == sorted(by_loss, reverse=True)
    assert by_delay == sorted(by_delay, reverse=True)


def test_what_the_far_end_does_not_tell_is_not_judged() -> None:
    untold = replace(GOOD, loss_out=UNKNOWN, round_trip_ms=UNKNOWN)

    assert untold.mos_out == UNKNOWN
    assert untold.mos == untold.mos_in > 4


def test_a_call_on_hold_is_not_said_to_be_badly_heard() -> None:
    held = replace(GOOD, loss_in=100.0, audible_in=False)

    assert held.trouble is Trouble.NONE


def test_trouble_is_said_after_four_seconds_and_unsaid_after_four_good_ones() -> None:
    said = []
    watch = QualityWatch()
    for second in range(14):
        loss = 20.0 if 2 <= second < 8 else 0.0
        watch = watch.after(replace(GOOD, at=100.0 + second, loss_out=loss))
        said.append(watch.trouble)

    assert said == [Trouble.NONE] * 6 + [Trouble.THEY_HEAR_BADLY] * 6 + [Trouble.NONE] * 2


def test_one_bad_second_says_nothing() -> None:
    watch = QualityWatch()
    for second in range(10):
        watch = watch.after(replace(GOOD, at=100.0 + second, loss_in=30.0 if second == 4 else 0.0))
        assert watch.trouble is Trouble.NONE


def test_the_record_holds_means_and_the_worst() -> None:
    record = sum_up([GOOD, replace(GOOD, loss_in=10.0, jitter_in_ms=40.0, round_trip_ms=200.0)])

    assert record is not None
    assert (record.looks, record.loss_in_mean, record.loss_in_worst) == (2, 5.0, 10.0)
    assert (record.jitter_worst_ms, record.round_trip_mean_ms) == (40.0, 110.0)
    assert record.mos_worst < record.mos_mean < GOOD.mos
    assert sum_up([]) is None
