import type { Worker } from "node:worker_threads";
import type { PhotoInspector } from "@likeness/core";
import { err, ok, ResultAsync } from "neverthrow";
import type { Answer, Judged, Question } from "./judged.ts";

type Ask = (bytes: Uint8Array) => Promise<Judged>;

/**
 * Inspects photos in a worker, whose program calls `serveInspector`: what the inspector computes in JavaScript, and the memory
 * that its pictures take, then keep nothing else waiting. The worker is started with the first photo, and again with the next
 * one after it has ended; photos that it had then are failures of the inspector. While it has none, it does not keep the
 * process alive.
 *
 * @example
 * import { Worker } from "node:worker_threads";
 * const inspector = workerInspector(() => new Worker(new URL("./inspect-photos.js", import.meta.url)));
 */
export function workerInspector(start: () => Worker): PhotoInspector {
  let current: Ask | undefined;
  const begin = (): Ask => {
    const ask = askIn(start(), () => {
      if (current === ask) current = undefined;
    });
    return ask;
  };
  return { inspect: (bytes) => new ResultAsync((current ??= begin())(bytes)) };
}

function askIn(worker: Worker, onEnd: () => void): Ask {
  const waiting = new Map<number, (judged: Judged) => void>();
  let asked = 0;
  const end = (cause: unknown): void => {
    onEnd();
    for (const resolve of waiting.values()) resolve(err({ type: "inspector-failure", cause }));
    waiting.clear();
  };
  worker.on("message", ({ id, ...judged }: Answer) => {
    waiting.get(id)?.("photo" in judged ? ok(judged.photo) : err(judged.error));
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
  worker.once("error", end);
  worker.once("exit", (code) => end(new Error(`the worker ended with exit code ${code}`)));
  return (bytes) =>
    new Promise((resolve) => {
      // Nothing is given away: the bytes are the caller's.
      const question: Question = { id: (asked += 1), bytes: alone(bytes) };
      waiting.set(question.id, resolve);
      worker.ref();
      worker.postMessage(question, []);
    });
}

/** With a part of a buffer, all of the buffer would be sent. */
const alone = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
