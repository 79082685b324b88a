"""How the documentation is built: `uv run sphinx-build -W docs docs/_build/html`."""

from __future__ import annotations

from importlib.metadata import version as installed_version

project = "reliefstock"
author = "the reliefstock contributors"
copyright = "the reliefstock contributors, Apache-2.0"
release = version = installed_version("reliefstock")
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"reliefstock {release}"
html_copy_source = False

# A name in single backticks is code, in docstrings as in Markdown.
default_role = "code"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": True}
napoleon_google_docstring = True
napoleon_numpy_docstring = False

# an index and a report both have a `Table`; where a signature names one, both are offered
suppress_warnings = ["ref.python"]
