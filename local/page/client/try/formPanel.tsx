import { useEffect, useMemo, useState } from "preact/hooks";
import { Comparison } from "./comparison";
import { readFailure } from "./failure";
import { formFields } from "./fields";
import type { PanelProps } from "./panelProps";
import { FieldInputs, RequestForm } from "./requestForm";
import { ResultCard } from "./resultCard";
import { ResultView } from "./resultView";
import { SamplePicker } from "./samplePicker";
import { SnippetBox } from "./snippetBox";
import { requestSnippets, signingOptions } from "./snippets";
import { useCall } from "./useCall";
import { requestOf, type Values, valuesOf } from "./values";
import { acceptedType, chooseView } from "./view";

/** ms without a change, after which numbers are sent. */
const PAUSE = 150;

/** A request of plain fields. Where all that is required is numbers, the result follows them as they change. */
export function FormPanel({ api, described }: PanelProps) {
  const { name, root, url, isSigned, inputs } = described;
  const samples = useMemo(() => described.samples.filter(({ path }) => path === "/"), [described]);
  const fields = useMemo(() => formFields(root.request, inputs, samples), [root, inputs, samples]);
  const view = useMemo(() => chooseView(described), [described]);
  const [values, setValues] = useState<Values>(() => valuesOf(fields, samples[0]?.request));
  const { outcome, send } = useCall(api);

  const isLive =
    fields.some(({ isRequired }) => isRequired) &&
    fields.every(({ isRequired, control }) => !isRequired || control.kind === "number");
  const request = requestOf(fields, values);
  const headers = { accept: acceptedType(described) };
  const body = JSON.stringify(request);
  const predict = () => void send({ endpoint: name, headers, body });
  useEffect(() => {
    if (!isLive) return undefined;
    const timer = setTimeout(predict, PAUSE);
    return () => clearTimeout(timer);
  }, [body]);

  const { response } = outcome;
  const failure =
    response && response.status >= 400 ? readFailure(response.status, response.body) : undefined;
  const compared = fields.find(
    ({ isRequired, control }) => !isRequired && control.kind === "text" && control.suggestions.length > 1,
  );
  return (
    <>
      <SamplePicker
        samples={samples}
        onPick={(sample) => {
          setValues(valuesOf(fields, sample.request));
          if (!isLive) void send({ endpoint: name, headers, body: JSON.stringify(sample.request) });
        }}
      />
      <div class={isLive ? "panes live" : "panes"}>
        <RequestForm onSend={predict}>
          <FieldInputs fields={fields} values={values} errors={failure?.byField} onChange={setValues} />
          <button type="submit" class="primary">
            Predict
          </button>
        </RequestForm>
        <div class="stack">
          <ResultCard
            outcome={outcome}
            hint="Fill in the form, or take one of the samples."
            show={(body) => <ResultView view={view} body={body} />}
          />
          {compared && failure === undefined && (
            <Comparison
              {...{ api, described, view, request, field: compared }}
              onPick={(value) => setValues((all) => ({ ...all, [compared.id]: value }))}
            />
          )}
        </div>
      </div>
      <SnippetBox
        isSigned={isSigned}
        snippets={requestSnippets(
          { method: "POST", url, headers: snippetHeaders(root.response, headers), body: request },
          signingOptions(root.curl),
        )}
      />
    </>
  );
}

/** JSON is asked for only where something else would come. */
function snippetHeaders(
  response: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>>,
) {
  return Object.keys(response).length > 1 ? headers : {};
}
