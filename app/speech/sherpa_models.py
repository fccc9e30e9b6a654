"""Which kind of sherpa-onnx model lies in a folder, told by its files and what these say of themselves."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.speech.onnx_facts import OnnxFacts, read_facts


class SherpaKind(StrEnum):
    STREAM_TRANSDUCER = "streaming transducer"
    STREAM_PARAFORMER = "streaming paraformer"
    STREAM_CTC = "streaming zipformer CTC"
    TRANSDUCER = "transducer"
    PARAFORMER = "paraformer"
    SENSE_VOICE = "SenseVoice"
    CTC = "zipformer CTC"


_STREAMING_TRANSDUCERS = ("conformer", "ebranchformer", "lstm", "zipformer", "zipformer2")
_LFR = ("vocab_size", "lfr_window_size", "lfr_window_shift", "neg_mean", "inv_stddev")
_ZIPFORMER2 = (
    "encoder_dims", "query_head_dims", "value_head_dims", "num_heads", "num_encoder_layers", "cnn_module_kernels",
    "left_context_len", "T", "decode_chunk_len",
)  # fmt: skip
_STREAM_FACTS = {
    "conformer": ("num_encoder_layers", "T", "decode_chunk_len", "left_context", "encoder_dim", "pad_length",
                  "cnn_module_kernel"),
    "lstm": ("num_encoder_layers", "T", "decode_chunk_len", "rnn_hidden_size", "d_model"),
    "zipformer": ("encoder_dims", "attention_dims", "num_encoder_layers", "cnn_module_kernels", "left_context_len", "T",
                  "decode_chunk_len"),
    "zipformer2": _ZIPFORMER2,
    "ebranchformer": ("T", "decode_chunk_len", "num_hidden_layers", "hidden_size", "intermediate_size", "csgu_kernel_size",
                      "merge_conv_kernel", "left_context_len", "num_heads", "head_dim"),
}  # fmt: skip
"""What the library asks of each kind; it ends the process where one is missing."""


_STEPS = ("T", "decode_chunk_len", "lfr_window_size", "lfr_window_shift", "context_size")
"""Where one of these is 0 the library goes round in a circle."""


@dataclass(frozen=True)
class SherpaModel:
    kind: SherpaKind
    tokens: Path
    model: Path
    """The encoder, or the whole model where there is one file."""
    decoder: Path | None = None
    joiner: Path | None = None
    signs: frozenset[str] = frozenset()
    """What the model can write."""
    bpe: Path | None = None
    """Vocabulary that cuts Latin words into pieces (bpe.vocab), where the model has one."""


def look_at(folder: Path) -> SherpaModel:
    """Raises ValueError, in a few words, for a folder whose files this program cannot use."""
    tokens = folder / "tokens.txt"
    if not tokens.is_file():
        raise ValueError("tokens.txt is missing")
    signs, last = _signs(tokens)
    parts = {part: _part(folder, part) for part in ("encoder", "decoder", "joiner")}
    encoder, decoder, joiner = parts["encoder"], parts["decoder"], parts["joiner"]
    if encoder and decoder and joiner:
        kind = _transducer(read_facts(encoder), read_facts(decoder), last)
        read_facts(joiner)
        bpe = folder / "bpe.vocab"
        return SherpaModel(kind, tokens, encoder, decoder, joiner, signs, bpe if bpe.is_file() else None)
    if encoder and decoder:
        facts = read_facts(encoder)
        _need(facts, *_LFR, "encoder_output_size", "decoder_num_blocks", "decoder_kernel_size")
        _fits(facts, last)
        read_facts(decoder)
        return SherpaModel(SherpaKind.STREAM_PARAFORMER, tokens, encoder, decoder, None, signs)
    if encoder or decoder or joiner:
        raise ValueError("encoder, decoder and joiner are not all there")
    return _in_one_file(folder, tokens, signs, last)


def _in_one_file(folder: Path, tokens: Path, signs: frozenset[str], last: int) -> SherpaModel:
    model = _part(folder, "")
    if model is None:
        raise ValueError("there is no .onnx file")
    facts = read_facts(model)
    said = facts.metadata.get("model_type", "")
    if "lang_zh" in facts.metadata:
        _need(facts, *_LFR, "normalize_samples", "with_itn", "without_itn",
              *(f"lang_{name}" for name in ("auto", "zh", "en", "ja", "ko", "yue")))  # fmt: skip
        kind = SherpaKind.SENSE_VOICE
    elif "lfr_window_size" in facts.metadata:
        _need(facts, *_LFR)
        if "</s>" not in signs:
            raise ValueError("tokens.txt has no </s>: it is not this model's")
        kind = SherpaKind.PARAFORMER
    elif "decode_chunk_len" in facts.metadata:
        _need(facts, *_ZIPFORMER2)
        kind = SherpaKind.STREAM_CTC
    elif said == "zipformer2_ctc":
        kind = SherpaKind.CTC
    else:
        raise ValueError(f"{model.name} is of a kind this program does not know ({said or 'it names none'})")
    _fits(facts, last)
    return SherpaModel(kind, tokens, model, None, None, signs)


def _transducer(encoder: OnnxFacts, decoder: OnnxFacts, last: int) -> SherpaKind:
    said = encoder.metadata.get("model_type", "")
    if said not in _STREAMING_TRANSDUCERS:
        raise ValueError(f"the encoder is of a kind this program does not know ({said or 'it names none'})")
    _need(decoder, "vocab_size", "context_size")
    _fits(decoder, last)
    if "decode_chunk_len" not in encoder.metadata:
        return SherpaKind.TRANSDUCER
    _need(encoder, *_STREAM_FACTS[said])
    return SherpaKind.STREAM_TRANSDUCER


def _need(facts: OnnxFacts, *names: str) -> None:
    if missing := [name for name in names if name not in facts.metadata]:
        raise ValueError(f"the model does not say its {', '.join(missing)}")
    for name in set(names) - {"neg_mean", "inv_stddev"}:
        numbers = facts.metadata[name].split(",")
        if not all(number.strip().isdigit() for number in numbers) or (name in _STEPS and int(numbers[0]) < 1):
            raise ValueError(f"the model says {facts.metadata[name]!r:.40} as its {name}")


def _fits(facts: OnnxFacts, last: int) -> None:
    """A model may have more signs than it names in metadata (CTC); one that can write a sign without a name is refused."""
    size = facts.metadata.get("vocab_size", "")
    if size and (not size.isdigit() or int(size) > last + 1):
        raise ValueError(f"tokens.txt ends at {last}, the model has {size}: they do not belong together")


def _part(folder: Path, part: str) -> Path | None:
    """The file of a part; the quantised one where there are both, for it is faster and as good within 1 % (CER)."""
    others = ("encoder", "decoder", "joiner")
    found = sorted(
        path for path in folder.glob("*.onnx")
        if (part in path.name if part else not any(other in path.name for other in others))
    )  # fmt: skip
    quantised = [path for path in found if ".int8." in path.name]
    return next(iter(quantised or found), None)


def _signs(tokens: Path) -> tuple[frozenset[str], int]:
    """All signs and the highest number; each line is a sign and its number."""
    signs, last = set(), -1
    try:
        for line in tokens.read_text(encoding="utf-8").splitlines():
            if line.strip():
                sign, _, number = line.rpartition(" ")
                signs.add(sign.strip())
                last = max(last, int(number))
    except (UnicodeDecodeError, ValueError):
        raise ValueError("tokens.txt is no list of signs and numbers") from None
    if last < 0:
        raise ValueError("tokens.txt is empty")
    return frozenset(signs), last
