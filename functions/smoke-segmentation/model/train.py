"""Trains the smoke segmentation model: a small U-Net on synthetic scenes, as ONNX, with its card.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py

takes some minutes on two cores and writes model.onnx, geometry.json and card.json beside itself, or ends with exit
status 1 and the reason where the model is not good enough. The data are made up by scenes.py: the figures say how
well the network learned these scenes, nothing about smoke over the real Earth.

The graph: `scene` float32 [N, H, W, 6], reflectance 0 to 1 in the order of scenes.BANDS, H and W multiples of
MULTIPLE; `smoke` float32 [N, H, W], probability. Scaling is inside it. Its layers look at a neighbourhood only (no
global pooling, batch normalization is folded into the convolutions), so a pixel of the answer depends on at most
`radius` pixels to each side: a scene cut into tiles that start at multiples of MULTIPLE and overlap by `radius`
gives the same answer as the whole one.
"""

import argparse
import io
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

import scenes

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1] / "shared"))
import training  # noqa: E402

SEED = 7
SIZE, TRAIN_SCENES, TEST_SCENES = 128, 600, 80
BATCH, STEPS, LEARNING_RATE = 8, 2000, 6e-3
WIDTHS = (8, 16, 32)
MULTIPLE = 2 ** (len(WIDTHS) - 1)
OPSET = 17
MIN_IOU = 0.8
# Tiles and PyTorch against ONNX: sums in another order.
TOLERANCE = 1e-4


class Block(nn.Sequential):
    def __init__(self, inputs, outputs):
        layers = []
        for channels in (inputs, outputs):
            layers += [nn.Conv2d(channels, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
        super().__init__(*layers)


class UNet(nn.Module):
    """[N, H, W, 6] to the logits [N, H, W]."""

    def __init__(self, mean, deviation):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        inputs = (len(scenes.BANDS), *WIDTHS[:-1])
        self.down = nn.ModuleList(Block(before, width) for before, width in zip(inputs, WIDTHS))
        self.pool = nn.MaxPool2d(2)
        pairs = list(zip(WIDTHS[:-1], WIDTHS[1:]))[::-1]
        self.grow = nn.ModuleList(nn.ConvTranspose2d(below, width, 2, stride=2) for width, below in pairs)
        self.up = nn.ModuleList(Block(2 * width, width) for width, _ in pairs)
        self.head = nn.Conv2d(WIDTHS[0], 1, 1)

    def forward(self, scene):
        x = ((scene.clamp(0, 1.5) - self.mean) / self.deviation).permute(0, 3, 1, 2)
        skipped = []
        for block in self.down[:-1]:
            skipped.append(block(x))
            x = self.pool(skipped[-1])
        x = self.down[-1](x)
        for grow, block in zip(self.grow, self.up):
            x = block(torch.cat([skipped.pop(), grow(x)], dim=1))
        return self.head(x)[:, 0]


class Probability(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, scene):
        return torch.sigmoid(self.network(scene))


def main(steps):
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    train_x, train_y = make_set(SEED, TRAIN_SCENES)
    test_x, test_y = make_set(SEED + 1, TEST_SCENES)

    network = UNet(train_x.mean((0, 1, 2)), train_x.std((0, 1, 2)))
    fit(network, train_x, train_y, steps)
    network.eval()

    model = export(network)
    serialized = model.SerializeToString(deterministic=True)
    session = onnxruntime.InferenceSession(serialized)
    radius = find_radius()
    require_agreement(session, network, test_x[:8])
    require_equal_tiles(session, radius)
    metrics = measure(session, test_x.numpy(), test_y.numpy() > 0)
    training.require(metrics["iou"] >= MIN_IOU, f"IoU is {metrics['iou']} on held-out scenes, less than {MIN_IOU}")

    (FOLDER / "model.onnx").write_bytes(serialized)
    geometry = {"bands": scenes.BANDS, "multiple": MULTIPLE, "radius": radius}
    (FOLDER / "geometry.json").write_text(training.to_json(geometry) + "\n")
    training.write_card(FOLDER, describe(model, serialized, metrics, radius))


def make_set(seed, count):
    made = [scenes.make_scene(rng, SIZE, SIZE) for rng in np.random.default_rng(seed).spawn(count)]
    return tuple(torch.from_numpy(np.stack(part).astype(np.float32)) for part in zip(*made))


def fit(network, x, y, steps):
    optimizer = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, steps)
    start, recent = time.monotonic(), []
    for step in range(1, steps + 1):
        chosen = torch.randint(len(x), (BATCH,))
        # One of the eight ways a square lies: a plume may blow anywhere.
        turns, mirrored = int(torch.randint(4, ())), bool(torch.randint(2, ()))
        batch, truth = (torch.rot90(part[chosen], turns, (1, 2)) for part in (x, y))
        if mirrored:
            batch, truth = batch.flip(1), truth.flip(1)
        logits = network(batch)
        loss = binary_cross_entropy_with_logits(logits, truth) + 0.5 * dice_loss(logits.sigmoid(), truth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        recent.append(loss.item())
        if step % 200 == 0 or step == steps:
            print(f"step {step}: loss {np.mean(recent):.3f}, {time.monotonic() - start:.0f} s", flush=True)
            recent.clear()


def dice_loss(probability, truth):
    return 1 - (2 * (probability * truth).sum() + 1) / (probability.sum() + truth.sum() + 1)


def export(network):
    """ONNX with free N, H and W. In evaluation mode the exporter folds batch normalization into the convolutions."""
    file = io.BytesIO()
    torch.onnx.export(
        Probability(network).eval(),
        (torch.zeros(1, 64, 64, len(scenes.BANDS)),),
        file,
        dynamo=False,
        opset_version=OPSET,
        input_names=["scene"],
        output_names=["smoke"],
        dynamic_axes={"scene": {0: "N", 1: "H", 2: "W"}, "smoke": {0: "N", 1: "H", 2: "W"}},
    )
    model = onnx.load_from_string(file.getvalue())
    onnx.checker.check_model(model)
    unfolded = [node.name for node in model.graph.node if node.op_type == "BatchNormalization"]
    training.require(not unfolded, f"batch normalization is left: {unfolded}")
    return model


def find_radius():
    """How many pixels to any side a pixel of the answer depends on at most, for every place it may have in a tile."""
    size, centre, radius = 160, 80, 0
    for offset in range(MULTIPLE):
        scene = torch.rand(1, size, size, len(scenes.BANDS), generator=torch.Generator().manual_seed(offset))
        scene.requires_grad_()
        wide_open()(scene)[0, centre + offset, centre + offset].backward()
        touched = scene.grad[0].abs().sum(-1).nonzero() - (centre + offset)
        radius = max(radius, int(touched.abs().max()))
    return radius


def wide_open():
    """A network of the same shape with every path open: no activation is zero, pooling passes all on."""
    twin = UNet(torch.zeros(len(scenes.BANDS)), torch.ones(len(scenes.BANDS))).eval()
    twin.pool = nn.AvgPool2d(2)
    for parameter in twin.parameters():
        nn.init.constant_(parameter, 0.05)
    return twin


def require_agreement(session, network, x):
    with torch.no_grad():
        expected = network(x).sigmoid().numpy()
    difference = float(np.abs(session.run(None, {"scene": x.numpy()})[0] - expected).max())
    training.require(difference <= TOLERANCE, f"ONNX and PyTorch differ by {difference}")
    print(f"ONNX agrees with PyTorch on {len(x)} scenes within {difference:.1e}")


def require_equal_tiles(session, radius):
    """A tile with a margin of `radius`, rounded up to MULTIPLE, answers like the whole scene."""
    scene, _ = scenes.make_scene(np.random.default_rng(SEED + 2), 256, 192)
    whole = session.run(None, {"scene": scene[None]})[0][0]
    margin = -(-radius // MULTIPLE) * MULTIPLE
    tile = session.run(None, {"scene": scene[None, 128 - margin : 192 + margin, 64 - margin : 128 + margin]})[0][0]
    inner = tile[margin : margin + 64, margin : margin + 64]
    difference = float(np.abs(inner - whole[128:192, 64:128]).max())
    training.require(difference <= TOLERANCE, f"a tile with a margin of {margin} differs by {difference}")
    print(f"tiles with a margin of {margin} agree with the whole within {difference:.1e}")


def measure(session, x, y):
    smoke = np.concatenate([session.run(None, {"scene": scene[None]})[0] for scene in x]) >= 0.5
    both, either = (smoke & y).sum(), (smoke | y).sum()
    clear = ~y.any((1, 2))
    metrics = {
        "iou": both / either,
        "precision": both / smoke.sum(),
        "recall": both / y.sum(),
        "falseAlarms": smoke[clear].mean(),
    }
    metrics = {name: round(float(value), 4) for name, value in metrics.items()}
    print(f"{len(x)} held-out scenes, {int(clear.sum())} of them clear: {metrics}")
    return metrics


def describe(model, serialized, metrics, radius):
    return {
        "name": "smoke-segmentation",
        "title": "Smoke in satellite imagery",
        "description": "Gives every pixel of a six-band satellite scene the probability that it shows smoke. "
        "Trained on synthetic scenes: a working example, not an instrument.",
        "origin": "A small U-Net trained by train.py on scenes made up by scenes.py.",
        "license": {"model": "Apache-2.0", "data": "made up by the script"},
        "files": [training.describe_file(FOLDER / name, FOLDER) for name in ("model.onnx", "geometry.json")],
        "opset": training.describe_opset(model),
        **training.describe_tensors(serialized, {"scene": scenes.BANDS}),
        "metrics": metrics,
        "samples": training.kept_samples(FOLDER / "card.json"),
        "notes": [
            "The data are synthetic. The figures say how well the network learned such scenes (terrain, water, "
            "clouds, plumes of a made-up shape and colour), nothing about real smoke.",
            f"Measured on {TEST_SCENES} held-out scenes of {SIZE} x {SIZE} pixels, all pixels together, at a "
            "probability of 0.5; falseAlarms is the share of pixels taken for smoke in scenes without any.",
            "Input: reflectance from 0 to 1 (a scene of scaled integers is divided by 10,000 before), scaling to the "
            f"network's range is in the graph. Height and width are multiples of {MULTIPLE}.",
            f"A pixel depends on at most {radius} pixels to each side (geometry.json). Tiles that start at multiples "
            f"of {MULTIPLE} and have that margin answer like the whole scene.",
            "A model of one's own takes its place when it has the same input and output; geometry.json says what it "
            "demands of sizes and margins.",
        ],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=STEPS, help="fewer for a trial (default: %(default)s)")
    main(parser.parse_args().steps)
