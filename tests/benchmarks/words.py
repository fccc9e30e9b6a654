"""How soon words come while two voices speak at once: recorded turns through A-law into the taps in real time."""

import time

import psutil

from app.desk.events import EarsReady
from tests.benchmarks.report import Figure, Group, Missing, Target
from tests.benchmarks.speech_lag import run_calls, speech_run
from tests.habits.needs import MODELS, lacking_data, lacking_model, shared_folder

MODEL = "whisper-base"


def measure(is_quick: bool) -> Group:
    """The program's own speech process, spoken to over its link, as the window does it."""
    shared = shared_folder()
    if reason := lacking_model((MODEL,)) or lacking_data(()):
        raise Missing(reason)
    assert shared is not None
    folders = sorted(path.parent for path in (shared / "speech" / "calls").glob("*/script.json"))[: 2 if is_quick else 8]
    with speech_run({"JIESU_MODELS": str(MODELS)}) as run:
        run.load(MODEL, folder=MODELS)
        ready = run.wait_for(lambda event: isinstance(event, EarsReady) and bool(event.model))
        process = psutil.Process(run.process.pid)
        before, begun = process.cpu_times(), time.perf_counter()
        heard = run_calls(run, folders, is_both=True, shows=False)
        after, took = process.cpu_times(), time.perf_counter() - begun
        size = process.memory_info().rss / 1e6
    cores = (after.user + after.system - before.user - before.system) / took
    return Group(
        "words",
        [
            Figure("final_lag_s", "final words after the speaker stops", "s", heard.final_lags, Target("p50", 0.8)),
            Figure("final_lag_p95_s", "final words, the slowest", "s", heard.final_lags, Target("p95", 1.8)),
            Figure("partial_lag_s", "partial words after they were said", "s", heard.partial_lags, Target("p95", 1.0)),
            Figure("first_words_s", "first words after the speaker begins", "s", heard.first_lags),
            Figure("cer", "characters wrong", "%", [100 * heard.wrong / max(1, heard.signs)]),
            Figure("speech_cpu", "CPU of the speech process", "% core", [cores * 100]),
            Figure("speech_rss_mb", "RSS of the speech process", "MB", [size], Target("p50", 450)),
        ],
        [
            f"{len(folders)} calls, {heard.turns} turns, {heard.missed} without a word; caller and agent speak at the same "
            f"time all the time, which no real call does; engine {ready.engine}, model {ready.model}; A-law, 8 kHz"
        ],
    )
