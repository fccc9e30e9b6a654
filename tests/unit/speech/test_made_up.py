"""What a model makes up is told from what people say."""

import pytest

from app.speech.made_up import is_made_up


@pytest.mark.parametrize(
    "text",
    [
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "字幕由Amara.org社区提供",
        "中文字幕志愿者 李宗盛",
        "优优独播剧场——YoYo Television Series Exclusive",
        "谢谢大家观看",
        "作词：李宗盛 作曲：李宗盛",
        "Thanks for watching!",
        "，。",
    ],
)
def test_credits_of_films_are_made_up(text: str) -> None:
    assert is_made_up(text, 5.0)


@pytest.mark.parametrize(
    "text",
    [
        "有线电视没有字幕我看不了",
        "我要投诉楼下的烧烤店，每天晚上噪音很大。",
        "谢谢你们",
        "他在网上发视频骗大家点赞再订阅我们才买的",
        "喂",
    ],
)
def test_what_callers_say_is_not(text: str) -> None:
    assert not is_made_up(text, len(text) / 5)


def test_more_signs_than_the_speech_can_hold_are_made_up() -> None:
    assert is_made_up("我们今天来看一下这个视频里面有什么", 0.2)
    assert not is_made_up("着火了快来", 0.4)
