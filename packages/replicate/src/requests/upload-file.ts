import type { ProviderError } from "@likeness/core";
import { err, ok, type ResultAsync } from "neverthrow";
import { z } from "zod";
import type { ReplicateConnection } from "../http/connection.ts";
import { providerError } from "../http/failure.ts";

/** Longest upload, in seconds. */
const uploadSeconds = 600;

interface Upload {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly type: string;
}

/** Uploads a file to Replicate, which deletes it by itself, and returns its address. Costs nothing. */
export function uploadFile(
  { call }: ReplicateConnection,
  { bytes, name, type }: Upload,
): ResultAsync<string, ProviderError> {
  const form = new FormData();
  form.set("content", new Blob([new Uint8Array(bytes)], { type }), name);
  return call("/files", { method: "POST", form, seconds: uploadSeconds })
    .mapErr(providerError)
    .andThen((answer) => {
      const uploaded = file.safeParse(answer);
      return uploaded.success
        ? ok(uploaded.data.urls.get)
        : err({ type: "provider-unavailable", detail: "the answer cannot be read" } as const);
    });
}

const file = z.object({ urls: z.object({ get: z.string() }) });
