import { useEffect, useMemo, useState } from "preact/hooks";
import { parse, readFailure } from "./failure";
import { type ListedModel, pathOf } from "./listedModel";
import { ModelUpload } from "./modelUpload";
import type { PanelProps } from "./panelProps";
import { RequestForm } from "./requestForm";
import { ResultCard } from "./resultCard";
import { SamplePicker } from "./samplePicker";
import { SnippetBox } from "./snippetBox";
import { requestSnippets, signingOptions } from "./snippets";
import { TensorInput } from "./tensorInput";
import {
  inferBody,
  type OutputTensor,
  type Signature,
  type TensorValues,
  tensorForm,
  tensorValues,
} from "./tensors";
import { TensorsResult } from "./tensorsResult";
import { useCall } from "./useCall";

/** An endpoint of the Open Inference Protocol: the models of its bucket, and each by its own signature. */
export function ProtocolPanel({ api, described }: PanelProps) {
  const { name: endpoint, url, root, isSigned, inputs: known, outputs: knownOutputs } = described;
  const [models, setModels] = useState<readonly ListedModel[]>();
  const [chosen, setChosen] = useState<ListedModel>();
  const [signature, setSignature] = useState<Signature>();
  const [values, setValues] = useState<readonly TensorValues[]>([]);
  const [error, setError] = useState<string>();
  const { outcome, send, reset } = useCall(api);

  const forms = useMemo(
    () => (signature?.inputs ?? []).map((tensor) => tensorForm(tensor, known)),
    [signature, known],
  );
  const samples = described.samples.filter(({ path }) => path.startsWith(`/v2/models/${chosen?.name}/`));
  const path = chosen && pathOf(chosen);
  const body = inferBody(forms, values);

  useEffect(() => {
    const list = async () => {
      const response = await api.call({ endpoint, path: "/v2/repository/index" });
      if (response.status !== 200) throw new Error(readFailure(response.status, response.body).message);
      const found = parse(response.body) as readonly ListedModel[];
      setModels(found);
      setChosen((last) => last ?? found.find(({ reason }) => !reason) ?? found[0]);
    };
    list().catch((error: Error) => setError(error.message));
  }, [api, endpoint]);

  useEffect(() => {
    let isOver = false;
    const read = async () => {
      if (path === undefined) return;
      const response = await api.call({ endpoint, method: "GET", path });
      if (isOver) return;
      if (response.status !== 200) throw new Error(readFailure(response.status, response.body).message);
      const found = parse(response.body) as Signature;
      const [sample] = samples;
      setSignature(found);
      setValues(
        found.inputs.map((tensor) =>
          tensorValues(tensorForm(tensor, known), sampleOf(sample?.request, tensor.name)),
        ),
      );
    };
    reset();
    setError(undefined);
    setSignature(undefined);
    read().catch((error: Error) => !isOver && setError(error.message));
    return () => {
      isOver = true;
    };
  }, [path]);

  const infer = (given: readonly TensorValues[]) => {
    if (path === undefined) return;
    void send({ endpoint, path: `${path}/infer`, body: JSON.stringify(inferBody(forms, given)) });
  };
  const added = (model: ListedModel) => {
    setModels((all = []) => [model, ...all.filter((each) => pathOf(each) !== pathOf(model))]);
    setChosen(model);
  };
  return (
    <>
      <SamplePicker
        samples={signature ? samples : []}
        onPick={({ request }) => {
          const filled = forms.map((form) => tensorValues(form, sampleOf(request, form.tensor.name)));
          setValues(filled);
          infer(filled);
        }}
      />
      <div class="panes">
        <RequestForm onSend={() => infer(values)}>
          {models?.length === 0 && <p class="dim">The bucket has no model yet: drop one below.</p>}
          {chosen && models && (
            <div class="field">
              <label for="model">Model</label>
              <select
                id="model"
                value={pathOf(chosen)}
                onChange={({ currentTarget }) =>
                  setChosen(models.find((each) => pathOf(each) === currentTarget.value))
                }
              >
                {models.map((each) => (
                  <option key={pathOf(each)} value={pathOf(each)}>
                    {each.name}
                    {each.version ? `, version ${each.version}` : ""}
                  </option>
                ))}
              </select>
            </div>
          )}
          {error !== undefined && (
            <p class="notice bad" role="alert">
              {error}
            </p>
          )}
          {chosen && !signature && error === undefined && (
            <p class="dim" role="status">
              Reading the model's signature…
            </p>
          )}
          {signature &&
            forms.map((form, i) => (
              <TensorInput
                key={`${path} ${form.tensor.name}`}
                form={form}
                values={values[i] ?? tensorValues(form)}
                onChange={(next) => setValues((all) => all.map((each, at) => (at === i ? next : each)))}
              />
            ))}
          <button type="submit" class="primary" disabled={!signature}>
            Predict
          </button>
          {described.models && (
            <ModelUpload api={api} place={described.models} models={models ?? []} onAdded={added} />
          )}
        </RequestForm>
        <ResultCard
          outcome={outcome}
          hint="Fill in the model's inputs; empty ones are zeros."
          show={(body) => (
            <TensorsResult
              outputs={(body as { outputs?: readonly OutputTensor[] }).outputs ?? []}
              known={knownOutputs}
            />
          )}
        />
      </div>
      <SnippetBox
        isSigned={isSigned}
        snippets={requestSnippets(
          { method: "POST", url: `${url}${path ?? "/v2"}/infer`, headers: {}, body },
          signingOptions(root.curl),
        )}
      />
    </>
  );
}

/** The tensor of a sample's request. */
function sampleOf(
  request: Readonly<Record<string, unknown>> | undefined,
  name: string,
): OutputTensor | undefined {
  const tensors = request?.inputs;
  return Array.isArray(tensors) ? tensors.find((tensor: OutputTensor) => tensor.name === name) : undefined;
}
