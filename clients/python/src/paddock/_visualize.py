"""Shows a scene with its smoke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RED_GREEN_BLUE = (2, 1, 0)
MAX_OPACITY = 0.8
"""Where smoke is certain; the ground stays visible through it."""


def visualize(scene: NDArray[Any], smoke: NDArray[np.floating[Any]], *, title: str | None = None) -> Figure:
    """Draws a scene in natural colour, and beside it the same with the smoke laid over.

    Needs matplotlib: ``pip install './clients/python[notebook]'``.

    :param scene: (H, W, 6) of any scale, as it was uploaded.
    :param smoke: (H, W): probability of smoke from 0 to 1, of :meth:`Client.infer`; NaN shows nothing.
    :returns: A figure; a notebook shows it where it is a cell's last value.
    """
    if scene.ndim != 3 or scene.shape[2] != 6 or smoke.shape != scene.shape[:2]:
        raise ValueError(f"`scene` must be (H, W, 6) and `smoke` (H, W), are {scene.shape} and {smoke.shape}")
    try:
        import matplotlib.pyplot as plt
        from matplotlib.cm import ScalarMappable
        from matplotlib.colors import Normalize
    except ImportError as error:
        raise ImportError("visualize needs matplotlib: pip install './clients/python[notebook]'") from error

    image = natural_colour(scene)
    figure, axes = plt.subplots(1, 2, figsize=(9, 4.2), layout="constrained")
    for ax in axes:
        ax.imshow(image)
        ax.set_axis_off()
    probability = np.nan_to_num(smoke)
    axes[1].imshow(probability, cmap="plasma", vmin=0, vmax=1, alpha=MAX_OPACITY * probability)
    # Of colours alone: an image whose opacity is an array has no colour bar.
    colours = ScalarMappable(Normalize(0, 1), cmap="plasma")
    figure.colorbar(colours, ax=axes[1], label="probability of smoke", shrink=0.85)
    axes[0].set_title("scene")
    axes[1].set_title(f"smoke: {np.mean(probability >= 0.5):.0%} of the pixels")
    if title is not None:
        figure.suptitle(title)
    # Else a notebook would show it twice: where it was made, and as the cell's value.
    plt.close(figure)
    return figure


def natural_colour(scene: NDArray[Any]) -> NDArray[np.float64]:
    """Red, green and blue of a scene, (H, W, 3), 0 to 1 from the 2nd to the 98th percentile of each."""
    bands = scene[..., list(RED_GREEN_BLUE)].astype(np.float64)
    low, high = np.nanpercentile(bands, (2, 98), axis=(0, 1))
    stretched = (bands - low) / np.where(high > low, high - low, 1)
    image: NDArray[np.float64] = np.clip(np.nan_to_num(stretched), 0, 1)
    return image
