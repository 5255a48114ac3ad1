import { offer, send, type Answer } from "../ask-server.ts";
import { uploadLimits, type SendAs } from "../../protocol.ts";
import { asPhoto } from "./as-photo.ts";

/** Why a file was not sent, after its name: `large.jpg is larger …`. */
type Reason = string;

/**
 * Sends files to the bot, in runs of as many as the server accepts at once. If a file cannot be sent, the others are
 * sent; the problem then names the omitted files and why.
 */
export async function sendFiles(
  files: readonly File[],
  as: SendAs,
  onProgress: (sent: number) => void,
): Promise<Answer<unknown>> {
  const leftOut: Reason[] = [];
  let sent = 0;
  for (let first = 0; first < files.length; first += uploadLimits.files) {
    const ids: string[] = [];
    for (const [index, file] of files.slice(first, first + uploadLimits.files).entries()) {
      onProgress(first + index);
      const prepared = await prepare(file, as);
      if (!prepared.ok) {
        leftOut.push(prepared.problem);
        continue;
      }
      const uploaded = await offer(file.name.replaceAll(/\p{Surrogate}/gu, "\uFFFD") || "file", prepared.value);
      // Without the server all further files would fail too.
      if (!uploaded.ok && uploaded.unreachable) return uploaded;
      if (uploaded.ok) ids.push(uploaded.value.id);
      else leftOut.push(`${file.name} was refused: ${uploaded.problem}`);
    }
    if (ids.length === 0) continue;
    const told = await send(ids, as);
    if (!told.ok) return told;
    sent += ids.length;
  }
  return leftOut.length === 0 ? { ok: true, value: undefined } : { ok: false, problem: report(leftOut, sent) };
}

async function prepare(file: File, as: SendAs): Promise<Answer<Blob>> {
  if (file.size === 0) return { ok: false, problem: `${file.name} is empty.` };
  if (file.size > uploadLimits.bytes)
    return { ok: false, problem: `${file.name} is larger than ${uploadLimits.bytes / 1024 / 1024} MB.` };
  try {
    // Rejects if the file was moved or deleted since it was chosen.
    await file.slice(0, 1).arrayBuffer();
    const photo = as === "photo" ? await asPhoto(file) : file;
    if (photo) return { ok: true, value: photo };
    return {
      ok: false,
      problem: `${file.name} is a HEIC picture. On a phone, Telegram turns it into a JPEG; this browser cannot. Save it as JPEG first.`,
    };
  } catch {
    return { ok: false, problem: `${file.name} cannot be read any more.` };
  }
}

const named = 3;

function report(leftOut: readonly Reason[], sent: number): string {
  const rest = leftOut.length - named;
  const more = rest > 0 ? ` ${rest} more could not be sent.` : "";
  const others = sent === 0 ? "" : sent === 1 ? " The other file was sent." : ` The other ${sent} files were sent.`;
  return `${leftOut.slice(0, named).join(" ")}${more}${others}`;
}
