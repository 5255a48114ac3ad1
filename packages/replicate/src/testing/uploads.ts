import { createHash, randomBytes } from "node:crypto";
import { addSeconds } from "@likeness/core";
import type { Timers } from "@likeness/fake-server/timers";
import { notFound, problem, tooLarge } from "./answers.ts";

interface Upload {
  readonly bytes: Uint8Array;
  readonly shown: Readonly<Record<string, unknown>>;
  readonly expiresAt: string;
}

/** Replicate's own limit. */
const mostBytes = 100 * 1024 * 1024;

const keptSeconds = 24 * 3600;

/** The files that were uploaded. */
export function uploads(time: Timers) {
  const all = new Map<string, Upload>();
  const find = (id: string): Upload | undefined => {
    const found = all.get(id);
    return found && found.expiresAt > time.now() ? found : undefined;
  };
  return {
    add: async (request: Request, origin: string): Promise<Response> => {
      if (Number(request.headers.get("content-length")) > mostBytes) return tooLarge();
      const content = await request.formData().then(
        (form) => form.get("content"),
        () => null,
      );
      if (!(content instanceof Blob)) return problem(422, "content: This field is required.");
      if (content.size > mostBytes) return tooLarge();
      const bytes = new Uint8Array(await content.arrayBuffer());
      const id = randomBytes(16).toString("base64url");
      const expiresAt = addSeconds(time.now(), keptSeconds);
      const shown = {
        id,
        content_type: content.type,
        size: content.size,
        checksums: { sha256: createHash("sha256").update(bytes).digest("hex") },
        metadata: {},
        created_at: time.now(),
        expires_at: expiresAt,
        urls: { get: `${origin}/v1/files/${id}` },
      };
      all.set(id, { bytes, shown, expiresAt });
      return Response.json(shown, { status: 201 });
    },
    show: (id: string): Response => {
      const found = find(id);
      return found ? Response.json(found.shown) : notFound();
    },
    delete: (id: string): Response => (all.delete(id) ? new Response(null, { status: 204 }) : notFound()),
    content: (id: string): Uint8Array | undefined => find(id)?.bytes,
  };
}
