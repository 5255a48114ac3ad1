import type { FileHandle } from "node:fs/promises";
import { openFile } from "./plain-files.ts";

const chunkBytes = 256 * 1024;

/** Opens the file at once, so that a blob deleted meanwhile is still read to its end. Reads only on demand. */
export async function readBlob(root: string, path: string): Promise<ReadableStream<Uint8Array>> {
  const file = await openFile(root, path);
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const chunk = await nextChunk(file);
        if (chunk) return controller.enqueue(chunk);
        await file.close();
        controller.close();
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  );
}

async function nextChunk(file: FileHandle): Promise<Uint8Array | undefined> {
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(chunkBytes));
    return bytesRead > 0 ? buffer.subarray(0, bytesRead) : undefined;
  } catch (error) {
    await file.close();
    throw error;
  }
}
