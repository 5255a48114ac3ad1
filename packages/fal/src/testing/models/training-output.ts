import { createHash } from "node:crypto";
import type { Json } from "@likeness/core";
import type { Trainer } from "./endpoints.ts";
import type { Publish } from "../storage/file-store.ts";
import type { QueueEntry } from "../queue/queue-entry.ts";

const tensorBytes = 1024;

/** "Trains": puts a LoRA and its configuration on the CDN and returns the trainer's output. Equal input, equal bytes. */
export function trainingOutput({ input, origins }: QueueEntry, trainer: Trainer, put: Publish): Json {
  const publish = (name: string, bytes: Uint8Array<ArrayBuffer>): Json => {
    const contentType = "application/octet-stream";
    const { path } = put({ name, contentType }, bytes);
    return { url: `${origins.files}${path}`, content_type: contentType, file_name: name, file_size: bytes.byteLength };
  };
  const config = JSON.stringify(input, null, 2);
  return {
    [trainer.weightsField]: publish("pytorch_lora_weights.safetensors", safetensors(config)),
    config_file: publish("config.json", new TextEncoder().encode(config)),
  };
}

/**
 * A valid file with one small tensor that depends on the seed: length of the header, header, data.
 * https://huggingface.co/docs/safetensors/index#format
 */
function safetensors(seed: string): Uint8Array<ArrayBuffer> {
  const header = JSON.stringify({
    __metadata__: { format: "pt" },
    "transformer.lora_A.weight": { dtype: "U8", shape: [tensorBytes], data_offsets: [0, tensorBytes] },
  });
  const aligned = header.padEnd(Math.ceil(header.length / 8) * 8);
  const file = new Uint8Array(8 + aligned.length + tensorBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(aligned.length), true);
  file.set(new TextEncoder().encode(aligned), 8);
  const pattern = createHash("sha256").update(seed).digest();
  for (let at = 0; at < tensorBytes; at += pattern.length) file.set(pattern, 8 + aligned.length + at);
  return file;
}
