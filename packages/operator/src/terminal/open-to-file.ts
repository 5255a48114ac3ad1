import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { OpenedFile } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Problem } from "../problem-text.ts";
import { answer, failed, wrongly, type Answer } from "./answer.ts";
import { lines } from "./block.ts";

/**
 * Writes somebody's photo or picture into a new file that only this account may read. The file is made before anything
 * is opened, so that no entry says that somebody saw what could not be written.
 */
export async function openToFile(file: string, open: () => ResultAsync<OpenedFile, Problem>): Promise<Answer> {
  const output = createWriteStream(file, { flags: "wx", mode: 0o600 });
  const reason = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    output.once("open", () => resolve(undefined)).once("error", resolve);
  });
  if (reason)
    return wrongly(`${file} cannot be written: ${reasons[reason.code ?? ""] ?? reason.code ?? reason.message}`);
  const opened = await open();
  const written = await opened
    .match(
      async ({ contentType, bytes, stream }) => {
        await pipeline(Readable.fromWeb(stream as never), output);
        return answer([lines(`Written to ${file}: ${contentType}, ${bytes} bytes.`)], { file, contentType, bytes });
      },
      async (problem) => failed(problem),
    )
    .catch((cause: unknown) => failed({ type: "blob-failure", cause }));
  if (written.type === "problem") {
    output.destroy();
    await rm(file, { force: true });
  }
  return written;
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: "there is such a file, and it is not overwritten",
  ENOENT: "there is no such folder",
  EACCES: "this account may not write there",
  EISDIR: "it is a folder",
};
