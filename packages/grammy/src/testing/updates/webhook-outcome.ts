import type { WebhookAnswer } from "./webhook-schedule.ts";

/** The outcome of one attempt. */
export interface Outcome {
  readonly answer: WebhookAnswer;
  /** `undefined`: delivered. */
  readonly problem?: string;
  readonly retryAfter?: number;
  readonly reply?: { readonly method: string; readonly fields: Readonly<Record<string, unknown>> };
}

export async function readOutcome(response: Response): Promise<Outcome> {
  const text = await response.text();
  if (response.ok) return { answer: response.status, reply: replyIn(text) };
  return {
    answer: response.status,
    problem: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
    retryAfter: Number(response.headers.get("retry-after")) || 0,
  };
}

/** Methods that are not run from an answer to a webhook; neither are methods that get data. */
const notInReplies = ["setwebhook", "deletewebhook", "close", "logout"];

/** A call in the answer to a webhook. https://core.telegram.org/bots/api#making-requests-when-getting-updates */
function replyIn(text: string): Outcome["reply"] {
  if (!text.startsWith("{")) return undefined;
  try {
    const { method, ...fields } = JSON.parse(text) as Record<string, unknown>;
    if (typeof method !== "string") return undefined;
    const name = method.toLowerCase();
    return notInReplies.includes(name) || name.startsWith("get") ? undefined : { method, fields };
  } catch {
    return undefined;
  }
}
