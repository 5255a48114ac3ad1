import { err, ok, type Result } from "neverthrow";

/** Why a form was not read. */
export interface FormRefused {
  readonly type: "form-too-large" | "form-unreadable" | "not-a-form";
}

/** The longest form holds an id of 1,000 characters, each of up to 9 when encoded, and a token. */
const mostBytes = 16_384;

/** Reads a form as browsers encode it, and stops reading when it is too long. */
export async function readForm({ headers, body }: Request): Promise<Result<URLSearchParams, FormRefused>> {
  const [type = ""] = (headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") return err({ type: "not-a-form" });
  if (Number(headers.get("content-length")) > mostBytes) return err({ type: "form-too-large" });
  const bytes = await readUpTo(mostBytes, body);
  return bytes.map((read) => new URLSearchParams(new TextDecoder().decode(read)));
}

async function readUpTo(
  limit: number,
  body: ReadableStream<Uint8Array> | null,
): Promise<Result<Uint8Array, FormRefused>> {
  const read = new Uint8Array(limit);
  let length = 0;
  const reader = body?.getReader();
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      if (length + next.value.byteLength > limit) return err({ type: "form-too-large" });
      read.set(next.value, length);
      length += next.value.byteLength;
    }
    return ok(read.subarray(0, length));
  } catch {
    return err({ type: "form-unreadable" });
  } finally {
    // Not awaited: a stream whose sender does not end it may never be cancelled.
    void reader?.cancel().catch(() => undefined);
  }
}
