"""Paints README's image beside a running `npm start`; needs numpy:

    python docs/images/make.py

A made-up scene of 512 x 512 pixels (functions/smoke-segmentation/model/scenes.py) is uploaded, the endpoint finds its
smoke, and `npm run smoke` paints what it answered: smoke.webp.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

PROJECT = Path(__file__).resolve().parents[2]
SEED = 7
# A PNG of noise is 700 KB.
TO_WEBP = 'require("sharp")(process.argv[1]).webp({ quality: 80 }).toFile(process.argv[2])'

sys.path.insert(0, str(PROJECT / "functions/smoke-segmentation/model"))
from scenes import make_scene  # noqa: E402

scene, _ = make_scene(np.random.default_rng(SEED), 512, 512, plumes=3)
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "scene.npy"
    np.save(file, scene)
    subprocess.run(["npm", "run", "-s", "smoke", "--", str(file)], cwd=PROJECT, check=True)
    painted = [str(Path(folder) / "scene.smoke.png"), str(PROJECT / "docs/images/smoke.webp")]
    subprocess.run(["node", "-e", TO_WEBP, *painted], cwd=PROJECT, check=True)
