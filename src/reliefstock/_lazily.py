"""The names of a package, each loaded when it is first asked for.

A package of many modules that loaded them all would make a program wait that needs one of them. So it imports
its names only for who checks types, and has this load the module of a name when a program asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

__all__ = ["load_lazily"]


def load_lazily(
    package: dict[str, object], modules: Mapping[tuple[str, ...], Callable[[], ModuleType]]
) -> None:
    """Have a package load the module of a name when the name is first asked for.

    `package` is the `globals()` of the package, which is given a `__getattr__` and a `__dir__`. They are not
    written out in the package, so that who checks types still finds a name that is not there. `modules` has
    the names of each module with what imports it: an `import_module` of a literal text, so that the text of a
    package says what it imports. A test compares this with what is imported for who checks types.

    >>> from importlib import import_module
    >>> from types import ModuleType
    >>> sums = ModuleType("sums")
    >>> load_lazily(vars(sums), {("gcd", "lcm"): lambda: import_module("math")})
    >>> "gcd" in vars(sums), sums.gcd(4, 6), "gcd" in vars(sums)
    (False, 2, True)
    >>> sums.mean
    Traceback (most recent call last):
    AttributeError: module 'sums' has no attribute 'mean'
    """
    loaders = {name: load for names, load in modules.items() for name in names}

    def load(name: str) -> object:
        """Load what is asked for; it stays, so nobody gets here twice for the same name."""
        if name not in loaders:
            raise AttributeError(f"module {package['__name__']!r} has no attribute {name!r}", name=name)
        found = package[name] = getattr(loaders[name](), name)
        return found

    def names() -> list[str]:
        """Also what is not loaded yet."""
        return sorted({*package, *loaders})

    package.update(__getattr__=load, __dir__=names)
