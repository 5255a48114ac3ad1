import { createHash, verify as verifySignature, type KeyObject } from "node:crypto";
import {
  found,
  sealDelivery,
  silentLog,
  webhookParser,
  type Check,
  type Delivery,
  type KeysUnavailable,
  type Log,
  type Profile,
  type Recipes,
  type VerifiedDelivery,
  type WebhookReceiver,
  type WebhookRejected,
  type WebhookEvent,
} from "@likeness/core";
import { err, errAsync, ok, type Result, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { falProfiles } from "../profiles/fal-profiles.ts";
import { trainerFields, type TrainerFields } from "../profiles/trainer-fields.ts";
import type { FalKeySet } from "./fal-key-set.ts";
import { answerDetail } from "../http/answer-detail.ts";
import { plainDetail } from "../http/plain-detail.ts";
import { readModel, type ModelFields } from "../outcomes/read-model.ts";
import { readPicture, type PictureFields } from "../outcomes/read-picture.ts";
import { falRecipes } from "../recipes/fal-recipes.ts";
import { failedEvent } from "../requests/failed-event.ts";
import { progressEvent, queueStatus } from "../requests/request-status.ts";

export interface FalWebhooksOptions {
  /**
   * Our account id at fal, which signs the webhooks of all its customers with the same keys. Absent: the core learns it
   * from the first webhook that names a request of ours.
   */
  readonly userId?: string | undefined;
  readonly keys: FalKeySet;
  /** The profiles in use, if they name other result fields than fal's usual ones. */
  readonly profiles?: Readonly<Record<string, Profile | TrainerFields>> | undefined;
  /** The same for the recipes in use. */
  readonly recipes?: Recipes | undefined;
  /** Gets what an operator should know. Default: nothing is logged. */
  readonly log?: Log | undefined;
}

/** The headers that fal signs with (https://docs.fal.ai/model-endpoints/webhooks). */
const signatureHeaders = [
  "x-fal-webhook-request-id",
  "x-fal-webhook-user-id",
  "x-fal-webhook-timestamp",
  "x-fal-webhook-signature",
] as const;

/** Maximum age of a webhook, and how far fal's clock may be ahead. */
const toleranceSeconds = 300;

/** Verifies and reads the webhooks that fal sends about our requests. */
export function falWebhooks(options: FalWebhooksOptions): WebhookReceiver {
  const { userId, keys, profiles = falProfiles, recipes = falRecipes, log = silentLog } = options;
  if (userId === "") throw new Error("the fal user id must not be empty: it keeps other customers' webhooks out");
  return {
    source: "fal",
    headers: signatureHeaders,
    ...(userId === undefined && { accountOf: ({ headers }) => headers["x-fal-webhook-user-id"] ?? "" }),
    checks: () => [keySetCheck(keys), ...(userId === undefined ? [] : [givenAccount(userId)])],
    requestId: ({ headers }) => headers["x-fal-webhook-request-id"] || undefined,
    verify: (delivery) => verify(delivery, userId, keys),
    parse: webhookParser(
      webhookBody,
      webhookEvent(Object.values(profiles).map(trainerFields), Object.values(recipes), log),
    ),
  };
}

function verify(
  delivery: Delivery,
  userId: string | undefined,
  keys: FalKeySet,
): ResultAsync<VerifiedDelivery, WebhookRejected | KeysUnavailable> {
  const signed = signedHeaders(delivery);
  if (!signed) return errAsync(rejected("signature-missing"));
  if (!isFresh(signed, delivery)) return errAsync(rejected("signature-stale"));
  if (userId !== undefined && signed.userId !== userId) return errAsync(rejected("foreign-account"));
  if (!isHexSignature(signed)) return errAsync(rejected("signature-invalid"));
  return keys
    .accepts((key) => isSignedBy(key, signed, delivery.body))
    .andThen((accepted) => (accepted ? seal(delivery, signed) : err(rejected("signature-invalid"))));
}

const keySetCheck = (keys: FalKeySet): Check => ({
  name: "fal webhook keys",
  look: async () =>
    (await keys.accepts(() => false)).match(
      () => [found.ok("the keys that sign webhooks can be fetched")],
      ({ detail }) => [
        found.warning(
          `the keys that sign webhooks cannot be fetched: ${detail}`,
          "let this machine reach rest.fal.ai; until then results come by polling",
        ),
      ],
    ),
});

const givenAccount = (userId: string): Check => ({
  name: "fal account",
  look: async () => [found.ok(`webhooks are taken for ${userId}, as this host has named it`)],
});

const rejected = (reason: WebhookRejected["reason"]): WebhookRejected => ({ type: "webhook-rejected", reason });

function isFresh({ timestamp }: SignedHeaders, { receivedAt }: Delivery): boolean {
  const received = Math.floor(Date.parse(receivedAt) / 1000);
  return /^\d{1,12}$/.test(timestamp) && Math.abs(received - Number(timestamp)) <= toleranceSeconds;
}

interface SignedHeaders {
  readonly requestId: string;
  readonly userId: string;
  /** Seconds since the Unix epoch, as text: the signature covers the text. */
  readonly timestamp: string;
  /** Hex. */
  readonly signature: string;
}

/** The four headers; undefined when one is missing. */
function signedHeaders({ headers }: Delivery): SignedHeaders | undefined {
  const [requestId, userId, timestamp, signature] = signatureHeaders.map((name) => headers[name]);
  return requestId && userId && timestamp && signature ? { requestId, userId, timestamp, signature } : undefined;
}

/** 64 bytes in hex. Checked, because Node's decoder silently truncates bad input. */
const isHexSignature = ({ signature }: SignedHeaders): boolean => /^[0-9a-f]{128}$/i.test(signature);

/** Ed25519 over request id, user id, timestamp and the hex SHA-256 of the raw body, one per line, none at the end. */
function isSignedBy(key: KeyObject, signed: SignedHeaders, body: Uint8Array): boolean {
  const { requestId, userId, timestamp, signature } = signed;
  const digest = createHash("sha256").update(body).digest("hex");
  const message = Buffer.from([requestId, userId, timestamp, digest].join("\n"), "utf8");
  return verifySignature(null, message, key, Buffer.from(signature, "hex"));
}

/**
 * The signature covers the header's request id and the body, but does not prove that they belong together, so the ids
 * are compared. After a retry by fal the body holds two ids, and fal does not say which is in the header; `request_id`
 * is the queue's.
 */
function seal(delivery: Delivery, { requestId }: SignedHeaders): Result<VerifiedDelivery, WebhookRejected> {
  const { request_id, gateway_request_id } = bodyIds(delivery.body);
  const named = [request_id, gateway_request_id].filter((id) => id != null);
  if (named.length > 0 && !named.includes(requestId)) return err(rejected("request-mismatch"));
  return ok(sealDelivery(delivery, request_id ?? requestId));
}

/** The ids in the body; none if it cannot be read, which `parse` reports. */
function bodyIds(body: Uint8Array): z.infer<typeof ids> {
  try {
    return ids.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return {};
  }
}

const ids = z.object({ request_id: z.string().nullish(), gateway_request_id: z.string().nullish() });

/** The result fields of fal's trainers that hold files; a webhook does not say which trainer it is from. */
const commonFields: readonly ModelFields[] = [
  { weightsField: "diffusers_lora_file", configField: "config_file" },
  { weightsField: "lora_file", configField: "config_file" },
];

/** Maps a webhook to our event; undefined when it reports a success without a model or a picture. */
const webhookEvent =
  (profiles: readonly TrainerFields[], recipes: readonly PictureFields[], log: Log) =>
  (body: WebhookBody): WebhookEvent | undefined => {
    const requestId = body.request_id;
    switch (body.status) {
      case "OK": {
        // fal could not include the result in the webhook, so it has to be fetched.
        if (body.payload == null) return { type: "finished", requestId };
        const { payload } = body;
        const model = [...profiles, ...commonFields].map((fields) => readModel(payload, fields)).find(Boolean);
        if (model) return { type: "succeeded", requestId, outcome: model };
        const read = readPicture(payload, recipes);
        if (read?.isUnflagged) log.error({ requestId }, "fal did not say whether a picture is safe");
        return read && { type: "succeeded", requestId, outcome: read.outcome };
      }
      case "ERROR": {
        const archiveFields = profiles.map(({ archiveField }) => archiveField);
        return failedEvent({ requestId, detail: failureDetail(body), body: body.payload, archiveFields }, log);
      }
      default:
        return progressEvent(requestId, body);
    }
  };

function failureDetail({ payload, error }: z.infer<typeof outcome>): string {
  const said = typeof error === "string" ? plainDetail(error) : "";
  return answerDetail(payload) ?? (said || "the request failed");
}

const requestIds = { request_id: z.string().min(1) };

const outcome = z.object({
  ...requestIds,
  status: z.enum(["OK", "ERROR"]),
  payload: z.unknown().optional(),
  error: z.unknown().optional(),
});

/** fal sends outcomes only; a relay or a test may send the queue's status too. */
const progress = queueStatus.extend({ ...requestIds, status: z.enum(["IN_QUEUE", "IN_PROGRESS"]) });

const webhookBody = z.discriminatedUnion("status", [outcome, progress]);

type WebhookBody = z.infer<typeof webhookBody>;
