import type { Json, JsonObject } from "@likeness/core";
import { z } from "zod";
import type { FileStore } from "../storage/file-store.ts";
import { issue } from "../wire/call.ts";
import type { Generator } from "./endpoints.ts";
import { fieldIssues } from "./field-issues.ts";
import { pictureInputs } from "./picture-inputs.ts";

/** What a model that makes pictures objects to. It reads weights and pictures of this fake only. */
export function objectionToPicture(input: JsonObject, { makesFrom }: Generator, files: FileStore): Json[] | undefined {
  const parsed = pictureInputs[makesFrom].safeParse(input, { reportInput: true });
  if (!parsed.success) return fieldIssues(parsed.error);
  const { loras = [], image_url } = linked.parse(parsed.data);
  const issues = loras.flatMap(({ path }, index) =>
    isThere(files, path) ? [] : issue(["body", "loras", index, "path"], cannotDownload, "file_download_error"),
  );
  if (image_url !== undefined) issues.push(...objectionToSource(files, image_url));
  return issues.length > 0 ? issues : undefined;
}

const cannotDownload = "Failed to download the file";

const isThere = (files: FileStore, url: string): boolean => {
  const file = files.byUrl(url);
  return file !== undefined && !file.hidden && (file.content !== undefined || file.picture !== undefined);
};

function objectionToSource(files: FileStore, url: string): Json[] {
  const at = ["body", "image_url"];
  if (!isThere(files, url)) return [issue(at, cannotDownload, "file_download_error")];
  return files.headOf(url) ? [] : [issue(at, "Failed to load the image", "image_load_error")];
}

const linked = z.object({
  loras: z.array(z.object({ path: z.string() })).optional(),
  image_url: z.string().optional(),
});
