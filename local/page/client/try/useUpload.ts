import { useCallback, useState } from "preact/hooks";
import type { Api } from "../api";
import type { Described } from "./described";
import { parse, readFailure } from "./failure";
import { memberOf } from "./view";

/** How far an upload is. */
export type Progress =
  | { readonly step: "none" }
  | { readonly step: "uploading"; readonly share: number }
  | { readonly step: "uploaded" }
  | { readonly step: "failed"; readonly message: string };

/** Uploads a file by the URL that the endpoint gives for it. */
export function useUpload(api: Api, { name, upload }: Described) {
  const [progress, setProgress] = useState<Progress>({ step: "none" });
  /** Gives what the endpoint responded for the file; `undefined` where it was not uploaded. */
  const put = useCallback(
    async (file: Blob, fileName: string): Promise<unknown> => {
      const fail = (message: string) => setProgress({ step: "failed", message });
      if (!upload) return undefined;
      try {
        setProgress({ step: "uploading", share: 0 });
        const asked = Object.fromEntries([[nameMember(upload.request), fileName]]);
        const given = await api.call({ endpoint: name, path: upload.path, body: JSON.stringify(asked) });
        if (given.status !== 200) return fail(readFailure(given.status, given.body).message);
        const response = parse(given.body);
        const onProgress = (share: number) => setProgress({ step: "uploading", share });
        const { status, body } = await api.upload(String(memberOf(response, "url")), file, onProgress);
        if (status >= 300) return fail(`S3 rejected the upload with ${status}: ${body.slice(0, 300)}`);
        setProgress({ step: "uploaded" });
        return response;
      } catch (error) {
        return fail((error as Error).message);
      }
    },
    [api, name, upload],
  );
  return { progress, put };
}

/** The member of an upload's request that has the file's name: the one that is required. */
export function nameMember({
  required = [],
  properties = {},
}: {
  required?: readonly string[];
  properties?: object;
}): string {
  return required[0] ?? Object.keys(properties)[0] ?? "file_name";
}
