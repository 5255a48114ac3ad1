import { ResultAsync } from "neverthrow";
import type { FileTooLarge, ProviderUnavailable } from "../ports/provider.ts";
import { sizeCheck, type FileCheck } from "./file-check.ts";
import type { OutcomeFile } from "./outcome.ts";

/** The bytes fail the file's check. Another download may return other bytes. */
export interface WrongContent {
  readonly type: "wrong-content";
  readonly detail: string;
}

export type BadDownload = WrongContent | FileTooLarge | ProviderUnavailable;

export interface CheckedFile {
  /** The same bytes; the stream ends with an error as soon as the check fails. */
  readonly stream: ReadableStream<Uint8Array>;
  /** Why the stream ended with an error. */
  problem(): BadDownload | undefined;
}

/** Checks a file of an outcome while it is streamed, so that it is not held in memory. */
export function checkedFile(
  source: ReadableStream<Uint8Array>,
  { bytes }: OutcomeFile,
  content: readonly FileCheck[],
): CheckedFile {
  const checks = bytes === undefined ? content : [sizeCheck(bytes), ...content];
  const reader = source.getReader();
  let problem: BadDownload | undefined;

  const fail = (controller: ReadableStreamDefaultController<Uint8Array>, found: BadDownload): void => {
    problem = found;
    controller.error(new Error(found.type));
  };

  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const read = await ResultAsync.fromPromise(reader.read(), brokenOff);
    if (read.isErr()) return fail(controller, read.error);
    const { value: chunk } = read.value;
    const detail = firstOf(checks, (check) => (chunk ? check.push(chunk) : check.end()));
    if (detail !== undefined) {
      fail(controller, { type: "wrong-content", detail });
      // Errors of cancelling the rest are ignored: the check has failed already.
      await reader.cancel().catch(() => undefined);
    } else if (chunk) controller.enqueue(chunk);
    else controller.close();
  };

  const stream = new ReadableStream({ pull, cancel: (reason) => reader.cancel(reason) }, { highWaterMark: 0 });
  return { stream, problem: () => problem };
}

const firstOf = (checks: readonly FileCheck[], look: (check: FileCheck) => string | undefined): string | undefined => {
  for (const check of checks) {
    const found = look(check);
    if (found !== undefined) return found;
  }
  return undefined;
};

const brokenOff = (thrown: unknown): BadDownload =>
  isTooLarge(thrown)
    ? { type: "file-too-large", maximum: thrown.maximum }
    : { type: "provider-unavailable", detail: "the download broke off" };

const isTooLarge = (thrown: unknown): thrown is FileTooLarge =>
  typeof thrown === "object" && thrown !== null && "type" in thrown && thrown.type === "file-too-large";
