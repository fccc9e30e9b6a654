"""Speech: models and their installation, recognition of two voices, voice output; a process of its own."""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
"""Before anything here loads ONNX Runtime: from 1.2x on its wheels report to their maker over the network, some seconds after
the first model is loaded, and only this word of the environment stops it (`disable_telemetry_events` does not)."""
