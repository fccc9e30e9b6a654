"""sherpa-onnx: streaming transducers and paraformers, and models that hear whole utterances (SenseVoice, paraformer, CTC).

A transducer searches with a beam, so that words of the site (hotwords) are preferred where they nearly fit.
"""

from pathlib import Path
from typing import Any

import numpy as np
import sherpa_onnx

from app.domain.transcript import Word
from app.speech.engine import RATE, Engine, Sound
from app.speech.sherpa_models import SherpaKind, SherpaModel, look_at
from app.speech.sherpa_words import Heard, words_of
from app.speech.threads import engine_threads

_TAIL_S = 0.9
"""Silence after a final: streaming encoders look ahead up to 0.64 s, a paraformer takes chunks of 0.61 s."""
_SHORTEST_S = 0.4
"""Less is filled up with silence: encoders that join frames have none to join in a shorter sound."""
_HOTWORD_SCORE = 1.5
"""What each sign of an expected word is worth, as the library recommends."""
_LEAST_SIGNS = 2
"""A single sign fits anywhere: expecting it would only spoil other words."""
_MOST_WORDS = 3000
"""Expected words; their tree is built anew for each utterance, 20 to 40 ms for so many; later ones are passed over."""


def load_sherpa(folder: Path, language: str) -> Engine:
    """Takes seconds. Raises ValueError, in a few words, for a folder this program cannot use."""
    model = look_at(folder)
    match model.kind:
        case SherpaKind.STREAM_TRANSDUCER:
            return ExpectingStreamEngine(model)
        case SherpaKind.STREAM_PARAFORMER | SherpaKind.STREAM_CTC:
            return SherpaStreamEngine(model)
        case SherpaKind.TRANSDUCER:
            return ExpectingEngine(model, language)
        case _:
            return SherpaEngine(model, language)


class SherpaStreamEngine:
    """Ears keep what they heard."""

    name = "sherpa-onnx"
    is_stream = True

    def __init__(self, model: SherpaModel) -> None:
        self._signs = model.signs
        self._recogniser = _STREAMS[model.kind](model)

    def open_ear(self) -> "SherpaStreamEar":
        return SherpaStreamEar(self._recogniser, self._recogniser.create_stream())


class ExpectingStreamEngine(SherpaStreamEngine):
    """A transducer: its beam prefers the words it has learnt."""

    _hotwords = ""

    def learn(self, words: tuple[str, ...]) -> None:
        self._hotwords = hotwords_of(words, self._signs)

    def open_ear(self) -> "SherpaStreamEar":
        hotwords = self._hotwords
        if not hotwords:
            return super().open_ear()
        return SherpaStreamEar(self._recogniser, self._recogniser.create_stream(hotwords))


class SherpaStreamEar:
    def __init__(self, recogniser: Any, stream: Any) -> None:
        self._recogniser, self._stream = recogniser, stream
        self._heard = 0

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        fresh = sound[self._heard :]
        self._heard = len(sound)
        if len(fresh):
            self._stream.accept_waveform(RATE, _as_floats(fresh))
        if is_final:
            self._stream.accept_waveform(RATE, np.zeros(int(_TAIL_S * RATE), np.float32))
            self._stream.input_finished()
        while self._recogniser.is_ready(self._stream):
            self._recogniser.decode_stream(self._stream)
        return words_of(_heard(self._recogniser.get_result_all(self._stream)), len(sound) / RATE)


class SherpaEngine:
    """Hears all of an utterance each time."""

    name = "sherpa-onnx"
    is_stream = False

    def __init__(self, model: SherpaModel, language: str) -> None:
        self._signs = model.signs
        self._recogniser = _WHOLE[model.kind](model, language)

    def open_ear(self) -> "SherpaEar":
        return SherpaEar(self._recogniser)


class ExpectingEngine(SherpaEngine):
    """A transducer: its beam prefers the words it has learnt."""

    _hotwords = ""

    def learn(self, words: tuple[str, ...]) -> None:
        self._hotwords = hotwords_of(words, self._signs)

    def open_ear(self) -> "SherpaEar":
        return SherpaEar(self._recogniser, self._hotwords)


class SherpaEar:
    def __init__(self, recogniser: Any, hotwords: str = "") -> None:
        self._recogniser, self._hotwords = recogniser, hotwords

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:  # noqa: ARG002  it knows no quicker way
        if not len(sound):
            return ()
        lacking = int(_SHORTEST_S * RATE) - len(sound)
        whole = np.pad(_as_floats(sound), (0, max(0, lacking)))
        hotwords = self._hotwords
        stream = self._recogniser.create_stream(hotwords) if hotwords else self._recogniser.create_stream()
        stream.accept_waveform(RATE, whole)
        self._recogniser.decode_stream(stream)
        return words_of(_heard(stream.result), len(sound) / RATE)


def hotwords_of(words: tuple[str, ...], signs: frozenset[str]) -> str:
    """As the library takes them, "/" between; only words each of whose signs the model has, for it drops all over one."""
    fitting = dict.fromkeys(word.strip() for word in words)
    kept = [word for word in fitting if len(word) >= _LEAST_SIGNS and all(_is_known(sign, signs) for sign in word)]
    return "/".join(kept[:_MOST_WORDS])


def _is_known(sign: str, signs: frozenset[str]) -> bool:
    return not sign.isascii() and not sign.isspace() and sign in signs


def _as_floats(sound: Sound) -> "np.ndarray[Any, np.dtype[np.float32]]":
    return sound.astype(np.float32) / 32768.0


def _heard(result: Any) -> Heard:
    chances = getattr(result, "ys_probs", None) or getattr(result, "ys_log_probs", None) or ()
    return Heard(result.text, tuple(result.tokens), tuple(result.timestamps), tuple(chances))


def _stream_transducer(model: SherpaModel) -> Any:
    unit = {"modeling_unit": "cjkchar+bpe", "bpe_vocab": str(model.bpe)} if model.bpe else {"modeling_unit": "cjkchar"}
    return sherpa_onnx.OnlineRecognizer.from_transducer(
        tokens=str(model.tokens), encoder=str(model.model), decoder=str(model.decoder), joiner=str(model.joiner),
        num_threads=engine_threads(), decoding_method="modified_beam_search", hotwords_score=_HOTWORD_SCORE,
        temperature_scale=1.0, **unit,
    )  # fmt: skip


def _stream_paraformer(model: SherpaModel) -> Any:
    return sherpa_onnx.OnlineRecognizer.from_paraformer(
        tokens=str(model.tokens), encoder=str(model.model), decoder=str(model.decoder), num_threads=engine_threads()
    )


def _stream_ctc(model: SherpaModel) -> Any:
    return sherpa_onnx.OnlineRecognizer.from_zipformer2_ctc(
        tokens=str(model.tokens), model=str(model.model), num_threads=engine_threads()
    )


def _transducer(model: SherpaModel, _: str) -> Any:
    unit = {"modeling_unit": "cjkchar+bpe", "bpe_vocab": str(model.bpe)} if model.bpe else {"modeling_unit": "cjkchar"}
    return sherpa_onnx.OfflineRecognizer.from_transducer(
        tokens=str(model.tokens), encoder=str(model.model), decoder=str(model.decoder), joiner=str(model.joiner),
        num_threads=engine_threads(), decoding_method="modified_beam_search", hotwords_score=_HOTWORD_SCORE, **unit,
    )  # fmt: skip


def _paraformer(model: SherpaModel, _: str) -> Any:
    return sherpa_onnx.OfflineRecognizer.from_paraformer(
        paraformer=str(model.model), tokens=str(model.tokens), num_threads=engine_threads()
    )


def _sense_voice(model: SherpaModel, language: str) -> Any:
    return sherpa_onnx.OfflineRecognizer.from_sense_voice(
        model=str(model.model), tokens=str(model.tokens), num_threads=engine_threads(), language=language, use_itn=False
    )


def _ctc(model: SherpaModel, _: str) -> Any:
    return sherpa_onnx.OfflineRecognizer.from_zipformer_ctc(
        model=str(model.model), tokens=str(model.tokens), num_threads=engine_threads()
    )


_STREAMS = {
    SherpaKind.STREAM_TRANSDUCER: _stream_transducer,
    SherpaKind.STREAM_PARAFORMER: _stream_paraformer,
    SherpaKind.STREAM_CTC: _stream_ctc,
}
_WHOLE = {
    SherpaKind.TRANSDUCER: _transducer,
    SherpaKind.PARAFORMER: _paraformer,
    SherpaKind.SENSE_VOICE: _sense_voice,
    SherpaKind.CTC: _ctc,
}
