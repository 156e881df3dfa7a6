"""Encoders, the model file, pictures, wire format, serving, training, export."""

import os

# ONNX Runtime's builds of 2026 tell their maker of their use, from the import on. Ours tells nobody.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
