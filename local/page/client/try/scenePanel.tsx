import { useMemo, useState } from "preact/hooks";
import type { Described, Sample } from "./described";
import { DropZone } from "./dropZone";
import { parse, readFailure } from "./failure";
import { formFields } from "./fields";
import { type NpyArray, readNpy } from "./npy";
import type { PanelProps } from "./panelProps";
import { bandOf, maskOfArray, maskOfLists, type Plane, scenesOf, shareAbove } from "./raster";
import { FieldInputs, RequestForm } from "./requestForm";
import { ResultCard } from "./resultCard";
import { SamplePicker } from "./samplePicker";
import { SceneCanvas } from "./sceneCanvas";
import { naturalBands, type SceneChoice, SceneControls } from "./sceneControls";
import { SnippetBox } from "./snippetBox";
import { signingOptions, uploadSnippets } from "./snippets";
import { useCall } from "./useCall";
import { nameMember, useUpload } from "./useUpload";
import { requestOf, type Values } from "./values";
import { chooseView, memberOf, percent } from "./view";

/** A scene that was chosen; the page reads arrays, and shows only the mask of other files. */
interface Scene {
  readonly file: Blob;
  readonly name: string;
  readonly array?: NpyArray;
}

/** An endpoint that takes an uploaded file: a scene, over which its response is drawn. */
export function ScenePanel({ api, described }: PanelProps) {
  const { name, root, url, upload, isSigned, inputs, outputs } = described;
  const view = useMemo(() => chooseView(described), [described]);
  const given = useMemo(() => sharedMembers(described), [described]);
  const fields = useMemo(
    () => formFields(root.request).filter(({ name }) => !given.includes(name)),
    [root, given],
  );
  const samples = described.samples.filter(({ file }) => file !== undefined);
  const labels = inputs.find(({ labels }) => labels !== undefined)?.labels ?? [];
  const [scene, setScene] = useState<Scene>();
  const [values, setValues] = useState<Values>({});
  const [choice, setChoice] = useState<SceneChoice>({ scene: 0, bands: naturalBands(labels), opacity: 0.7 });
  const [stored, setStored] = useState<NpyArray>();
  const [error, setError] = useState<string>();
  const { progress, put } = useUpload(api, described);
  const { outcome, send, reset } = useCall(api);
  const { response } = outcome;
  const failure =
    response && response.status >= 400 ? readFailure(response.status, response.body) : undefined;
  const others = requestOf(fields, values);

  const predict = async ({ file, name: fileName }: Scene) => {
    reset();
    setStored(undefined);
    const uploaded = await put(file, `page/${fileName}`);
    if (uploaded === undefined) return;
    const request = Object.fromEntries(given.map((member) => [member, memberOf(uploaded, member)]));
    const found = await send({ endpoint: name, body: JSON.stringify({ ...request, ...others }) });
    const place =
      view.kind === "mask" && view.stored ? memberOf(parse(found?.body ?? ""), view.stored) : undefined;
    if (place) setStored(await readObject(place).catch(() => undefined));
  };
  /** A mask that is too large for a response is an object. */
  const readObject = async (place: unknown) => {
    const file = await api.object(String(memberOf(place, "bucket")), String(memberOf(place, "file_name")));
    return readNpy(await file.arrayBuffer());
  };
  const take = async (file: Blob, fileName: string) => {
    const array = await file
      .arrayBuffer()
      .then(readNpy)
      .catch(() => undefined);
    const next = { file, name: fileName, array };
    const bands = array && scenesOf(array) ? naturalBands(bandNames(array, labels)) : choice.bands;
    setError(undefined);
    setScene(next);
    setChoice({ ...choice, scene: 0, bands });
    await predict(next);
  };
  const pick = async ({ file = "" }: Sample) => {
    const response = await api.call({ endpoint: name, method: "GET", path: `/${file}` });
    const bytes = response.bytes ?? new TextEncoder().encode(response.body);
    if (response.status !== 200) setError(readFailure(response.status, response.body).message);
    else await take(new Blob([bytes]), file.split("/").at(-1) ?? file);
  };

  const names = scene?.array ? bandNames(scene.array, labels) : [];
  const scenes = (scene?.array && scenesOf(scene.array)?.count) ?? 1;
  const bands = useMemo(() => bandsOf(scene?.array, choice), [scene, choice.scene, choice.bands]);
  const mask = useMemo((): Plane | undefined => {
    if (stored) return maskOfArray(stored, choice.scene);
    if (response?.status !== 200 || view.kind !== "mask") return undefined;
    return maskOfLists(memberOf(parse(response.body), view.mask), choice.scene);
  }, [stored, response, view, choice.scene]);

  return (
    <>
      <SamplePicker
        samples={samples}
        onPick={(sample) => void pick(sample).catch((error: Error) => setError(error.message))}
      />
      <div class="panes">
        <RequestForm
          onSend={() => {
            if (scene) void predict(scene);
          }}
        >
          <DropZone
            label="Drop a scene here: .npy, or a GeoTIFF"
            accept=".npy,.tif,.tiff"
            onFile={(file) => void take(file, file.name)}
          >
            {scene && (
              <span>
                <code>{scene.name}</code> {describeSize(scene)}
              </span>
            )}
          </DropZone>
          {progress.step === "uploading" && (
            <label class="progress">
              Uploading
              <progress max="1" value={progress.share} />
            </label>
          )}
          {progress.step === "failed" && (
            <p class="notice bad" role="alert">
              {progress.message}
            </p>
          )}
          {error !== undefined && (
            <p class="notice bad" role="alert">
              {error}
            </p>
          )}
          <FieldInputs fields={fields} values={values} errors={failure?.byField} onChange={setValues} />
          <button type="submit" class="primary" disabled={scene === undefined}>
            Predict
          </button>
        </RequestForm>
        <ResultCard
          outcome={outcome}
          hint="Drop a scene, or take the sample."
          busy="Looking at the scene…"
          show={() => mask && <MaskVerdict mask={mask} what={outputs[0]?.name} />}
        >
          {(bands || mask) && (
            <>
              <SceneCanvas
                bands={bands}
                mask={mask}
                opacity={choice.opacity}
                label={`The scene ${scene?.name ?? ""}${mask ? ", with the result over it" : ""}`}
              />
              <SceneControls choice={choice} scenes={scenes} names={names} onChange={setChoice} />
            </>
          )}
        </ResultCard>
      </div>
      <SnippetBox
        isSigned={isSigned}
        file={scene && { name: scene.name, content: scene.file }}
        snippets={uploadSnippets(
          {
            uploadUrl: `${url}${upload?.path ?? ""}`,
            url,
            file: scene?.name ?? "scene.npy",
            nameMember: nameMember(upload?.request ?? {}),
            given,
            others,
          },
          signingOptions(root.curl),
        )}
      />
    </>
  );
}

/** Members of the request that the upload's response gives. */
function sharedMembers({ root, upload }: Described): readonly string[] {
  const responded = upload?.response.properties ?? {};
  return Object.keys(root.request.properties ?? {}).filter((member) => member in responded);
}

function MaskVerdict({ mask, what = "it" }: { readonly mask: Plane; readonly what?: string }) {
  return (
    <p class="verdict">
      <strong>{percent(shareAbove(mask, 0.5))}</strong> of the scene shows {what} (probability of at least 50
      %)
    </p>
  );
}

/** The card's names, where it has as many as the file has bands. */
function bandNames(array: NpyArray, labels: readonly string[]): readonly string[] {
  const count = scenesOf(array)?.bands ?? 0;
  return labels.length === count ? labels : Array.from({ length: count }, (_, i) => `band ${i + 1}`);
}

function bandsOf(array: NpyArray | undefined, { scene, bands }: SceneChoice) {
  if (!array || !scenesOf(array)) return undefined;
  const [red, green, blue] = bands;
  return [bandOf(array, scene, red), bandOf(array, scene, green), bandOf(array, scene, blue)] as const;
}

function describeSize({ file, array }: Scene): string {
  const size = file.size > 1e6 ? `${(file.size / 1e6).toFixed(1)} MB` : `${Math.ceil(file.size / 1e3)} kB`;
  return array ? `${array.shape.join(" × ")}, ${size}` : size;
}
