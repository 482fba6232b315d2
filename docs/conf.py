"""Sphinx configuration; warnings are errors (see the Makefile)."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

from cards import CLASSES, write_catalogue  # noqa: E402
from class_cards import write_classes  # noqa: E402

write_catalogue(ROOT / "docs" / "catalogue")
write_classes(ROOT / "docs" / "catalogue")
VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)

project = "genbounds"
author = "the genbounds developers"
project_copyright = "2026, the genbounds developers"
release = VERSION.findall((ROOT / "genbounds" / "__init__.py").read_text())[0]
version = release

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "sphinx_gallery.gen_gallery",
    "executed",
]
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "gallery"]
nitpicky = True

# Docstrings are plain paragraphs with `code`; their types are said in words.
default_role = "code"
autodoc_typehints = "none"
autodoc_member_order = "bysource"
add_module_names = False

# Every example of the gallery runs at every build, and an error in one is an error of the build.
sphinx_gallery_conf = {
    "examples_dirs": "gallery",
    "gallery_dirs": "examples",
    "run_stale_examples": True,
    "abort_on_example_error": True,
    "image_srcset": ["2x"],
    "matplotlib_animations": False,
    "download_all_examples": False,
    "show_signature": False,
    "show_memory": False,
    "min_reported_time": 60,
    "write_computation_times": False,
    "within_subsection_order": "ExampleTitleSortKey",
}
(ROOT / "docs" / "examples").mkdir(exist_ok=True)
(ROOT / "docs" / "examples" / ".gitignore").write_text("*\n")

html_theme = "pydata_sphinx_theme"
html_title = f"genbounds {release}"
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_theme_options = {"navigation_with_keys": False, "header_links_before_dropdown": 5}
# Only the catalogue needs something to navigate; tables and outputs need the width.
WIDE = [page.stem for page in (ROOT / "docs").glob("*.md")]
html_sidebars = {page: [] for page in [*WIDE, f"catalogue/{CLASSES}", "examples/*", "start/*"]}
