import { useMemo, useState } from "preact/hooks";
import { useObjectUrl } from "../shell/useObjectUrl";
import { BoxedImage, readDetections } from "./boxedImage";
import { BoxesResult } from "./boxesResult";
import type { Sample } from "./described";
import { DropZone } from "./dropZone";
import { parse, readFailure } from "./failure";
import { fetchImage } from "./fetchImage";
import { formFields, formWays } from "./fields";
import type { PanelProps } from "./panelProps";
import { FieldInputs, RequestForm } from "./requestForm";
import { ResultCard } from "./resultCard";
import { ResultView } from "./resultView";
import { SamplePicker } from "./samplePicker";
import { SnippetBox } from "./snippetBox";
import { requestSnippets, type SentRequest, signingOptions } from "./snippets";
import { Switch } from "./switch";
import { useCall } from "./useCall";
import { requestOf, type Values } from "./values";
import { chooseView } from "./view";

/** The way to send an image that is no way of the schema: as the body itself. */
const AS_FILE = "File";

/** An endpoint that takes an image: by drop, by paste, from a file, or by the fields of its other ways. */
export function ImagePanel({ api, described }: PanelProps) {
  const { name, root, url, isSigned, samples } = described;
  const fields = useMemo(() => formFields(root.request), [root]);
  const view = useMemo(() => chooseView(described), [described]);
  const encoded = fields.find(({ control }) => control.kind === "file");
  const ways = useMemo(
    () => formWays(root.request).filter(({ names }) => !encoded || !names.includes(encoded.name)),
    [root, encoded],
  );
  const [way, setWay] = useState(AS_FILE);
  const [values, setValues] = useState<Values>({});
  const [sent, setSent] = useState<SentRequest>();
  const [image, setImage] = useState<Blob>();
  const source = useObjectUrl(image);
  const { outcome, send } = useCall(api);
  const wayFields = fields.filter((field) =>
    ways.find(({ label }) => label === way)?.names.includes(field.name),
  );
  const { response } = outcome;
  const failure =
    response && response.status >= 400 ? readFailure(response.status, response.body) : undefined;

  const sendFile = (file: Blob, fileName: string) => {
    const headers = { "content-type": file.type };
    setWay(AS_FILE);
    setImage(file);
    setSent({ method: "POST", url, headers, file: fileName });
    void send({ endpoint: name, headers, body: file });
  };
  const sendFields = async () => {
    const request = requestOf(wayFields, values);
    setImage(undefined);
    setSent({ method: "POST", url, headers: {}, body: request });
    const response = await send({ endpoint: name, body: JSON.stringify(request) });
    if (response?.status === 200) setImage(await fetchImage(api, wayFields, request));
  };
  const pick = ({ request }: Sample) => {
    const text = encoded && request[encoded.name];
    if (typeof text === "string") sendFile(decodeImage(text), "image.png");
  };
  const detections =
    view.kind === "boxes" && response?.status === 200 ? readDetections(view, parse(response.body)) : [];
  const types = root.fileTypes.map((type) => type.replace("image/", "")).join(", ");
  return (
    <>
      <SamplePicker samples={samples} onPick={pick} />
      <div class="panes">
        <RequestForm onSend={() => void sendFields()}>
          <Switch
            label="The image comes as"
            choices={[AS_FILE, ...ways.map(({ label }) => label)]}
            chosen={way}
            onChoose={setWay}
          />
          {way === AS_FILE ? (
            <DropZone
              label={`Drop an image here or paste one: ${types}`}
              accept={root.fileTypes.join(",")}
              takesPaste
              onFile={(file) => sendFile(file, file.name)}
            />
          ) : (
            <>
              <FieldInputs
                fields={wayFields.map((field) => ({ ...field, isRequired: true }))}
                values={values}
                errors={failure?.byField}
                onChange={setValues}
              />
              <button type="submit" class="primary">
                Predict
              </button>
            </>
          )}
        </RequestForm>
        <ResultCard
          outcome={outcome}
          hint="Drop an image, or take one of the samples."
          show={(body) =>
            view.kind === "boxes" ? (
              <BoxesResult {...{ view, body, detections }} />
            ) : (
              <ResultView {...{ view, body }} />
            )
          }
        >
          {(image || detections.length > 0) && <BoxedImage source={source} detections={detections} />}
        </ResultCard>
      </div>
      <SnippetBox
        isSigned={isSigned}
        file={sent?.file !== undefined && image ? { name: sent.file, content: image } : undefined}
        snippets={requestSnippets(
          sent ?? {
            method: "POST",
            url,
            headers: { "content-type": root.fileTypes[0] ?? "" },
            file: "image.jpg",
          },
          signingOptions(root.curl),
        )}
      />
    </>
  );
}

/** An image in base64, as a sample has it; its first bytes say what it is. */
function decodeImage(base64: string): Blob {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const type = { 137: "image/png", 255: "image/jpeg", 82: "image/webp" }[bytes[0] ?? 0];
  return new Blob([bytes], { type });
}
