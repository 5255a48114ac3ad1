/** Orders pictures in a separate process and waits until their owners are told: Likeness, or the bare calls. */
import { barePictures } from "./bare-pictures.ts";
import { answerQuestions } from "./child.ts";
import type { DrawerOptions, DrawPictures } from "./draw-pictures.ts";
import { likenessPictures } from "./likeness-pictures.ts";

/** Answered with what was measured, or with nothing once it is open. */
export type DrawerQuestion = DrawerOptions | { readonly draw: number };

export interface Drawn {
  /** From the first press until the last owner was told. */
  readonly milliseconds: number;
  /** By how much the memory of the process grew, at its peak. */
  readonly extraMegabytes: number;
  /** By how much what is in use grew at its peak; absent in a process that cannot collect its garbage when it is told to. */
  readonly liveMegabytes?: number | undefined;
}

let draw: DrawPictures = async () => undefined;

async function openDrawer({ engine, ...options }: DrawerOptions): Promise<string> {
  draw = engine ? await likenessPictures(engine, options) : await barePictures(options.maker, options.folder);
  return "";
}

// Sampled, because the peak that the operating system reports includes that of the parent process.
async function measured(count: number): Promise<Drawn> {
  const live = peakOf(inUse, 500);
  const memory = peakOf(process.memoryUsage.rss, 5);
  const start = performance.now();
  await draw(count);
  const milliseconds = performance.now() - start;
  const [extraMegabytes, liveMegabytes] = [memory(), live()];
  return { milliseconds, extraMegabytes, ...(globalThis.gc && { liveMegabytes }) };
}

/** Bytes that are reachable: of the heap, and of buffers beside it. */
function inUse(): number {
  if (!globalThis.gc) return 0;
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Samples a number of bytes until it is asked by how many megabytes that grew at its peak. */
function peakOf(sample: () => number, everyMs: number): () => number {
  const before = sample();
  let peak = before;
  const sampling = setInterval(() => (peak = Math.max(peak, sample())), everyMs);
  return () => {
    clearInterval(sampling);
    return (peak - before) / 1_000_000;
  };
}

answerQuestions((question: DrawerQuestion) => ("draw" in question ? measured(question.draw) : openDrawer(question)));
