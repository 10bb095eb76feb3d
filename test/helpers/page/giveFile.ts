import { readFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { inPage } from "./inPage";

/** Gives an element a JPEG as a mouse or the clipboard would. */
export async function giveFile(locator: Locator, event: "drop" | "paste", file: string): Promise<void> {
  const [type, member] =
    event === "drop" ? ["DragEvent", "dataTransfer"] : ["ClipboardEvent", "clipboardData"];
  await inPage(
    locator,
    `const data = new DataTransfer();
    const bytes = Uint8Array.from(atob("${readFileSync(file).toString("base64")}"), (each) => each.charCodeAt(0));
    data.items.add(new File([bytes], "${path.basename(file)}", { type: "image/jpeg" }));
    element.dispatchEvent(new ${type}("${event}", { ${member}: data, bubbles: true, cancelable: true }));`,
  );
}
