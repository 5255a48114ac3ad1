import type { Json, JsonObject } from "@likeness/core";
import { issue } from "../wire/call.ts";
import type { Endpoint } from "./endpoints.ts";
import { objectionToPicture } from "./objection-to-picture.ts";
import type { FileStore } from "../storage/file-store.ts";

/**
 * Validates the input as the model does, and returns the `detail` of its 422, or `undefined`. The queue accepts any
 * input, and the job fails with this error. Types are those of https://fal.ai/docs/errors
 */
export function objectionTo(input: JsonObject, endpoint: Endpoint, files: FileStore): Json | undefined {
  if (endpoint.kind === "generator") return objectionToPicture(input, endpoint, files);
  const steps = objectionToSteps(input, endpoint);
  if (steps) return [steps];
  const field = endpoint.archiveField;
  const url = input[field];
  if (url === undefined) return [issue(["body", field], "Field required", "missing")];
  if (typeof url !== "string") return [issue(["body", field], "Input should be a valid string", "string_type")];
  const objection = objectionToArchive(url, input, files);
  return objection && [issue(["body", field], ...objection)];
}

/** The number of steps a job runs. */
export function stepsOf(input: JsonObject, { kind, steps }: Endpoint): number {
  const wanted = kind === "generator" ? input.num_inference_steps : input.steps;
  return typeof wanted === "number" && wanted > 0 ? Math.floor(wanted) : steps.usual;
}

function objectionToSteps({ steps }: JsonObject, { steps: range }: Endpoint): Json | undefined {
  if (steps === undefined) return undefined;
  const at = ["body", "steps"];
  if (!Number.isInteger(steps)) return issue(at, "Input should be a valid integer", "int_type");
  if (Number(steps) < range.least)
    return issue(at, `Input should be greater than or equal to ${range.least}`, "greater_than_equal");
  if (Number(steps) > range.most)
    return issue(at, `Input should be less than or equal to ${range.most}`, "less_than_equal");
  return undefined;
}

/** Only files uploaded to this fake can be read, because it fetches nothing from the network. */
function objectionToArchive(
  url: string,
  input: JsonObject,
  files: FileStore,
): [message: string, type: string] | undefined {
  const archive = files.byUrl(url)?.archive;
  if (!archive) return ["Failed to download the file", "file_download_error"];
  const namedZip = new URL(url).pathname.endsWith(".zip") || input.data_archive_format === "zip";
  if (archive === "no zip" || !namedZip) return ["The file is not a valid zip archive", "value_error"];
  return archive.images > 0 ? undefined : ["No images found in the archive", "value_error"];
}
