import { useState } from "preact/hooks";
import type { Api } from "../api";
import type { Described } from "./described";
import { DropZone } from "./dropZone";
import { type ListedModel, modelOf } from "./listedModel";

interface ModelUploadProps {
  readonly api: Api;
  /** Bucket, and key with `{name}`, `{version}` and `{file}` in it. */
  readonly place: NonNullable<Described["models"]>;
  readonly models: readonly ListedModel[];
  onAdded(model: ListedModel): void;
}

/** Puts a model's file into the bucket that the endpoint serves models from. */
export function ModelUpload({ api, place, models, onAdded }: ModelUploadProps) {
  const [share, setShare] = useState<number>();
  const [message, setMessage] = useState<{ readonly text: string; readonly isBad: boolean }>();
  const put = async (file: File) => {
    const target = modelOf(file.name, place.files, models);
    if (target === undefined) {
      setMessage({ text: `A model is a file like ${place.files.join(", ")}.`, isBad: true });
      return;
    }
    const key = place.key.replace(/\{(\w+)\}/g, (_, part: keyof typeof target) => target[part] ?? "");
    setMessage(undefined);
    setShare(0);
    try {
      const { status, body } = await api.putObject(place.bucket, key, file, setShare);
      if (status >= 300) throw new Error(`S3 rejected the model with ${status}: ${body.slice(0, 300)}`);
      setMessage({ text: `${key} is in the bucket.`, isBad: false });
      onAdded(target);
    } catch (error) {
      setMessage({ text: (error as Error).message, isBad: true });
    } finally {
      setShare(undefined);
    }
  };
  const extensions = place.files.map((file) => file.slice(file.lastIndexOf(".")));
  return (
    <DropZone
      label={`Drop a model of your own: ${extensions.join(", ")}`}
      accept={extensions.join(",")}
      onFile={(file) => void put(file)}
    >
      {share !== undefined && (
        <label class="progress">
          Uploading
          <progress max="1" value={share} />
        </label>
      )}
      <span role="status" class={message?.isBad ? "wrong" : "dim"}>
        {message?.text ?? ""}
      </span>
    </DropZone>
  );
}
