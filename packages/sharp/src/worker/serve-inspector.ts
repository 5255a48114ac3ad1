import { parentPort } from "node:worker_threads";
import type { InspectorFailure, PhotoInspector, PhotoRejected } from "@likeness/core";
import type { Answer, Question } from "./judged.ts";

/** Inspects the photos that a `workerInspector` sends: all that the program of its worker has to call. */
export function serveInspector(inspector: PhotoInspector): void {
  if (!parentPort) throw new Error("serveInspector has to be called in a worker");
  const port = parentPort;
  const answer = async ({ id, bytes }: Question): Promise<void> => {
    const judged = await inspector.inspect(bytes);
    port.postMessage(
      judged.match(
        (photo): Answer => ({ id, photo }),
        (error): Answer => ({ id, error: plain(error) }),
      ),
    );
  };
  port.on("message", (question: Question) => void answer(question));
}

/** A cause may hold what cannot be sent. */
const plain = (error: PhotoRejected | InspectorFailure): PhotoRejected | InspectorFailure =>
  error.type === "inspector-failure"
    ? { ...error, cause: new Error(error.cause instanceof Error ? error.cause.message : String(error.cause)) }
    : error;
