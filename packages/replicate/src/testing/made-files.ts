import { buffer } from "node:stream/consumers";
import { crc32, deflateSync } from "node:zlib";
import { pack } from "tar-stream";

/** What a training yields: a tar with one small LoRA and the files around it, as the trainers write them. */
export async function weightsTar(seed: number): Promise<Uint8Array> {
  const tar = pack();
  tar.entry({ name: "output/flux_train_replicate/config.yaml" }, "job: extension\n");
  tar.entry({ name: "output/flux_train_replicate/lora.safetensors" }, safetensors(seed));
  tar.entry({ name: "output/flux_train_replicate/captions/photo_001.txt" }, "a photo of a person\n");
  tar.finalize();
  return new Uint8Array(await buffer(tar));
}

/** One tensor with two numbers. */
function safetensors(seed: number): Uint8Array {
  const tensor = { dtype: "F32", shape: [2], data_offsets: [0, 8] };
  const header = Buffer.from(JSON.stringify({ "lora_A.weight": tensor }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const data = Buffer.alloc(8);
  data.writeFloatLE(seed % 1000, 0);
  return Buffer.concat([length, header, data]);
}

/** Pixels of each shape, as the official model makes them for one megapixel. */
const sizes: Readonly<Record<string, readonly [number, number] | undefined>> = {
  "1:1": [1024, 1024],
  "4:5": [896, 1088],
  "3:4": [896, 1152],
  "2:3": [832, 1216],
  "9:16": [768, 1344],
  "4:3": [1152, 896],
  "3:2": [1216, 832],
  "16:9": [1344, 768],
};

/** A picture whose colours follow from its seed. */
export const picture = (ratio: string, seed: number): Uint8Array =>
  drawn(ratio, (row, y) => {
    for (let x = 0, at = 1; at < row.length; x++, at += 3) {
      row[at] = x + seed;
      row[at + 1] = y + (seed >> 8);
      row[at + 2] = (x ^ y) + (seed >> 16);
    }
  });

export const blackPicture = (ratio: string): Uint8Array => drawn(ratio, () => undefined);

/** `paint` colours a line of pixels, each of three bytes, behind the byte of its filter. */
function drawn(ratio: string, paint: (row: Buffer, y: number) => void): Uint8Array {
  const [width, height] = sizes[ratio] ?? [1024, 1024];
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + 3 * width);
    paint(row, y);
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.concat(rows), { level: 1 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name: string, data: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}
