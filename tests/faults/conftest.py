"""The server is that of the contract tests."""

from __future__ import annotations

from contract.conftest import server

__all__ = ["server"]
