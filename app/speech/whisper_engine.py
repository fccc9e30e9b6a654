"""Whisper through CTranslate2: short encoder windows, no sampling, words placed by attention, simplified characters."""

import math
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import faster_whisper
import numpy as np
import opencc
from faster_whisper.tokenizer import Tokenizer
from numpy.typing import NDArray

from app.domain.transcript import Word
from app.speech.engine import RATE, Sound
from app.speech.pace import Effort
from app.speech.repeats import without_repeats
from app.speech.threads import engine_threads

SHORTEST_WINDOW_S = 10.0
"""Below it the model falls into loops on short words; 30 s, its usual window, costs eight times as much."""
LONGEST_WINDOW_S = 30.0
_FRAMES_PER_S = 100
_TOKENS_PER_S = 12  # nobody speaks faster: more than that is a loop
_LEAST = RATE // 10
_ROOM_S = 2.0
_HASTY_WINDOW_S = 6.0
_REPETITION_PENALTY = 1.1
_LEVEL, _MOST_GAIN = 0.1, 30.0
"""The loudness of speech, of full scale, that a voice is brought to."""
_AUDIBLE = 0.04
"""Of the loudest thousandth: what is quieter is no speech."""
_ZHE = re.compile("(?<![显名原编土专巨拙论译卓昭遗])著(?![名作称述者])")


class WhisperEngine:
    name = "whisper"
    is_stream = False

    def __init__(self, folder: Path, language: str = "zh", threads: int = 0) -> None:
        self._whisper = faster_whisper.WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=threads or engine_threads(), local_files_only=True
        )
        self._tokenizer = Tokenizer(self._whisper.hf_tokenizer, multilingual=True, task="transcribe", language=language)
        self._simplify = _simplifier() if language == "zh" else str
        self._suppressed = sorted({*self._tokenizer.non_speech_tokens, *self._never()})

    def open_ear(self) -> "WhisperEar":
        return WhisperEar(self)

    def hear(self, sound: Sound, effort: Effort, is_final: bool) -> tuple[Word, ...]:
        """The words of one utterance of at most 28 s; the rest of a longer one is not heard."""
        if len(sound) < _LEAST:
            return ()
        seconds = min(len(sound) / RATE, LONGEST_WINDOW_S)
        encoded = self._whisper.encode(self._features(sound, SHORTEST_WINDOW_S if effort else _HASTY_WINDOW_S))
        result = self._whisper.model.generate(
            encoded,
            [[*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]],
            beam_size=max(1, effort),
            max_length=min(440, int(seconds * _TOKENS_PER_S) + 20),
            repetition_penalty=_REPETITION_PENALTY,
            suppress_tokens=self._suppressed,
            return_no_speech_prob=True,
            return_scores=True,
        )[0]
        if result.no_speech_prob > 0.6 and result.scores[0] < -1.0:
            return ()
        tokens = without_repeats([token for token in result.sequences_ids[0] if token < self._tokenizer.eot])
        if not is_final:
            return self._spread(tokens, seconds, math.exp(min(0.0, result.scores[0])))
        return self._placed(encoded, tokens, seconds)

    def _never(self) -> tuple[int, ...]:
        tokenizer = self._tokenizer
        return (tokenizer.transcribe, tokenizer.translate, tokenizer.sot, tokenizer.sot_prev, tokenizer.sot_lm)

    def _features(self, sound: Sound, shortest_s: float) -> NDArray[np.float32]:
        seconds = min(max(shortest_s, len(sound) / RATE + _ROOM_S), LONGEST_WINDOW_S)
        features = self._whisper.feature_extractor(levelled(sound[: int(LONGEST_WINDOW_S * RATE)]))[..., :-1]
        frames = int(seconds * _FRAMES_PER_S) // 2 * 2
        # filled up with what the model takes for silence: with zeros, which are loud noise, it falls into loops
        padded = np.full((features.shape[0], frames), features.min(), np.float32)
        padded[:, : features.shape[1]] = features[:, :frames]
        return padded

    def _spread(self, tokens: list[int], seconds: float, confidence: float) -> tuple[Word, ...]:
        """Words evenly over the time: good enough for a partial."""
        words = [self._simplify(word.strip()) for word in self._tokenizer.split_to_word_tokens(tokens)[0]]
        words = [word for word in words if word and "�" not in word]
        step = seconds / max(1, len(words))
        sure = round(confidence, 3)
        return tuple(Word(word, round(at * step, 2), round((at + 1) * step, 2), sure) for at, word in enumerate(words))

    def _placed(self, encoded: Any, tokens: list[int], seconds: float) -> tuple[Word, ...]:
        """Words with the times and the chances that the model's attention gives them."""
        if not tokens:
            return ()
        found = self._whisper.find_alignment(self._tokenizer, [tokens], encoded, int(seconds * _FRAMES_PER_S))[0]
        placed = [word for word in found if word["word"].strip() and "�" not in word["word"]]
        texts = self._simplified([word["word"].strip() for word in placed])
        return tuple(
            Word(text, round(min(float(word["start"]), seconds), 2), round(min(float(word["end"]), seconds), 2),
                 round(float(word["probability"]), 3))
            for text, word in zip(texts, placed, strict=True)
        )  # fmt: skip

    def _simplified(self, words: list[str]) -> list[str]:
        """Converted in their context where the signs keep their number, as nearly always, else one by one."""
        whole = self._simplify("".join(words))
        if len(whole) != sum(map(len, words)):
            return [self._simplify(word) for word in words]
        cuts = np.cumsum([0, *map(len, words)])
        return [whole[start:end] for start, end in pairwise(cuts)]


class WhisperEar:
    """Hears all of the utterance anew each time: the model knows no stream."""

    def __init__(self, engine: WhisperEngine) -> None:
        self._engine = engine

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        return self._engine.hear(sound, Effort.BEST if is_final else Effort.QUICK, is_final)

    def listen_with(self, sound: Sound, effort: Effort, is_final: bool) -> tuple[Word, ...]:
        return self._engine.hear(sound, effort, is_final)


def levelled(sound: Sound) -> NDArray[np.float32]:
    """Speech as loud as the model learnt it: a voice that is far away or low on the line is heard much better so."""
    samples = sound.astype(np.float32) / 32768.0
    size = np.abs(samples)
    loud = samples[size > _AUDIBLE * np.percentile(size, 99.9)] if len(samples) else samples
    if not len(loud):
        return samples
    gain = min(_MOST_GAIN, _LEVEL / float(np.sqrt(np.mean(loud**2))))
    made: NDArray[np.float32] = np.clip(samples * gain, -1.0, 1.0)
    return made


def _simplifier() -> Callable[[str], str]:
    """Traditional to simplified signs; 著 is 着 in speech (拿著, 睡不著) but for the few words that mean fame or books."""
    convert = opencc.OpenCC("t2s").convert
    return lambda text: _ZHE.sub("着", convert(text))
