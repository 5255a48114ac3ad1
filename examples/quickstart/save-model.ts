import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { BlobStore, Training } from "@likeness/core";
import { orThrow } from "./or-throw.ts";

/** Writes the weights of a finished training to a file of their own, and says where. */
export async function saveModel(blobs: BlobStore, training: Training, folder: string): Promise<void> {
  const { state, snapshot } = training;
  if (state.status !== "succeeded" || !state.model.weights.blobKey) throw new Error("There is no model.");
  const key = state.model.weights.blobKey;
  const file = `${folder}/${snapshot.trigger}.safetensors`;
  await pipeline(Readable.from(orThrow(await blobs.get(key))), createWriteStream(file));
  const lines = ["The avatar is ready.", `  model   ${file}`, `  sha256  ${key}`, `  trigger ${snapshot.trigger}`];
  process.stdout.write(`${lines.join("\n")}\n`);
}
