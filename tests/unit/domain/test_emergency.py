"""Danger is heard by sound as well as by spelling, and talk about danger is told apart from danger."""

import csv
import json
import random
import re
from pathlib import Path

import pytest

from app.domain.emergency import EmergencyListener, EmergencySign, EmergencyWords
from app.speech.sound import sound_of
from app.storage.emergency_file import read_emergency_words

WORDS = Path(__file__).parents[3] / "resources" / "emergency_words.toml"

DANGER = {
    "119": (
        "着火了着火了我们楼上着火了",
        "找火了找火了我们楼上找火了",
        "喂我家厨房油锅着了",
        "隔壁冒黑烟快来人啊",
        "楼道里全是煤气味邻居都说头晕",
        "农业很大楼上还有老人",
        "电动车在楼道里烧起来了",
        "有人掉河里了快来人",
        "孩子被困在电梯里出不来",
        "楼下仓库起火了火势很大",
        "厨房有很浓的天然气味道闻到天然气了",
        "工地塌方了有人被埋了",
        "你好那个我们这里起火了怎么办",
        "对面楼冒浓烟呢",
        "小孩掉到井里了",
        "天然气漏了嘶嘶响",
    ),
    "120": (
        "我爸爸突然胸口疼喘不上气已经昏过去了",
        "老人摔倒了叫不醒",
        "我老婆要生了羊水破了",
        "孩子吃东西噎住了脸都紫了",
        "有人晕倒在路边不省人事",
        "他流了好多血止不住",
        "我妈口吐白沫抽搐呢",
        "从楼上摔下来动不了",
        "煤气中毒了人没反应",
        "快点派救护车来",
        "他喝了农药",
        "我爷爷呼吸困难从昨天晚上开始的",
        "爸爸胸口腾喘不上器",
        "有个老人躺在地上没有呼吸了",
    ),
    "110": (
        "有个男的正在撬我邻居家的门手里拿着铁棍",
        "有人拿着刀在超市门口砍人",
        "我不想活了我在楼顶上",
        "我姐姐说她要跳楼",
        "我担心他想自杀",
        "我家孩子不见了找了一个小时",
        "我妈妈走丢了她有老年痴呆",
        "我老公打我你们快来",
        "救命啊有人打我",
        "有人跟踪我我不敢回家",
        "我刚被骗了五万块钱刚转了账",
        "家里进小偷了人还在里面",
        "楼下打起来了好多人",
        "有个陌生人闯进我家",
        "我刚才被抢劫了",
        "他把我锁在屋里不让走",
    ),
    "122": (
        "我这里两辆车撞了没有人受伤但是堵在路口",
        "高速上追尾了三辆车",
        "一辆货车翻车了",
        "出车祸了在人民路口",
        "有个骑电动车的被车撞了",
        "对方撞了就跑肇事逃逸",
        "我的车被撞了司机不下来",
        "刚才一辆车撞上护栏了",
    ),
}  # fmt: skip

CALM = (
    "我们这条街最近开了一家火锅店生意特别火",
    "上个月这里着过火现在消防通道还堵着",
    "小区什么时候搞消防演习",
    "电动车充电有火灾隐患你们管管",
    "火车站怎么走",
    "去年我家着火了保险一直不赔",
    "楼道堆东西万一着火了跑都跑不掉",
    "怕着火所以想装烟感",
    "没有着火就是想问一下消防验收",
    "公司拖欠我两个月的工资",
    "我想问一下办理居住证需要准备哪些材料",
    "法院已经判了可是我觉得判得不公平",
    "你们就是一群废物我骂的就是你",
    "跳楼价大甩卖是不是虚假宣传",
    "我家住幸福路一百二十三号已经停水三天了",
    "每天晚上营业到凌晨两点噪音很大老人孩子都睡不着",
    "农业局的电话是多少",
    "我想找活干有没有招聘会",
    "救护车收费标准是多少",
    "之前出过车祸现在想问伤残鉴定",
    "煤气费怎么交",
    "打我电话一直没人接",
    "他发火了态度特别差",
    "孩子明年上小学学区划分我想咨询一下",
    "医保异地报销的比例是多少",
    "没有人受伤也没有打架就是停车纠纷",
    "紫砂壶买到假货了",
    "垃圾站的臭味很大苍蝇也很多",
    "这条路容易发生交通事故建议装红绿灯",
    "听说昨天那边起火了是真的吗",
    "我要投诉健身房关门跑路不退钱",
    "暖气不热室温只有十五度",
)


@pytest.fixture(scope="module")
def listener() -> EmergencyListener:
    return EmergencyListener(read_emergency_words(WORDS), sound_of)


@pytest.mark.parametrize(("line", "text"), [(line, text) for line, texts in DANGER.items() for text in texts])
def test_words_of_danger_light_the_right_button(listener: EmergencyListener, line: str, text: str) -> None:
    heard = listener.hear(text)

    assert heard is not None, text
    assert heard.line == line, heard


@pytest.mark.parametrize("text", CALM)
def test_talk_that_is_no_danger_lights_nothing(listener: EmergencyListener, text: str) -> None:
    assert listener.hear(text) is None


def test_the_words_that_light_a_button_are_named_as_they_were_heard(listener: EmergencyListener) -> None:
    heard = listener.hear("我们楼上找火了")

    assert heard is not None
    assert "找火" in heard.because


def test_two_weak_signs_light_a_button_that_neither_lights_alone() -> None:
    words = EmergencyWords((EmergencySign("119", "浓烟", 1), EmergencySign("119", "有老人", 1)))
    listener = EmergencyListener(words, sound_of)

    assert listener.hear("浓烟") is None
    assert listener.hear("浓烟浓烟") is None
    assert listener.hear("浓烟里有老人") is not None


def test_a_sentence_cut_in_two_utterances_is_still_one(listener: EmergencyListener) -> None:
    heard = listener.hear("我们家着\n火了")

    assert heard is not None
    assert heard.line == "119"


def test_what_is_feared_for_a_person_counts_and_what_is_feared_of_a_thing_does_not(listener: EmergencyListener) -> None:
    assert listener.hear("我怕我女儿要跳楼") is not None
    assert listener.hear("我怕着火") is None


def test_danger_is_heard_when_every_seventh_character_has_another_spelling(listener: EmergencyListener) -> None:
    homophones = _homophones("".join(text for texts in (*DANGER.values(), CALM) for text in texts))
    chance = random.Random(7)
    garbled = [(line, _garbled(text, homophones, chance)) for line, texts in DANGER.items() for text in texts]

    heard = [(line, listener.hear(text)) for line, text in garbled]

    right = sum(suggestion is not None and suggestion.line == line for line, suggestion in heard)
    assert right / len(heard) >= 0.85, f"{right} of {len(heard)}"


@pytest.mark.shared
def test_the_recorded_callers_light_what_their_scripts_say(listener: EmergencyListener, shared: Path) -> None:
    scripts = [json.loads(path.read_text("utf-8")) for path in sorted((shared / "speech/calls").glob("*/script.json"))]

    lit = {script["name"]: _first_lit(listener, script["turns"]) for script in scripts}

    assert len(scripts) >= 14
    assert lit == {script["name"]: script["expected"]["emergency"] for script in scripts}


@pytest.mark.shared
def test_letters_to_the_mayor_seldom_light_a_button(listener: EmergencyListener, shared: Path) -> None:
    with (shared / "data/dispatch/teddy_raw_dev.csv").open(encoding="utf-8") as file:
        letters = [row["title"] + "。" + row["body"] for row in csv.DictReader(file)][:150]
    windows = [window for letter in letters for window in _windows(letter)]

    lit = [window for window in windows if listener.hear(window) is not None]

    assert len(windows) > 500
    assert len(lit) / len(windows) < 0.02, f"{len(lit)} of {len(windows)}"


def _first_lit(listener: EmergencyListener, turns: list[dict[str, str]]) -> str | None:
    said = [turn["text"] for turn in turns if turn["speaker"] == "caller"]
    heard = (listener.hear("\n".join(said[max(0, place - 1) : place + 1])) for place in range(len(said)))
    return next((suggestion.line for suggestion in heard if suggestion is not None), None)


def _windows(letter: str) -> list[str]:
    parts = [part for part in re.split("(?<=[。！？!?；;\n])", letter) if part.strip()]
    return ["\n".join(parts[max(0, place - 1) : place + 1]) for place in range(len(parts))]


def _homophones(text: str) -> dict[str, list[str]]:
    by_sound: dict[str, list[str]] = {}
    common = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飞"  # noqa: E501
    for sign in dict.fromkeys(common + text):
        by_sound.setdefault(sound_of(sign)[0], []).append(sign)
    return {sign: [other for other in signs if other != sign] for signs in by_sound.values() for sign in signs}


def _garbled(text: str, homophones: dict[str, list[str]], chance: random.Random) -> str:
    return "".join(
        chance.choice(homophones[sign]) if chance.random() < 1 / 7 and homophones.get(sign) else sign for sign in text
    )
