import type { Language, PayAnswer, PressAnswer, SendAs, TroubleStatus } from "../protocol.ts";

/** The answer of the server, or a sentence for the person about the error. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly problem: string;
      /** Whether the server did not answer at all. */ readonly unreachable?: true;
    };

export const say = (text: string) => post("/api/say", { text });
export const press = (messageId: number, data: string) => post<PressAnswer>("/api/press", { messageId, data });
export const pay = (messageId: number, forwarded: boolean) => post<PayAnswer>("/api/pay", { messageId, forwarded });
export const refund = (messageId: number) => post<{ readonly refunded: boolean }>("/api/refund", { messageId });
export const block = (blocked: boolean) => post("/api/block", { blocked });
export const speak = (language: Language) => post("/api/language", { language });
export const makeTrouble = ({ name, bot }: Pick<TroubleStatus, "name" | "bot">, armed: boolean) =>
  post("/api/trouble", { name, bot, armed });
export const sendSampleAlbum = () => post("/api/sample-album", {});

/** Uploads a file to the server, to be sent later; resolves to its name there. */
export const offer = (name: string, bytes: Blob) =>
  request<{ id: string }>(`/api/uploads?name=${encodeURIComponent(name)}`, bytes, "application/octet-stream");
/** Sends uploaded files as one run of messages. */
export const send = (uploads: readonly string[], as: SendAs) => post("/api/send", { uploads, as });

const post = <T = undefined>(path: string, body: unknown): Promise<Answer<T>> =>
  request<T>(path, JSON.stringify(body), "application/json");

async function request<T>(path: string, body: BodyInit, contentType: string): Promise<Answer<T>> {
  try {
    const response = await fetch(path, { method: "POST", body, headers: { "content-type": contentType } });
    const value = response.status === 204 ? undefined : await response.json();
    return response.ok ? { ok: true, value } : { ok: false, problem: String(value?.error ?? response.statusText) };
  } catch {
    return { ok: false, unreachable: true, problem: "The studio does not answer. Does it still run in the terminal?" };
  }
}
