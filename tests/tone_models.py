"""Small models of every kind that sherpa-onnx runs, made here: they write a sign for each tone they hear.

No model of sherpa-onnx lies in the registries. These are real networks of the same form (inputs, outputs, metadata) as the
published ones, run by the real library; what they cannot show is how well a published model hears people.
A tone stands out of its place in the mel spectrum; two signs (找, 着) share one tone, 找 being a little likelier.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from app.speech.engine import RATE, Sound

TONES = {"东": 500, "城": 750, "区": 1050, "找": 1400, "火": 1900, "了": 2600}
"""Hertz of each sign; 着 sounds as 找."""
SIGNS = ("<blk>", *TONES, "着")
_MARKS = ("<|zh|>", "<|en|>", "<|NEUTRAL|>", "<|Speech|>", "<|woitn|>", "<s>", "</s>", "<unk>")
VOCABULARY = (*SIGNS, *_MARKS)
SIZE = len(VOCABULARY)
_BINS, _LFR, _SHIFT = 80, 7, 6
_STEEP, _KNEE, _LIKELIER = 1.5, 8.5, 0.4
_F, _I, _I32 = TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT32


def sing(signs: str, tone_s: float = 0.24, gap_s: float = 0.12, loud: float = 0.3) -> Sound:
    """The tones of `signs`, half a second of silence before and after."""
    rest, gap = np.zeros(RATE // 2), np.zeros(int(gap_s * RATE))
    at = np.arange(int(tone_s * RATE)) / RATE
    swell = np.minimum(1, np.minimum(at, at[::-1]) / 0.02)
    tones = [np.sin(2 * np.pi * TONES["找" if sign == "着" else sign] * at) * swell * loud for sign in signs]
    parts = [part for tone in tones for part in (tone, gap)]
    sound: Sound = (np.concatenate([rest, *parts, rest]) * 32767).astype(np.int16)
    return sound


def _mel(hertz: float) -> float:
    return 1127 * float(np.log(1 + hertz / 700))


def _weights() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Features (80) to a score for each sign of the vocabulary: how far its bin rises above the mean of all."""
    low, high = _mel(20), _mel(RATE / 2 - 400)
    weights = np.zeros((_BINS, SIZE), np.float32)
    bias = np.full(SIZE, -40.0, np.float32)
    bias[0] = 0.0
    for place, sign in enumerate(SIGNS[1:], 1):
        at = (_mel(TONES["找" if sign == "着" else sign]) - low) / (high - low) * (_BINS + 1) - 1
        weights[round(at), place] = _STEEP
        weights[:, place] -= _STEEP / _BINS
        bias[place] = -_STEEP * _KNEE + (_LIKELIER if sign == "找" else 0.0)
    return weights, bias


class _Graph:
    """One network being made."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []

    def take(self, name: str, kind: int, shape: Sequence[str | int]) -> str:
        self._inputs.append(helper.make_tensor_value_info(name, kind, list(shape)))
        return name

    def give(self, name: str, value: str, kind: int, shape: Sequence[str | int]) -> None:
        self._nodes.append(helper.make_node("Identity", [value], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, kind, list(shape)))

    def constant(self, value: NDArray[np.generic]) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(value, name))
        return name

    def ints(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def do(self, what: str, *inputs: str, **how: Any) -> str:
        name = f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(what, list(inputs), [name], **how))
        return name

    def scores(self, features: str) -> str:
        weights, bias = _weights()
        return self.do("Add", self.do("MatMul", features, self.constant(weights)), self.constant(bias))

    def each_fourth(self, features: str) -> str:
        """Frames 10 ms apart to frames 40 ms apart, (N, T, 80) to (N, T/4, 80)."""
        turned = self.do("Transpose", features, perm=[0, 2, 1])
        pooled = self.do("AveragePool", turned, kernel_shape=[4], strides=[4])
        return self.do("Transpose", pooled, perm=[0, 2, 1])

    def middle(self, features: str) -> str:
        """The middle one of seven joined frames."""
        begin = _LFR // 2 * _BINS
        return self.do("Slice", features, self.ints(begin), self.ints(begin + _BINS), self.ints(2))

    def onsets(self, scores: str) -> str:
        """True where a sign begins, (1, T)."""
        best = self.do("ArgMax", scores, axis=2, keepdims=0)
        before = self.do("Slice", best, self.ints(0), self.ints(-1), self.ints(1))
        before = self.do("Concat", self.do("Mul", self.do("Slice", best, self.ints(0), self.ints(1), self.ints(1)),
                                           self.ints(0)), before, axis=1)  # fmt: skip
        differs = self.do("Not", self.do("Equal", best, before))
        return self.do("And", differs, self.do("Not", self.do("Equal", best, self.ints(0))))

    def write(self, path: Path, **metadata: object) -> None:
        graph = helper.make_graph(self._nodes, "tones", self._inputs, self._outputs, self._constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
        helper.set_model_props(model, {key: str(value) for key, value in metadata.items()})
        onnx.checker.check_model(model)
        onnx.save(model, str(path))


def hang(folder: Path) -> None:
    """Puts in place of a ctc model one that never comes to an end."""
    graph = _Graph()
    x, lengths = graph.take("x", _F, ["N", "T", _BINS]), graph.take("x_lens", _I, ["N"])
    goes_on = helper.make_tensor_value_info("goes_on", TensorProto.BOOL, [])
    body = helper.make_graph(
        [helper.make_node("Identity", ["goes_on"], ["goes_on_still"]), helper.make_node("Identity", ["kept"], ["kept_still"])],
        "round", [helper.make_tensor_value_info("turn", _I, []), goes_on, helper.make_tensor_value_info("kept", _F, None)],
        [helper.make_tensor_value_info("goes_on_still", TensorProto.BOOL, []),
         helper.make_tensor_value_info("kept_still", _F, None)],
    )  # fmt: skip
    turns = graph.constant(np.array(1 << 60, np.int64))
    turned = graph.do("Loop", turns, graph.constant(np.array(True)), graph.scores(graph.each_fourth(x)), body=body)
    graph.give("log_probs", turned, _F, ["N", "S", SIZE])
    graph.give("log_probs_len", graph.do("Div", lengths, graph.ints(4)), _I, ["N"])
    graph.write(folder / "model.onnx", model_type="zipformer2_ctc")


def make_model(kind: str, folder: Path) -> Path:
    """Writes a model of this kind into `folder`: stream-transducer, stream-paraformer, stream-ctc, transducer, paraformer,
    sense-voice or ctc."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{sign} {number}\n" for number, sign in enumerate(VOCABULARY))
    (folder / "tokens.txt").write_text(lines, encoding="utf-8")
    _MAKERS[kind](folder)
    return folder


def _stream_transducer(folder: Path) -> None:
    encoder = _Graph()
    x = encoder.take("x", _F, ["N", 8, _BINS])
    h, c = encoder.take("h", _F, [1, "N", 4]), encoder.take("c", _F, [1, "N", 4])
    encoder.give("encoder_out", encoder.scores(encoder.each_fourth(x)), _F, ["N", "S", SIZE])
    encoder.give("next_h", h, _F, [1, "N", 4])
    encoder.give("next_c", c, _F, [1, "N", 4])
    encoder.write(folder / "encoder-epoch-1.onnx", model_type="lstm", num_encoder_layers=1, T=8, decode_chunk_len=8,
                  rnn_hidden_size=4, d_model=4)  # fmt: skip
    _decoder_and_joiner(folder)


def _transducer(folder: Path) -> None:
    encoder = _Graph()
    x, lengths = encoder.take("x", _F, ["N", "T", _BINS]), encoder.take("x_lens", _I, ["N"])
    encoder.give("encoder_out", encoder.scores(encoder.each_fourth(x)), _F, ["N", "S", SIZE])
    encoder.give("encoder_out_lens", encoder.do("Div", lengths, encoder.ints(4)), _I, ["N"])
    encoder.write(folder / "encoder-epoch-1.onnx", model_type="zipformer2")
    _decoder_and_joiner(folder)


def _decoder_and_joiner(folder: Path) -> None:
    """The decoder knows the last sign; the joiner does not write the same one again while its tone lasts."""
    decoder = _Graph()
    y = decoder.take("y", _I, ["N", 2])
    last = decoder.do("Gather", y, decoder.constant(np.array(1, np.int64)), axis=1)
    same = np.eye(SIZE, dtype=np.float32) * 60
    same[0] = 0
    alike = (SIGNS.index("找"), SIGNS.index("着"))
    for one, other in (alike, alike[::-1]):
        same[one, other] = 60
    decoder.give("decoder_out", decoder.do("Gather", decoder.constant(same), last, axis=0), _F, ["N", SIZE])
    decoder.write(folder / "decoder-epoch-1.onnx", vocab_size=SIZE, context_size=2)
    joiner = _Graph()
    heard, told = joiner.take("encoder_out", _F, ["N", SIZE]), joiner.take("decoder_out", _F, ["N", SIZE])
    joiner.give("logit", joiner.do("Sub", heard, told), _F, ["N", SIZE])
    joiner.write(folder / "joiner-epoch-1.onnx", joiner_dim=SIZE)


def _lfr_metadata(**more: object) -> dict[str, object]:
    wide = _BINS * _LFR
    return {"vocab_size": SIZE, "lfr_window_size": _LFR, "lfr_window_shift": _SHIFT,
            "neg_mean": ",".join(["0"] * wide), "inv_stddev": ",".join(["1"] * wide), **more}  # fmt: skip


def _stream_paraformer(folder: Path) -> None:
    encoder = _Graph()
    x, length = encoder.take("speech", _F, [1, "T", _BINS * _LFR]), encoder.take("speech_lengths", _I32, [1])
    small = encoder.do("Div", encoder.middle(x), encoder.constant(np.array(np.sqrt(SIZE), np.float32)))
    scores = encoder.scores(small)
    encoder.give("enc", scores, _F, [1, "T", SIZE])
    encoder.give("enc_len", length, _I32, [1])
    encoder.give("alphas", encoder.do("Cast", encoder.onsets(scores), to=_F), _F, [1, "T"])
    encoder.write(folder / "encoder.onnx", **_lfr_metadata(encoder_output_size=SIZE, decoder_num_blocks=0,
                                                             decoder_kernel_size=2))  # fmt: skip
    decoder = _Graph()
    decoder.take("enc", _F, [1, "T", SIZE])
    decoder.take("enc_len", _I32, [1])
    fired = decoder.take("acoustic_embeds", _F, [1, "K", SIZE])
    decoder.take("acoustic_embeds_len", _I32, [1])
    decoder.give("logits", fired, _F, [1, "K", SIZE])
    decoder.give("sample_ids", decoder.do("ArgMax", fired, axis=2, keepdims=0), _I, [1, "K"])
    decoder.write(folder / "decoder.onnx")


def _paraformer(folder: Path) -> None:
    graph = _Graph()
    x, length = graph.take("speech", _F, [1, "T", _BINS * _LFR]), graph.take("speech_lengths", _I32, [1])
    graph.do("Identity", length)
    scores = graph.scores(graph.middle(x))
    begins = graph.do("Squeeze", graph.onsets(scores), graph.ints(0))
    kept = graph.do("Compress", scores, begins, axis=1)
    count = graph.do("ReduceSum", graph.do("Cast", begins, to=_I32), graph.ints(0), keepdims=1)
    graph.give("logits", kept, _F, [1, "K", SIZE])
    graph.give("token_num", count, _I32, [1])
    graph.write(folder / "model.onnx", model_type="paraformer", **_lfr_metadata())


def _sense_voice(folder: Path) -> None:
    """Writes language, feeling, event and form before the words, as SenseVoice does."""
    graph = _Graph()
    x = graph.take("x", _F, [1, "T", _BINS * _LFR])
    graph.do("Identity", graph.take("x_length", _I32, [1]))
    language, norm = graph.take("language", _I32, [1]), graph.take("text_norm", _I32, [1])
    first = graph.do("Concat", language, graph.constant(np.array([VOCABULARY.index("<|NEUTRAL|>"),
                     VOCABULARY.index("<|Speech|>")], np.int32)), norm, axis=0)  # fmt: skip
    each = graph.constant(np.eye(SIZE, dtype=np.float32) * 100 - 50)
    marks = graph.do("Gather", each, first, axis=0)
    said = graph.scores(graph.middle(x))
    whole = graph.do("Concat", graph.do("Unsqueeze", marks, graph.ints(0)), said, axis=1)
    graph.give("logits", whole, _F, [1, "S", SIZE])
    languages = {f"lang_{name}": VOCABULARY.index("<|en|>") for name in ("auto", "en", "ja", "ko", "yue")}
    graph.write(folder / "model.onnx", model_type="sense_voice_ctc", comment="tones", normalize_samples=0,
                with_itn=VOCABULARY.index("<unk>"), without_itn=VOCABULARY.index("<|woitn|>"),
                lang_zh=VOCABULARY.index("<|zh|>"), **languages, **_lfr_metadata())  # fmt: skip


def _ctc(folder: Path) -> None:
    graph = _Graph()
    x, lengths = graph.take("x", _F, ["N", "T", _BINS]), graph.take("x_lens", _I, ["N"])
    graph.give("log_probs", graph.do("LogSoftmax", graph.scores(graph.each_fourth(x)), axis=2), _F, ["N", "S", SIZE])
    graph.give("log_probs_len", graph.do("Div", lengths, graph.ints(4)), _I, ["N"])
    graph.write(folder / "model.onnx", model_type="zipformer2_ctc")


def _stream_ctc(folder: Path) -> None:
    graph = _Graph()
    x = graph.take("x", _F, ["N", 8, _BINS])
    graph.give("log_probs", graph.do("LogSoftmax", graph.scores(graph.each_fourth(x)), axis=2), _F, ["N", "S", SIZE])
    states: dict[str, tuple[int, tuple[int | str, ...]]] = {
        "key": (_F, (2, "N", 4)), "nonlin": (_F, (1, "N", 2, 3)), "val1": (_F, (2, "N", 4)), "val2": (_F, (2, "N", 4)),
        "conv1": (_F, ("N", 4, 1)), "conv2": (_F, ("N", 4, 1)), "embed": (_F, ("N", 128, 3, 19)), "processed": (_I, ("N",)),
    }  # fmt: skip
    for name, (kind, shape) in states.items():
        graph.give(f"new_{name}", graph.take(name, kind, shape), kind, shape)
    dims = dict.fromkeys(("encoder_dims", "query_head_dims", "value_head_dims"), 4)
    graph.write(folder / "model.onnx", model_type="zipformer2", num_heads=1, num_encoder_layers=1, cnn_module_kernels=3,
                left_context_len=2, T=8, decode_chunk_len=8, **dims)  # fmt: skip


_MAKERS = {
    "stream-transducer": _stream_transducer,
    "stream-paraformer": _stream_paraformer,
    "stream-ctc": _stream_ctc,
    "transducer": _transducer,
    "paraformer": _paraformer,
    "sense-voice": _sense_voice,
    "ctc": _ctc,
}
KINDS = tuple(_MAKERS)
