import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { defineCommand, progress, text } from "@paddock/local/command";
import { readRunningCloud } from "@paddock/local/running";
import { npyToFloat32 } from "../../functions/shared/npy/npyToFloat32";
import { readSceneFile } from "../../functions/smoke-segmentation/readSceneFile";
import type { SceneFile } from "../../functions/smoke-segmentation/sceneFile";
import { EndpointCaller } from "./endpointCaller";
import { postJson } from "./postJson";
import { ProgressBar } from "./progressBar";
import { readPredictions } from "./readPredictions";
import { type S3Access, s3AccessOf } from "./s3AccessOf";
import { sizeOfFile } from "./sizeOfFile";
import { smokeImage } from "./smokeImage";
import { dataFolderOf, STACK_OPTIONS, whyNotHere } from "./stackHere";
import { uploadFile } from "./uploadFile";

/** Probability from which a pixel counts as smoke. */
const THRESHOLD = 0.5;

export const smokeCommand = defineCommand({
  usage: "npm run smoke -- scene.npy [options]",
  about: `Uploads a scene, or a batch of scenes, has its smoke found, and writes the image beside it: scene.smoke.png
(of a batch scene.smoke-0.png and so on). The scene is a .npy file of (H, W, 6) or (N, H, W, 6), or a GeoTIFF.`,
  options: {
    url: text(
      "URL",
      "smokeSegmentationUrl of a deployed stack, or …/prod/smoke-segmentation of its REST API\n(default that of the local cloud, npm start)",
    ),
    ...STACK_OPTIONS,
  },
  words: [1, 1],
  notes: `Where the endpoint takes only signed requests, they are signed with the credentials that the AWS CLI would take
(environment, AWS_PROFILE, SSO), for the local cloud with its administrator's key.`,
  async run(values, [file = ""]) {
    const dataDir = dataFolderOf(values);
    const running = readRunningCloud(dataDir);
    const local = values.url === undefined || isOnThisMachine(values.url) ? running : undefined;
    const url = values.url ?? local?.outputs.smokeSegmentationUrl;
    if (typeof url !== "string") {
      throw new Error(`${whyNotHere(values)}, or give \`--url\`.`);
    }
    const s3 = s3AccessOf(dataDir, local);
    const bytes = sizeOfFile(file);
    const scenes = await readSceneFile(fs.createReadStream(file), bytes);
    const smoke = await findSmoke(url.replace(/\/$/, ""), file, s3);
    progress.end();
    await paint(file, scenes, smoke);
  },
});

/** The local cloud listens only there. */
function isOnThisMachine(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname === "127.0.0.1";
}

/** Fetches the probability of every pixel from the endpoint at `url`. */
async function findSmoke(url: string, file: string, s3: S3Access): Promise<Float32Array> {
  const { size } = fs.statSync(file);
  const caller = new EndpointCaller(s3);
  // A file of the same name may be somebody else's scene.
  const upload = await postJson(caller, `${url}/uploads`, {
    file_name: `${randomUUID()}/${path.basename(file)}`,
    size,
  });
  const bar = new ProgressBar(`Uploading ${path.basename(file)}`, size);
  await uploadFile(file, String(upload.url), (sent) => bar.show(sent));
  bar.end();
  const { bucket, file_name } = upload;
  progress.step("Finding smoke");
  return readPredictions(await postJson(caller, url, { bucket, file_name }), s3);
}

async function paint(file: string, scenes: SceneFile, smoke: Float32Array): Promise<void> {
  const { shape } = scenes;
  const [height, width] = shape.slice(-3) as [number, number, number];
  const pixels = height * width;
  if (smoke.length !== scenes.elements / (shape.at(-1) as number)) {
    throw new Error(
      `The endpoint answered with ${smoke.length} values for the scene (${shape.join(", ")}), not one for each pixel.`,
    );
  }
  const batch = shape.length === 4;
  for (let at = 0, index = 0; at < smoke.length; at += pixels, index++) {
    const probability = smoke.subarray(at, at + pixels);
    const scene = npyToFloat32(scenes, batch ? index : undefined);
    const image = `${file.replace(/\.(npy|tiff?)$/i, "")}.smoke${batch ? `-${index}` : ""}.png`;
    fs.writeFileSync(image, await smokeImage({ scene, probability, width, height }));
    const share = probability.filter((value) => value >= THRESHOLD).length / pixels;
    console.log(`${(share * 100).toFixed(1)} % of ${width} x ${height} pixels show smoke: ${image}`);
  }
}
