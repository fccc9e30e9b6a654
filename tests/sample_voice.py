"""States of the voice for the gallery: voices by language, a sentence that waits, recognition refused, eyes-free on."""

from dataclasses import replace

from app.desk.speech_events import VoiceDetail
from app.desk.state import DeskState
from app.desk.voice_state import VoiceChoice, VoiceView
from app.domain.notice import Gravity, Notice, NoticeCode
from app.domain.recognition import RecognitionStage
from tests import sample_recovery as recovery
from tests import sample_state as sample

VOICES = (
    VoiceDetail("kokoro:zf_xiaoxiao", "zh-CN", "kokoro", "female", "Xiaoxiao"),
    VoiceDetail("kokoro:zf_xiaoni", "zh-CN", "kokoro", "female", "Xiaoni"),
    VoiceDetail("kokoro:zm_yunxi", "zh-CN", "kokoro", "male", "Yunxi"),
    VoiceDetail("pyttsx3:sit/cmn-latn-pinyin", "zh-CN", "pyttsx3", "male", "Chinese (Mandarin, latin as Pinyin)"),
    VoiceDetail("pyttsx3:sit/yue", "yue", "pyttsx3", "male", "Chinese (Cantonese)"),
    VoiceDetail("pyttsx3:gmw/en-us", "en-US", "pyttsx3", "male", "English (America)"),
    VoiceDetail("pyttsx3:trk/ug", "ug", "pyttsx3", "male", "Uyghur"),
)
ANNOUNCEMENTS = (
    ("hold", "请您稍候，正在为您查询，请不要挂机。"),
    ("recording", "为保证服务质量，本次通话将被录音。"),
    ("words", "为提高服务质量，本次通话将转写为文字。如不同意，请告诉我们。"),
)
CHOICE = VoiceChoice("kokoro:zm_yunxi", 1.1, 0.9)


def voices(state: DeskState = sample.IDLE) -> DeskState:
    """All voices there, none in use."""
    voice = VoiceView(choice=CHOICE, announcements=ANNOUNCEMENTS)
    return replace(state, speech=replace(state.speech, voice_details=VOICES), voice=voice)


def waiting() -> DeskState:
    """A number is to be read back in the caller's next pause."""
    state = voices(recovery.recorded())
    saying = "您的联系电话是，幺三八，幺零二四，五六零零，对吗？"
    on = {state.focus: RecognitionStage.ON}
    return replace(state, voice=replace(state.voice, saying=saying), recognitions=on)


def refused() -> DeskState:
    """The caller objects to being written down; eyes-free is on; a sentence found no pause."""
    state = voices(recovery.recorded())
    left = Notice(NoticeCode.VOICE_WAITED, ("请您稍候，正在为您查询。",), Gravity.WARNING, standing=False)
    return replace(
        state,
        voice=replace(state.voice, is_eyes_free=True, unsaid="请您稍候，正在为您查询。"),
        recognitions={state.focus: RecognitionStage.REFUSED},
        notices=(left,),
    )
