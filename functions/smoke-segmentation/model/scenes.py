"""Made-up satellite scenes with known smoke: what train.py trains and measures on, and the samples beside it.

    .venv/bin/pip install -r requirements.txt && .venv/bin/python scenes.py

writes ../samples. Everything here is synthetic: plausible spectra and shapes, no satellite ever saw these scenes.

A scene is float32 [height, width, 6], reflectance at the top of the atmosphere from 0 to 1, bands in the order of
BANDS, a pixel some 30 m wide. Smoke differs from cloud by its colour: fine particles scatter blue light, and the
shortwave infrared passes through, while cloud is white and thick in every band.
"""

from pathlib import Path

import numpy as np

BANDS = ["blue", "green", "red", "nir", "swir1", "swir2"]
WAVELENGTHS = np.array([0.48, 0.56, 0.66, 0.86, 1.61, 2.20])  # micrometres

# Reflectance of what lies on the ground and above it, band by band.
VEGETATION = np.array([0.03, 0.06, 0.04, 0.38, 0.20, 0.09])
SOIL = np.array([0.08, 0.12, 0.17, 0.25, 0.33, 0.28])
SAND = np.array([0.18, 0.24, 0.30, 0.38, 0.45, 0.42])
BURNT = np.array([0.04, 0.05, 0.06, 0.12, 0.20, 0.22])
CLEAR_WATER = np.array([0.05, 0.045, 0.025, 0.012, 0.006, 0.004])
TURBID_WATER = np.array([0.09, 0.12, 0.11, 0.05, 0.010, 0.006])
CLOUD = np.array([0.80, 0.80, 0.81, 0.82, 0.60, 0.45])
SMOKE = np.array([0.30, 0.33, 0.34, 0.36, 0.36, 0.36])

# Optical depth of fine particles falls with the wavelength by this power (the Ångström exponent of fresh smoke).
ANGSTROM = 1.6
# Smoke is what has at least this optical depth at 0.55 micrometres, seen through less cloud than half.
SMOKE_DEPTH = 0.35
CLOUD_COVER = 0.5
SENSOR_NOISE = 0.004


def make_scene(rng, height, width, plumes=None):
    """(bands [height, width, 6] float32, mask [height, width] bool); `plumes` is their number, by default 0 to 3."""
    shape = (height, width)
    plumes = int(rng.choice([0, 1, 1, 2, 2, 3])) if plumes is None else plumes
    smoke = sum((plume(rng, shape) for _ in range(plumes)), np.zeros(shape))
    haze = rng.uniform(0.02, 0.12) * np.exp(0.3 * fractal(rng, shape, 4))
    cover = clouds(rng, shape)

    scene = ground(rng, shape) * (1 - 0.5 * np.roll(cover, rng.integers(4, 12, 2), (0, 1)))[..., None]
    depth = (smoke + haze)[..., None] * (WAVELENGTHS / 0.55) ** -ANGSTROM
    scene = scene * np.exp(-0.9 * depth) + SMOKE * rng.uniform(0.9, 1.1) * (1 - np.exp(-0.6 * depth))
    scene = mix(scene, CLOUD * rng.uniform(0.85, 1.1), cover)
    scene = scene + rng.normal(0, SENSOR_NOISE, scene.shape)
    return scene.clip(0, 1.2).astype(np.float32), (smoke >= SMOKE_DEPTH) & (cover < CLOUD_COVER)


def fractal(rng, shape, roughness):
    """Noise of mean 0 and deviation 1 whose power falls with the frequency by `roughness`: 2 is rough, 4 smooth."""
    frequency = np.hypot(np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None, :])
    frequency[0, 0] = np.inf
    noise = np.fft.irfft2(np.fft.rfft2(rng.normal(size=shape)) * frequency ** (-roughness / 2), shape)
    return (noise - noise.mean()) / noise.std()


def ground(rng, shape):
    """Vegetation, soil, sand, burnt patches and water over hills lit from one side."""
    heights = fractal(rng, shape, 3.2)
    green = ramp(fractal(rng, shape, 2.6) * 1.2 + rng.normal(0.3, 1))
    dry = mix(SOIL, SAND, ramp(fractal(rng, shape, 3) + rng.normal(-0.8, 0.8)))
    land = mix(dry, VEGETATION, green)
    if rng.random() < 0.4:
        land = mix(land, BURNT, ramp(6 * (fractal(rng, shape, 3.2) - rng.uniform(1, 2))))
    light = np.gradient(heights, axis=rng.integers(2)) * rng.choice([-1, 1]) * rng.uniform(0.3, 1.5)
    texture = 1 + 0.08 * fractal(rng, shape, 1.5)[..., None]
    land = land * texture * (1 + light.clip(-0.4, 0.4))[..., None]
    water = mix(CLEAR_WATER, TURBID_WATER, ramp(fractal(rng, shape, 3.5) + rng.normal(-0.5, 1)))
    shore = ramp(20 * (np.quantile(heights, rng.choice([0, 0.1, 0.25, 0.4])) - heights))
    return mix(land, water, shore)


def plume(rng, shape):
    """Optical depth at 0.55 micrometres of smoke from one fire: it drifts, widens, thins and frays."""
    rows, columns = np.mgrid[: shape[0], : shape[1]].astype(float)
    angle = rng.uniform(0, 2 * np.pi)
    rows, columns = rows - rng.uniform(0, shape[0]), columns - rng.uniform(0, shape[1])
    along, across = rows * np.sin(angle) + columns * np.cos(angle), columns * np.sin(angle) - rows * np.cos(angle)
    reach = along.clip(0)
    across = across + rng.uniform(0, 5) * np.sin(reach / rng.uniform(10, 30) + rng.uniform(0, 6)) * ramp(reach / 10 - 2)
    start = rng.uniform(1.5, 4)
    spread = start + rng.uniform(0.10, 0.35) * reach
    depth = rng.uniform(1.5, 4) * (start / spread) ** 0.5 * np.exp(-0.5 * (across / spread) ** 2)
    depth = depth * np.exp(-reach / rng.uniform(60, 300)) * ramp(2 * along)
    return depth * np.exp(0.35 * fractal(rng, shape, 3))


def clouds(rng, shape):
    """Share of each pixel that cloud covers: none, cumulus with hard edges, or a thin veil."""
    kind = rng.choice(["none", "cumulus", "veil", "both"])
    cover = np.zeros(shape)
    if kind in ("cumulus", "both"):
        cover = (rng.uniform(0.6, 2) * (fractal(rng, shape, 2.8) - rng.uniform(0.6, 1.8))).clip(0, 0.97)
    if kind in ("veil", "both"):
        cover = np.maximum(cover, (0.12 * (fractal(rng, shape, 3.6) + rng.uniform(-0.5, 0.8))).clip(0, 0.35))
    return cover


def mix(one, other, share):
    """Spectra between `one` and `other`, by the share of the other in each pixel."""
    return one + (other - one) * share[..., None]


def ramp(x):
    """Smoothly from 0 to 1."""
    return 1 / (1 + np.exp(-np.clip(x, -40, 40)))


def write_samples(folder):
    """smoke.npy with its true mask, the same kind of scene as scaled integers, and one without smoke."""
    folder.mkdir(exist_ok=True)
    smoke, mask = make_scene(np.random.default_rng(20), 96, 96, plumes=2)
    np.save(folder / "smoke.npy", smoke)
    np.save(folder / "smoke.mask.npy", mask.astype(np.uint8))
    scaled, _ = make_scene(np.random.default_rng(21), 64, 64, plumes=1)
    np.save(folder / "smoke-uint16.npy", np.round(scaled * 10_000).astype("<u2"))
    clear, _ = make_scene(np.random.default_rng(22), 64, 64, plumes=0)
    np.save(folder / "clear.npy", clear)


if __name__ == "__main__":
    write_samples(Path(__file__).resolve().parents[1] / "samples")
