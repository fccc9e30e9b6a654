import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
import os
import pjsua2 as pj
from app.telephony.ports import FRAME_BYTES, SILENCE, read, write

voice = bytes(range(256)) * 2 + bytes(128)
frame = pj.MediaFrame()
write(frame, voice)
assert (frame.type, bytes(frame.buf), read(frame)) == (pj.PJMEDIA_FRAME_TYPE_AUDIO, voice, voice)
write(frame, voice[::-1])
assert (bytes(frame.buf), read(frame)) == (voice[::-1], voice[::-1])
for nothing in (None, b"", voice[:-2]):
    write(frame, nothing)
    assert (frame.type, read(frame)) == (pj.PJMEDIA_FRAME_TYPE_NONE, SILENCE)
frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
frame.buf.resize(FRAME_BYTES - 2)
assert read(frame) == SILENCE
frame.buf.resize(FRAME_BYTES)
frame.buf[0], frame.buf[FRAME_BYTES - 1] = 7, 9
assert (read(frame)[0], read(frame)[-1], len(read(frame))) == (7, 9, FRAME_BYTES)
print("as the wrapper says", flush=True)
os._exit(0)
"""


def test_frames_lie_in_memory_as_the_librarys_own_wrapper_reads_them() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout == "as the wrapper says\n", done.stderr
