"""The checks of the architecture tests: each takes the text of a module and gives back complaints.

They are plain functions over text, so that a test can hand them a bad module and see that they complain.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "EXACT_MARK",
    "ROOT",
    "SOURCE",
    "asserting_nothing",
    "forbidden_imports",
    "imported_modules",
    "inexact_arithmetic",
    "missing_docstring",
    "module_name",
    "modules",
    "mutable_state",
    "surface_order",
    "without_chinese",
    "wrong_all",
]

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "reliefstock"
EXACT_MARK = "# exact: Fraction"

_FROM_THE_BOOK_UP = ("book", "reconciliation", "stores", "reports", "formats", "audit", "cli", "__main__")
_MUTABLE_NODES = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
_MUTABLE_MAKERS = frozenset(
    {"Counter", "OrderedDict", "bytearray", "count", "defaultdict", "deque", "dict", "iter", "list", "set"}
)


def modules(*, below: str = "") -> list[Path]:
    """The source files of the package, or those of the layers below one; a new module counts as below."""
    above = _FROM_THE_BOOK_UP[_FROM_THE_BOOK_UP.index(below) :] if below else ()
    return [
        path for path in sorted(SOURCE.rglob("*.py")) if not below or _top(path) not in {*above, "__init__"}
    ]


def module_name(path: Path) -> str:
    """`…/reliefstock/values/money.py` is `reliefstock.values.money`."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def _top(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_modules(text: str) -> list[tuple[int, str]]:
    """Line and module of every import, wherever in the text it stands, also in a function."""
    nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.expr | ast.stmt))
    return sorted((node.lineno, name) for node in nodes for name in _names(node))


def _names(node: ast.expr | ast.stmt) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        return [node.module]
    if isinstance(node, ast.Call) and _called(node) in {"__import__", "import_module"}:
        return [_first_text(node)]
    return []


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _first_text(node: ast.Call) -> str:
    first = node.args[0] if node.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else "(computed)"


def forbidden_imports(text: str, banned: Iterable[str]) -> list[str]:
    """Complain of imports of the banned modules and of what is inside them."""
    names = frozenset(banned)
    return [
        f"line {line} imports {name}"
        for line, name in imported_modules(text)
        if any(name == ban or name.startswith(f"{ban}.") for ban in names)
    ]


def inexact_arithmetic(text: str) -> list[str]:
    """Complain of float and complex literals, of `float(…)`, and of `/` without the exact mark."""
    lines = text.splitlines()
    nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.expr | ast.stmt))
    return [
        f"line {node.lineno}: {complaint}"
        for node in nodes
        if (complaint := _inexact(node)) and not _marked(node, complaint, lines)
    ]


def _inexact(node: ast.expr | ast.stmt) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
        return f"the literal {node.value!r} is not exact"
    if isinstance(node, ast.Call) and (name := _called(node)) in {"complex", "float"}:
        return f"{name}() is not exact"
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
        return "/ may give a float"
    return ""


def _marked(node: ast.expr | ast.stmt, complaint: str, lines: list[str]) -> bool:
    """Only a division can be marked as exact: one of two Fractions."""
    last = node.end_lineno or node.lineno
    return complaint.startswith("/") and any(EXACT_MARK in line for line in lines[node.lineno - 1 : last])


def missing_docstring(text: str) -> list[str]:
    """Complain of a module that does not say what it is."""
    return [] if ast.get_docstring(ast.parse(text)) else ["no module docstring"]


def wrong_all(text: str) -> list[str]:
    """Complain of a missing, computed, unsorted or double-counting `__all__`."""
    given = [node.value for node in _assignments(ast.parse(text)) if "__all__" in _targets(node)]
    if len(given) != 1:
        return [f"{len(given)} assignments of __all__, one is due"]
    try:
        names = list(ast.literal_eval(given[0] or ast.Constant(None)))
    except (TypeError, ValueError):
        return ["__all__ is computed, a literal list is due"]
    return [] if names == sorted(set(names), key=surface_order) else ["__all__ is not sorted, or has doubles"]


def surface_order(name: str) -> tuple[int, str]:
    """The order of ruff's RUF022: CONSTANTS, then Classes, then the rest."""
    bare = name.lstrip("_")
    if len(bare) > 1 and bare.isupper():
        return (0, name)
    return (1 if bare[:1].isupper() else 2, name)


def mutable_state(text: str) -> list[str]:
    """Complain of module-level names in lower case that hold what can change, and of `global`."""
    tree = ast.parse(text)
    held = [
        f"line {node.lineno}: {name} is mutable and stands at module level"
        for node in _assignments(tree)
        for name in _targets(node)
        if _can_change(node.value) and not name.startswith("__") and name != name.upper()
    ]
    named = [f"line {node.lineno}: global" for node in ast.walk(tree) if isinstance(node, ast.Global)]
    return held + named


def _can_change(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return _called(value) in _MUTABLE_MAKERS
    return isinstance(value, _MUTABLE_NODES)


def _assignments(tree: ast.Module) -> Iterator[ast.Assign | ast.AnnAssign]:
    """The assignments at module level, also inside an `if` or a `try` there."""
    waiting: list[ast.AST] = list(reversed(tree.body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Assign | ast.AnnAssign):
            yield node
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.For | ast.ExceptHandler):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))


def _targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def asserting_nothing(text: str) -> list[str]:
    """Complain of tests with no assert, no `raises`, and no helper that asserts by its name."""
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
    return [node.name for node in functions if node.name.startswith("test_") and not _asserts(node)]


def _asserts(function: ast.FunctionDef) -> bool:
    inner = list(ast.walk(function))
    called = (_called(node).lstrip("_") for node in inner if isinstance(node, ast.Call))
    return any(isinstance(node, ast.Assert) for node in inner) or any(
        name.startswith(("assert_", "raises", "refused", "run_state_machine")) for name in called
    )


def without_chinese(text: str) -> list[int]:
    """The lines that make an `Incomplete` and say it in English alone."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return [
        call.lineno
        for call in calls
        if _called(call) == "Incomplete" and not any(map(_may_be_chinese, call.keywords))
    ]


def _may_be_chinese(word: ast.keyword) -> bool:
    """Whether it is `zh`, and a sentence of which the code shows the words has a Chinese one among them."""
    if word.arg != "zh" or not isinstance(word.value, ast.Constant | ast.JoinedStr):
        return word.arg == "zh"
    parts = (node.value for node in ast.walk(word.value) if isinstance(node, ast.Constant))
    return any("\u4e00" <= sign <= "\u9fff" for part in parts for sign in str(part))
