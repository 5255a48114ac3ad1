import {
  found,
  sealDelivery,
  webhookParser,
  type Check,
  type Delivery,
  type WebhookEvent,
  type WebhookReceiver,
} from "@likeness/core";
import { err, errAsync, ok } from "neverthrow";
import { replicateHosts, type ReplicateHostOverrides, type ReplicateHosts } from "../http/hosts.ts";
import { eventOf, run, type Run } from "../requests/run.ts";
import type { ReplicateSecrets } from "./replicate-secrets.ts";
import { isSignedWith, readSigned, rejected, standardHeaders } from "./standard-signature.ts";

export interface ReplicateWebhooksOptions {
  /** `fetchedSecret` or `givenSecrets`. */
  readonly secrets: ReplicateSecrets;
  /** The same overrides as for `replicateProvider`. */
  readonly hosts?: ReplicateHostOverrides | undefined;
}

/** A body has the whole log of a training. */
const maxBytes = 8 * 1024 * 1024;

/**
 * Verifies and reads the webhooks that Replicate sends about our requests. The signature proves the account; that a
 * delivery is about our order is proved by the token in its address.
 */
export function replicateWebhooks({ secrets, hosts: overrides }: ReplicateWebhooksOptions): WebhookReceiver {
  const hosts = replicateHosts(overrides);
  return {
    source: "replicate",
    headers: standardHeaders,
    maxBytes,
    requestId,
    checks: () => [secretCheck(secrets)],
    verify: (delivery) => {
      const signed = readSigned(delivery);
      if (signed.isErr()) return errAsync(signed.error);
      return secrets
        .accepts((key) => isSignedWith(key, signed.value, delivery.body))
        .andThen((accepted) =>
          accepted ? ok(sealDelivery(delivery, requestId(delivery) ?? "")) : err(rejected("signature-invalid")),
        );
    },
    parse: webhookParser(run, webhookEvent(hosts)),
  };
}

const secretCheck = (secrets: ReplicateSecrets): Check => ({
  name: "replicate webhook secret",
  look: async () =>
    (await secrets.accepts(() => false)).match(
      () => [found.ok("the secret that signs webhooks is known")],
      ({ detail }) => [
        found.warning(
          `the secret that signs webhooks cannot be had: ${detail}`,
          "let this machine reach api.replicate.com; until then results come by polling",
        ),
      ],
    ),
});

/** A success without its result: it was removed, or sent again late. A look tells. */
const webhookEvent =
  (hosts: ReplicateHosts) =>
  (seen: Run): WebhookEvent | undefined =>
    eventOf(hosts, seen) ?? { type: "finished", requestId: seen.id };

/** The id in the body; no header names it. */
function requestId({ body }: Delivery): string | undefined {
  try {
    return run.shape.id.parse(JSON.parse(new TextDecoder().decode(body)).id);
  } catch {
    return undefined;
  }
}
