import { ObjectIndex } from "./objectIndex";
import {
  type Declaration,
  type Entry,
  isDeleteMarker,
  type Part,
  type Retagging,
  type Upload,
  type Version,
} from "./types";

/** A multipart upload that is neither completed nor aborted. */
export interface OpenUpload extends Upload {
  readonly parts: ReadonlyMap<number, Part>;
  /** Whether its key was written or deleted since it began. */
  readonly isOvertaken: boolean;
}

/** The state that a bucket's journal amounts to. */
export class BucketState {
  readonly objects = new ObjectIndex();
  readonly #uploads = new Map<string, Upload & { readonly parts: Map<number, Part>; isOvertaken: boolean }>();
  readonly declarations = new Map<string, Declaration>();

  get uploads(): ReadonlyMap<string, OpenUpload> {
    return this.#uploads;
  }

  /** Takes over one entry; returns the data files that nothing refers to any more. */
  apply(entry: Entry): readonly string[] {
    if ("put" in entry) return this.#put(entry.put, entry.completes);
    if ("remove" in entry) {
      this.#overtake(entry.remove.key);
      return files(this.objects.remove(entry.remove.key, entry.remove.versionId));
    }
    if ("abort" in entry) return this.#endUpload(entry.abort);
    if ("upload" in entry) {
      this.#uploads.set(entry.upload.uploadId, { ...entry.upload, parts: new Map(), isOvertaken: false });
    } else if ("retag" in entry) this.#retag(entry.retag);
    else if ("declare" in entry) this.declarations.set(entry.declare.key, entry.declare);
    else if ("forget" in entry) this.declarations.delete(entry.forget);
    else {
      const parts = this.#uploads.get(entry.uploadId)?.parts;
      const replaced = parts?.get(entry.part.partNumber);
      parts?.set(entry.part.partNumber, entry.part);
      return replaced ? [replaced.file] : [];
    }
    return [];
  }

  /** The shortest journal that amounts to the same. */
  *entries(): Generator<Entry> {
    for (const key of this.objects.keys()) {
      for (const put of [...this.objects.versions(key)].reverse()) yield { put };
    }
    for (const { parts, isOvertaken: _, ...upload } of this.#uploads.values()) {
      yield { upload };
      for (const part of parts.values()) yield { part, uploadId: upload.uploadId };
    }
    for (const declare of this.declarations.values()) yield { declare };
  }

  /** All data files that are referred to. */
  files(): Set<string> {
    const all = new Set<string>();
    for (const entry of this.entries()) {
      if ("put" in entry) for (const file of files(entry.put)) all.add(file);
      if ("part" in entry) all.add(entry.part.file);
    }
    return all;
  }

  #put(version: Version, completes: string | undefined): string[] {
    const kept = files(version);
    const parts = completes === undefined ? [] : this.#endUpload(completes);
    this.#overtake(version.key);
    return [...files(this.objects.put(version)), ...parts.filter((file) => !kept.includes(file))];
  }

  #endUpload(uploadId: string): string[] {
    const parts = this.#uploads.get(uploadId)?.parts.values() ?? [];
    this.#uploads.delete(uploadId);
    return [...parts].map((part) => part.file);
  }

  #overtake(key: string): void {
    for (const upload of this.#uploads.values()) if (upload.key === key) upload.isOvertaken = true;
  }

  #retag({ key, versionId, tags }: Retagging): void {
    const version = this.objects.version(key, versionId);
    if (!version || isDeleteMarker(version)) return;
    this.objects.replace({ ...version, metadata: { ...version.metadata, tags } });
  }
}

function files(version: Version | undefined): string[] {
  return !version || isDeleteMarker(version) ? [] : version.segments.map((segment) => segment.file);
}
