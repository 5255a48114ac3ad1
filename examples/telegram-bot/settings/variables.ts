import { defaultPolicy } from "@likeness/core";
import { falHosts, falProfiles } from "@likeness/fal";
import { z } from "zod";
import {
  baseUrl,
  dollars,
  origin,
  pageUrl,
  seconds,
  secrets,
  starPackages,
  text,
  urls,
  userIds,
  webhookKey,
  whole,
} from "./kinds.ts";
import { falUserId } from "./fal-user-id.ts";
import { blobLocation, databaseLocation } from "./locations.ts";

const fal = falHosts();
/** Replicate's own. */
const replicateHosts = { api: "https://api.replicate.com" };
const price = whole(0, 1_000_000, " of credits");
const { photos } = falProfiles.portrait;

/** Every variable that is read, each with its default. docs/deployment.md shows them as a table. */
export const variables = z.object({
  TELEGRAM_BOT_TOKEN: text(/^\d+:[\w-]+$/, "a token as @BotFather gives it: digits, a colon, letters"),
  TELEGRAM_API_ROOT: baseUrl.prefault("https://api.telegram.org"),
  TELEGRAM_MODE: z.enum(["polling", "webhook"], "must be polling or webhook").default("polling"),
  TELEGRAM_WEBHOOK_SECRET: text(/^[\w-]{1,256}$/, "1 to 256 characters of A-Z, a-z, 0-9, _ and -").optional(),

  PROVIDER: z.enum(["fal", "replicate"], "must be fal or replicate").default("fal"),

  FAL_KEY: text(/^[\x21-\x7e]+$/, "a key of fal: printable, without spaces").optional(),
  FAL_USER_ID: falUserId.optional(),
  FAL_KEEP_PAYLOADS: z.enum(["true", "false"], "must be true or false").default("true"),
  FAL_QUEUE_URL: origin.prefault(fal.queue),
  FAL_REST_URL: origin.prefault(fal.rest),
  FAL_API_URL: origin.prefault(fal.api),
  FAL_JWKS_URL: urls.prefault(fal.keySets.join(",")),

  REPLICATE_API_TOKEN: text(/^[\x21-\x7e]+$/, "a token of Replicate: printable, without spaces").optional(),
  REPLICATE_DESTINATION: text(/^[\w-][\w.-]*\/[\w-][\w.-]*$/, "owner/name of a private model at Replicate").optional(),
  REPLICATE_API_URL: origin.prefault(replicateHosts.api),
  REPLICATE_FILES_URL: origin.optional(),

  PUBLIC_URL: baseUrl.optional(),
  WEBHOOK_SECRET: secrets.optional(),

  PRIVACY_URL: pageUrl.optional(),
  TERMS_URL: pageUrl.optional(),
  SUPPORT: text(/^[^\p{Cc}]{1,200}$/u, "1 to 200 characters on one line").optional(),
  CONSENT: z.enum(["ask", "elsewhere"], "must be ask or elsewhere").default("ask"),
  CONSENT_VERSION: text(/^[\w.-]{1,32}$/, "1 to 32 characters of A-Z, a-z, 0-9, _, . and -").prefault("1"),

  DATABASE_URL: databaseLocation.prefault("sqlite:./data/likeness.db"),
  BLOBS: blobLocation.prefault("disk:./data/blobs"),

  HOST: text(/^[\w.:-]+$/, "a host name or an IP address").prefault("127.0.0.1"),
  PORT: whole(0, 65_535).prefault("8080"),

  POLL_SECONDS: seconds.prefault(`${defaultPolicy.pollSeconds}`),
  POLL_MAX_SECONDS: seconds.prefault(`${defaultPolicy.pollMaxSeconds}`),
  SUBMIT_TIMEOUT_SECONDS: seconds.prefault(`${defaultPolicy.submitTimeoutSeconds}`),
  SWEEP_SECONDS: seconds.prefault(`${defaultPolicy.sweepSeconds}`),
  REQUEST_DEADLINE_SECONDS: seconds.prefault(`${defaultPolicy.requestDeadlineSeconds}`),
  UNKNOWN_DEADLINE_SECONDS: seconds.prefault(`${defaultPolicy.unknownDeadlineSeconds}`),
  TRAINING_DEADLINE_SECONDS: seconds.prefault(`${defaultPolicy.trainingDeadlineSeconds}`),
  FIRST_LOOK: z.enum(["true", "false"], "must be true or false").default("true"),
  IMAGE_POLL_SECONDS: seconds.prefault(`${defaultPolicy.imagePollSeconds}`),
  IMAGE_DEADLINE_SECONDS: seconds.prefault(`${defaultPolicy.imageDeadlineSeconds}`),
  COPY_WAIT_SECONDS: seconds.prefault(`${defaultPolicy.copyWaitSeconds}`),
  COPY_DEADLINE_SECONDS: seconds.prefault(`${defaultPolicy.copyDeadlineSeconds}`),
  ERASURE_DEADLINE_SECONDS: seconds.prefault(`${defaultPolicy.erasureDeadlineSeconds}`),
  GUARD_SECONDS: seconds.prefault(`${defaultPolicy.guardSeconds}`),
  DELIVERY_DEADLINE_SECONDS: seconds.prefault(`${defaultPolicy.deliveryDeadlineSeconds}`),
  NOTIFY_ATTEMPT_SECONDS: seconds.prefault(`${defaultPolicy.notifyAttemptSeconds}`),
  NOTIFY_DEADLINE_SECONDS: seconds.prefault(`${defaultPolicy.notifyDeadlineSeconds}`),
  PHOTO_DEADLINE_SECONDS: seconds.prefault(`${defaultPolicy.photoDeadlineSeconds}`),

  PHOTO_RETENTION_DAYS: whole(0, 3_650, " of days").prefault(`${defaultPolicy.photoRetentionSeconds / 86_400}`),
  OWNER_RETENTION_DAYS: whole(0, 3_650, " of days").prefault(`${defaultPolicy.ownerRetentionSeconds / 86_400}`),

  AVATARS_PER_OWNER: whole(1, 1_000).prefault(`${defaultPolicy.avatarsPerOwner}`),

  CREDITS: z.enum(["free", "ledger"], "must be free or ledger").default("free"),
  PRICE_TRAINING: price.optional(),
  PRICE_IMAGE: price.optional(),
  PRICE_UPSCALE: price.optional(),

  STAR_PACKAGES: starPackages.optional(),
  STARS_RECONCILE_SECONDS: seconds.prefault("86400"),

  MAX_PARALLEL_ORDERS: whole(1, 100).prefault(`${defaultPolicy.maxParallelOrders}`),
  MAX_ORDERS_PER_DAY: whole(1, 10_000).prefault(`${defaultPolicy.maxOrdersPerDay}`),

  ALLOWED_USERS: userIds.optional(),
  DAILY_SPEND_CAP: dollars.optional(),
  PAID_WORK: z.enum(["on", "off"], "must be on or off").default("on"),

  OPERATORS: userIds.optional(),
  OPERATOR_TOKEN: text(
    /^[\x21-\x7e]{32,256}$/,
    "a secret of 32 to 256 printable characters without spaces, e.g. of openssl rand -hex 32",
  ).optional(),
  OPERATOR_READ_ONLY: z.enum(["true", "false"], "must be true or false").default("false"),
  ALARM_WEBHOOK_URL: pageUrl.optional(),
  ALARM_WEBHOOK_SECRET: webhookKey.optional(),

  PHOTOS_MIN: whole(1, 50).prefault(`${photos.minimum}`),
  PHOTOS_MAX: whole(1, 50).prefault(`${photos.maximum}`),

  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "must be trace, debug, info, warn, error, fatal or silent",
    })
    .default("info"),
});

export type Variable = keyof typeof variables.shape;

/** The parsed variables, before the rules are checked. */
export type Values = z.infer<typeof variables>;
