"""What an ONNX file says of itself: metadata and names of inputs, read without loading the network.

sherpa-onnx ends the whole process (exit) on a model without the metadata it wants; so a model is looked at before it is
handed over. The format is protobuf (onnx.proto): ModelProto 7 = graph, 14 = metadata_props; GraphProto 11 = input, 5 =
initializer; StringStringEntryProto and ValueInfoProto 1 = key or name, 2 = value.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_GRAPH, _METADATA, _INPUT = 7, 14, 11
_NAME, _VALUE = 1, 2
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_LONGEST = 1 << 20
"""No metadata entry and no description of an input is longer."""


@dataclass(frozen=True)
class OnnxFacts:
    metadata: dict[str, str]
    inputs: tuple[str, ...]


def read_facts(path: Path) -> OnnxFacts:
    """Raises ValueError for what is no whole ONNX file, OSError for what cannot be read."""
    metadata: dict[str, str] = {}
    inputs: list[str] = []
    end = path.stat().st_size
    with path.open("rb") as file:
        has_graph = False
        for number, start, stop in _fields(file, 0, end):
            if number == _METADATA:
                entry = _texts(file, start, stop)
                metadata[entry.get(_NAME, "")] = entry.get(_VALUE, "")
            elif number == _GRAPH:
                has_graph = True
                for inner, begin, close in _fields(file, start, stop):
                    if inner == _INPUT:
                        inputs.append(_texts(file, begin, close).get(_NAME, ""))
    if not has_graph:
        raise ValueError(f"{path.name} holds no network")
    return OnnxFacts(metadata, tuple(inputs))


def _fields(file: BinaryIO, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """Number, first and last place of each field that has a length; others are stepped over."""
    at = start
    while at < stop:
        file.seek(at)
        tag = _varint(file)
        kind = tag & 7
        if kind == _BYTES:
            size = _varint(file)
            begin = file.tell()
            at = begin + size
        else:
            begin, at = 0, _after(file, kind)
        if at > stop:
            raise ValueError("the file ends in the middle")
        if kind == _BYTES:
            yield tag >> 3, begin, at


def _after(file: BinaryIO, kind: int) -> int:
    """The place after a value without a length."""
    if kind == _VARINT:
        _varint(file)
        return file.tell()
    if kind in (_FIXED64, _FIXED32):
        return file.tell() + (8 if kind == _FIXED64 else 4)
    raise ValueError("this is no ONNX file")


def _varint(file: BinaryIO) -> int:
    value = shift = 0
    while True:
        read = file.read(1)
        if not read or shift > 63:
            raise ValueError("this is no whole ONNX file")
        value |= (read[0] & 0x7F) << shift
        if read[0] < 0x80:
            return value
        shift += 7


def _texts(file: BinaryIO, start: int, stop: int) -> dict[int, str]:
    """The fields of a small message that are texts."""
    if stop - start > _LONGEST:
        raise ValueError("this is no ONNX file")
    found: dict[int, str] = {}
    for number, begin, end in list(_fields(file, start, stop)):
        file.seek(begin)
        found[number] = file.read(end - begin).decode("utf-8", "replace")
    return found
