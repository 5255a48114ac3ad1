import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { orThrow, type BlobStore, type Training } from "@likeness/core";

/** Writes the weights of a finished training to a file, and returns its path. */
export async function saveModel(blobs: BlobStore, { state, snapshot }: Training, folder: string): Promise<void> {
  if (state.status === "failed") throw new Error(`The training failed (${state.reason}), so there is no model.`);
  if (state.status !== "succeeded") throw new Error("The training was cancelled, so there is no model.");
  const key = state.outcome.weights.blobKey;
  if (!key) throw new Error("The model was gone at the provider before it could be copied.");
  const file = `${folder}/${snapshot.trigger}.safetensors`;
  await pipeline(Readable.from(await orThrow(blobs.get(key))), createWriteStream(file, { mode: 0o600 }));
  const lines = ["The avatar is ready.", `  model   ${file}`, `  sha256  ${key}`, `  trigger ${snapshot.trigger}`];
  process.stdout.write(`${lines.join("\n")}\n`);
}
