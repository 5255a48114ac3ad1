import { err, ok, type Result } from "neverthrow";
import type { ZodType } from "zod";
import type { VerifiedDelivery, WebhookEvent, WebhookMalformed } from "../ports/webhook-receiver.ts";

/**
 * Makes the `parse` of a `WebhookReceiver`: UTF-8 → JSON → the provider's schema → our event. `toEvent` returns
 * `undefined` for a body that it cannot map.
 *
 * @example
 * const parse = webhookParser(z.object({ request_id: z.string(), done: z.boolean() }), (body) =>
 *   body.done ? { type: "finished", requestId: body.request_id } : undefined);
 */
export function webhookParser<Body>(
  schema: ZodType<Body>,
  toEvent: (body: Body) => WebhookEvent | undefined,
): (delivery: VerifiedDelivery) => Result<WebhookEvent, WebhookMalformed> {
  return ({ body }) => {
    const json = decodeJson(body);
    if (json.isErr()) return err(json.error);
    const parsed = schema.safeParse(json.value);
    if (!parsed.success) return err(malformed(parsed.error.issues.map(describeIssue).join("; ")));
    const event = toEvent(parsed.data);
    return event ? ok(event) : err(malformed("no event in it"));
  };
}

function decodeJson(body: Uint8Array): Result<unknown, WebhookMalformed> {
  try {
    return ok(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
  } catch {
    return err(malformed("not JSON in UTF-8"));
  }
}

const malformed = (detail: string): WebhookMalformed => ({ type: "webhook-malformed", detail });

/** Names the field and the problem but not the value, because bodies hold file URLs. */
const describeIssue = (issue: { readonly path: readonly PropertyKey[]; readonly message: string }): string =>
  `${issue.path.map(String).join(".") || "body"}: ${issue.message}`;
