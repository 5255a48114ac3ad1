import type { Language, PressAnswer, SendAs, TroubleStatus } from "../protocol.ts";
import { uploadLimits } from "../protocol.ts";

/** What the server answered, or a sentence for the person about what went wrong. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

export const say = (text: string) => post("/api/say", { text });
export const press = (messageId: number, data: string) => post<PressAnswer>("/api/press", { messageId, data });
export const block = (blocked: boolean) => post("/api/block", { blocked });
export const speak = (language: Language) => post("/api/language", { language });
export const makeTrouble = ({ name, bot }: Pick<TroubleStatus, "name" | "bot">, armed: boolean) =>
  post("/api/trouble", { name, bot, armed });
export const sendSampleAlbum = () => post("/api/sample-album", {});

/** Sends files one after another and then, as one message run, to the bot. */
export async function sendFiles(
  files: readonly File[],
  as: SendAs,
  onProgress: (sent: number) => void,
): Promise<Answer<unknown>> {
  const megabytes = uploadLimits.bytes / 1024 / 1024;
  if (files.length > uploadLimits.files) return trouble(`At most ${uploadLimits.files} files can be sent at once.`);
  const large = files.find(({ size }) => size > uploadLimits.bytes);
  if (large) return trouble(`${large.name} is larger than ${megabytes} MB.`);
  const uploads: string[] = [];
  for (const file of files) {
    onProgress(uploads.length);
    const address = `/api/uploads?name=${encodeURIComponent(file.name || "file")}`;
    const uploaded = await request<{ id: string }>(address, file, "application/octet-stream");
    if (!uploaded.ok) return trouble(`${file.name}: ${uploaded.problem}`);
    uploads.push(uploaded.value.id);
  }
  return post("/api/send", { uploads, as });
}

const post = <T = undefined>(path: string, body: unknown): Promise<Answer<T>> =>
  request<T>(path, JSON.stringify(body), "application/json");

async function request<T>(path: string, body: BodyInit, contentType: string): Promise<Answer<T>> {
  try {
    const response = await fetch(path, { method: "POST", body, headers: { "content-type": contentType } });
    const value = response.status === 204 ? undefined : await response.json();
    return response.ok ? { ok: true, value } : trouble(String(value?.error ?? response.statusText));
  } catch {
    return trouble("The studio does not answer. Does it still run in the terminal?");
  }
}

const trouble = (problem: string): Answer<never> => ({ ok: false, problem });
