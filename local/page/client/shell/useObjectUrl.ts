import { useEffect, useMemo } from "preact/hooks";

/** An address by which the page shows a file, or has it saved; it holds as long as the file is there. */
export function useObjectUrl(file: Blob | undefined): string | undefined {
  const url = useMemo(() => file && URL.createObjectURL(file), [file]);
  useEffect(() => {
    if (url !== undefined) return () => URL.revokeObjectURL(url);
  }, [url]);
  return url;
}
