import { crc32, deflateSync } from "node:zlib";
import type { Canvas } from "./canvas.ts";

/** A PNG without a filter, packed quickly rather than well. */
export function encodePng({ width, height, planes: [luma, blue, red] }: Canvas): Uint8Array<ArrayBuffer> {
  const rows = new Uint8ClampedArray(height * (1 + 3 * width));
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    rows[to++] = 0;
    for (let x = 0; x < width; x++, from++) {
      const [light, b, r] = [luma[from] ?? 0, (blue[from] ?? 0) - 128, (red[from] ?? 0) - 128];
      rows[to++] = light + 1.402 * r;
      rows[to++] = light - 0.344136 * b - 0.714136 * r;
      rows[to++] = light + 1.772 * b;
    }
  }
  return pngOf(width, height, 2, deflateSync(rows, { level: 1 }));
}

/** The header of a huge picture with hardly any pixels: whoever decodes it without a look needs memory for all. */
export const pngBomb = (side: number): Uint8Array<ArrayBuffer> => pngOf(side, side, 6, deflateSync(Buffer.alloc(1024)));

function pngOf(width: number, height: number, colourType: number, pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType], 8);
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return new Uint8Array(
    Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]),
  );
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, check]);
}
