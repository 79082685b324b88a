"""Which language a command speaks."""

from __future__ import annotations

import pytest

from reliefstock.cli.language import language


@pytest.mark.parametrize(
    ("words", "environment", "spoken"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "ZH"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ([], {"LANG": "zh_CN", "LC_ALL": ""}, "zh"),
        (["--lang", "en"], {"LANG": "zh_CN"}, "en"),
        (["stock", "x.db", "--lang=zh"], {}, "zh"),
        (["--lang", "en", "stock", "--lang", "zh"], {}, "zh"),
        (["--lang"], {"LANG": "zh_CN"}, "zh"),
        (["--lang", "fr"], {"LANG": "zh_CN"}, "en"),
        (["--", "--lang", "zh"], {}, "en"),
        (["--language", "zh"], {}, "en"),
    ],
)
def test_a_command_speaks_what_it_asks_for_else_what_the_environment_does(
    words: list[str], environment: dict[str, str], spoken: str
) -> None:
    assert language(words, environment) == spoken
