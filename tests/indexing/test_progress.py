"""What a person sees while a catalogue is indexed."""

import time

import pytest

from indexing.progress import BuildProgress


def test_the_bar_tells_rows_a_second_and_the_time_that_is_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    with BuildProgress(1000, show=True) as bar:
        for _ in range(3):
            bar.advance(indexed=100, rejected=1)
            time.sleep(0.02)

    told = capsys.readouterr().err
    assert "303/1000" in told
    assert "rows/s" in told
    assert "0:00:0" in told
    assert "300 indexed, 3 rejected" in told
