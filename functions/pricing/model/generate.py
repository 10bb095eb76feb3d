"""Makes any number of breeds for load tests: `--out DIR` gets `breed-00000/model.tar.gz` and so on.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python generate.py --breeds 3000 --out /tmp/breeds

Uploaded under `breeds/` of the model bucket they are served without a deployment:
`aws s3 cp --recursive /tmp/breeds s3://BUCKET/breeds/`. The same number and name give the same bytes.
"""

import argparse
from pathlib import Path

import numpy as np

import breeds

# Breeds fitted at once: bounds memory to some 100 MB.
BATCH = 100
# Seeds of the generated breeds, apart from those of the demonstration breeds.
FIRST_SEED = 1_000_000

parser = argparse.ArgumentParser(description="Make breeds for load tests.")
parser.add_argument("--breeds", type=int, required=True, help="how many")
parser.add_argument("--out", type=Path, required=True, help="folder to write to, made if missing")
arguments = parser.parse_args()
if not 1 <= arguments.breeds <= 100_000:
    parser.error("--breeds must be from 1 to 100000")

for first in range(0, arguments.breeds, BATCH):
    numbers = range(first, min(first + BATCH, arguments.breeds))
    sensitivities = [
        np.random.default_rng([breeds.SEED, FIRST_SEED + number, 1]).uniform(-0.4, 1.2, 2) for number in numbers
    ]
    for number, model in zip(numbers, breeds.fit_breeds(sensitivities, FIRST_SEED + first)):
        folder = arguments.out / f"breed-{number:05d}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model.tar.gz").write_bytes(breeds.to_archive(model))
print(f"wrote {arguments.breeds} breeds to {arguments.out}")
