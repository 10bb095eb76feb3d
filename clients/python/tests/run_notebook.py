"""Runs a notebook top to bottom, and prints as JSON what its cells show.

    python run_notebook.py notebook.ipynb
"""

import json
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

path = Path(sys.argv[1])
notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
NotebookClient(
    notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
).execute()
shown = [
    {"source": cell.source, "types": sorted(kind for output in cell.outputs for kind in output.get("data", {})), "text": "".join(
        output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs
    )}
    for cell in notebook.cells
    if cell.cell_type == "code"
]
json.dump(shown, sys.stdout)
