import { resolve } from "node:path";
import { defaultConsent, type ConsentPolicy, type Guards, type PhotoLimits, type Policy } from "@likeness/core";
import type { FalHosts } from "@likeness/fal";
import type { ReplicateHosts } from "@likeness/replicate";
import type { AvatarChatOptions, StarPackage } from "@likeness/grammy";
import type { CreditPrices } from "@likeness/kysely";
import type { BlobLocation, DatabaseLocation } from "./locations.ts";
import type { Values } from "./variables.ts";

/** How the bot gets Telegram's updates. */
export type UpdateMode =
  | { readonly type: "polling" }
  /** `url`: the URL at which Telegram reaches this process. */
  | { readonly type: "webhook"; readonly url: string; readonly secretToken: string };

/** The address that the provider reports to. */
interface Reports {
  readonly publicUrl: string;
  readonly secrets: readonly string[];
}

export interface FalSettings {
  readonly name: "fal";
  readonly key: string;
  readonly hosts: FalHosts;
  readonly keepsPayloads: boolean;
  /** `userId`: the account whose webhooks are accepted; absent: it is learned from the first one. */
  readonly reports?: (Reports & { readonly userId?: string | undefined }) | undefined;
}

export interface ReplicateSettings {
  readonly name: "replicate";
  readonly token: string;
  readonly destination: string;
  readonly hosts: ReplicateHosts;
  readonly reports?: Reports | undefined;
}

export interface ShopSettings {
  /** Empty: nothing is sold at present. */
  readonly packages: readonly StarPackage[];
  readonly terms?: string | undefined;
  readonly support: string;
  readonly reconcileSeconds: number;
}

/** The settings as the program uses them: settings that belong together are all present or all absent. */
export interface Settings {
  readonly telegram: { readonly token: string; readonly apiRoot: string; readonly mode: UpdateMode };
  /** Who trains and draws. */
  readonly provider: FalSettings | ReplicateSettings;
  /** The other one, where its key is set too: what was ordered there goes on there. */
  readonly formerProvider?: FalSettings | ReplicateSettings | undefined;
  readonly database: DatabaseLocation;
  readonly blobs: BlobLocation;
  /** `prefix`: the path of the public URL, which a proxy may not have removed. */
  readonly http: { readonly host: string; readonly port: number; readonly prefix: string };
  readonly policy: Partial<Policy>;
  /** What a person confirms before their first photo. */
  readonly consent: ConsentPolicy;
  /** What the bot says about the deployment. */
  readonly about: NonNullable<AvatarChatOptions["about"]>;
  /** What orders cost their owners, in credits; absent: nothing. */
  readonly prices?: CreditPrices | undefined;
  /** Who may use the bot, and what it may spend. */
  readonly guards: Guards;
  /** Who is told about alarms, beside the log and the operators. */
  readonly alarmWebhook?: { readonly url: string; readonly secret: string } | undefined;
  /** Whether the first pictures of an avatar are made when its training ends. */
  readonly firstLook: boolean;
  /** What is sold for Telegram Stars, and who answers for what was; absent: there is no ledger. */
  readonly shop?: ShopSettings | undefined;
  /** Telegram users who are operators in the chat. */
  readonly operators: readonly number[];
  /** The operator's page. Absent: there is none. `origin`: where browsers see it, if the process has a public address. */
  readonly operator?:
    { readonly token: string; readonly readOnly: boolean; readonly origin?: string | undefined } | undefined;
  readonly photos: PhotoLimits;
  readonly logLevel: Values["LOG_LEVEL"];
  /** The values that must never be logged. */
  readonly secrets: readonly string[];
}

/** Path of Telegram's webhook below the public URL. */
export const updatePath = "/telegram/update";

/** Relative paths start at `here`; `more`: secrets that libraries read from the environment. */
export const settingsOf = (values: Values, here: string, more: readonly string[]): Settings => ({
  telegram: { token: values.TELEGRAM_BOT_TOKEN, apiRoot: values.TELEGRAM_API_ROOT, mode: modeOf(values) },
  provider: values.PROVIDER === "fal" ? falOf(values) : replicateOf(values),
  formerProvider: formerOf(values),
  database: databaseOf(values, here),
  blobs: blobsOf(values, here),
  http: { host: values.HOST, port: values.PORT, prefix: values.PUBLIC_URL ? pathOf(values.PUBLIC_URL) : "" },
  policy: {
    pollSeconds: values.POLL_SECONDS,
    pollMaxSeconds: values.POLL_MAX_SECONDS,
    submitTimeoutSeconds: values.SUBMIT_TIMEOUT_SECONDS,
    sweepSeconds: values.SWEEP_SECONDS,
    requestDeadlineSeconds: values.REQUEST_DEADLINE_SECONDS,
    unknownDeadlineSeconds: values.UNKNOWN_DEADLINE_SECONDS,
    trainingDeadlineSeconds: values.TRAINING_DEADLINE_SECONDS,
    imagePollSeconds: values.IMAGE_POLL_SECONDS,
    imageDeadlineSeconds: values.IMAGE_DEADLINE_SECONDS,
    copyWaitSeconds: values.COPY_WAIT_SECONDS,
    copyDeadlineSeconds: values.COPY_DEADLINE_SECONDS,
    erasureDeadlineSeconds: values.ERASURE_DEADLINE_SECONDS,
    guardSeconds: values.GUARD_SECONDS,
    deliveryDeadlineSeconds: values.DELIVERY_DEADLINE_SECONDS,
    notifyAttemptSeconds: values.NOTIFY_ATTEMPT_SECONDS,
    notifyDeadlineSeconds: values.NOTIFY_DEADLINE_SECONDS,
    photoDeadlineSeconds: values.PHOTO_DEADLINE_SECONDS,
    photoRetentionSeconds: values.PHOTO_RETENTION_DAYS * 86_400,
    ownerRetentionSeconds: values.OWNER_RETENTION_DAYS * 86_400,
    avatarsPerOwner: values.AVATARS_PER_OWNER,
    maxParallelOrders: values.MAX_PARALLEL_ORDERS,
    maxOrdersPerDay: values.MAX_ORDERS_PER_DAY,
    // Short, because updates hold people's texts, and neither Telegram nor fal repeats a delivery after a day.
    inboxRetentionSeconds: 2 * 86_400,
  },
  consent: values.CONSENT === "ask" ? { ...defaultConsent, version: values.CONSENT_VERSION } : "elsewhere",
  about: {
    ...addressesOf(values),
    service: values.PROVIDER === "fal" ? "fal.ai" : "Replicate",
    photoDays: values.PHOTO_RETENTION_DAYS || undefined,
    ownerDays: values.OWNER_RETENTION_DAYS || undefined,
  },
  prices: pricesOf(values),
  guards: guardsOf(values),
  alarmWebhook: alarmWebhookOf(values),
  firstLook: values.FIRST_LOOK === "true",
  shop: shopOf(values),
  operator: operatorOf(values),
  operators: (values.OPERATORS ?? []).map(Number),
  photos: { minimum: values.PHOTOS_MIN, maximum: values.PHOTOS_MAX },
  logLevel: values.LOG_LEVEL,
  secrets: [
    values.TELEGRAM_BOT_TOKEN,
    values.FAL_KEY,
    values.REPLICATE_API_TOKEN,
    values.TELEGRAM_WEBHOOK_SECRET,
    values.WEBHOOK_SECRET,
    values.OPERATOR_TOKEN,
    values.ALARM_WEBHOOK_URL,
    values.ALARM_WEBHOOK_SECRET,
    databaseSecrets(values),
    more,
  ]
    .flat()
    .filter((secret) => secret !== undefined),
});

const addressesOf = ({ PRIVACY_URL: privacyUrl, TERMS_URL: termsUrl, SUPPORT: support }: Values) => ({
  ...(privacyUrl !== undefined && { privacyUrl }),
  ...(termsUrl !== undefined && { termsUrl }),
  ...(support !== undefined && { support }),
});

const alarmWebhookOf = ({ ALARM_WEBHOOK_URL: url, ALARM_WEBHOOK_SECRET: secret }: Values) =>
  url !== undefined && secret !== undefined ? { url, secret } : undefined;

type GuardValues = Pick<Values, "ALLOWED_USERS" | "DAILY_SPEND_CAP" | "PAID_WORK">;

export const guardsOf = ({ ALLOWED_USERS: users, DAILY_SPEND_CAP, PAID_WORK }: GuardValues): Guards => ({
  allowedOwners: users?.map((id) => `telegram:${id}`),
  dailySpendCap: DAILY_SPEND_CAP,
  paidWork: PAID_WORK,
});

type DatabaseValue = Pick<Values, "DATABASE_URL">;

export const databaseOf = ({ DATABASE_URL: database }: DatabaseValue, here: string): DatabaseLocation =>
  database.type === "sqlite" ? { ...database, file: resolve(here, database.file) } : database;

export const blobsOf = ({ BLOBS: blobs }: Pick<Values, "BLOBS">, here: string): BlobLocation =>
  blobs.type === "disk" ? { ...blobs, folder: resolve(here, blobs.folder) } : blobs;

/** The address itself, and its password, both encoded and decoded. */
export function databaseSecrets({ DATABASE_URL: database }: DatabaseValue): string[] {
  if (database.type === "sqlite") return [];
  const { password } = new URL(database.url);
  return password === "" ? [] : [database.url, password, decodeURIComponent(password)];
}

function modeOf({ TELEGRAM_MODE, PUBLIC_URL, TELEGRAM_WEBHOOK_SECRET: secretToken }: Values): UpdateMode {
  if (TELEGRAM_MODE === "polling" || !PUBLIC_URL || !secretToken) return { type: "polling" };
  return { type: "webhook", url: `${PUBLIC_URL}${updatePath}`, secretToken };
}

function pricesOf({ CREDITS, PRICE_TRAINING, PRICE_IMAGE, PRICE_UPSCALE }: Values): CreditPrices | undefined {
  if (CREDITS === "free") return undefined;
  return { training: PRICE_TRAINING ?? 0, image: PRICE_IMAGE ?? 0, upscale: PRICE_UPSCALE ?? 0 };
}

const falOf = (values: Values): FalSettings => ({
  name: "fal",
  key: values.FAL_KEY ?? "",
  keepsPayloads: values.FAL_KEEP_PAYLOADS === "true",
  hosts: {
    queue: values.FAL_QUEUE_URL,
    rest: values.FAL_REST_URL,
    api: values.FAL_API_URL,
    keySets: values.FAL_JWKS_URL,
  },
  reports: falReportsOf(values),
});

function falReportsOf(values: Values): FalSettings["reports"] {
  const reports = reportsOf(values);
  return reports && { ...reports, userId: values.FAL_USER_ID };
}

const replicateOf = (values: Values): ReplicateSettings => ({
  name: "replicate",
  token: values.REPLICATE_API_TOKEN ?? "",
  destination: values.REPLICATE_DESTINATION ?? "",
  hosts: { api: values.REPLICATE_API_URL, files: values.REPLICATE_FILES_URL ? [values.REPLICATE_FILES_URL] : [] },
  reports: reportsOf(values),
});

function formerOf(values: Values): Settings["formerProvider"] {
  if (values.PROVIDER === "replicate") return values.FAL_KEY === undefined ? undefined : falOf(values);
  const isComplete = values.REPLICATE_API_TOKEN !== undefined && values.REPLICATE_DESTINATION !== undefined;
  return isComplete ? replicateOf(values) : undefined;
}

const reportsOf = ({ PUBLIC_URL: publicUrl, WEBHOOK_SECRET: secrets }: Values): Reports | undefined =>
  publicUrl && secrets ? { publicUrl, secrets } : undefined;

function shopOf({ STAR_PACKAGES: packages = [], TERMS_URL: terms, SUPPORT: support, ...values }: Values) {
  const reconcileSeconds = values.STARS_RECONCILE_SECONDS;
  return values.CREDITS === "ledger" && support ? { packages, terms, support, reconcileSeconds } : undefined;
}

function operatorOf({ OPERATOR_TOKEN: token, PUBLIC_URL: url, ...values }: Values): Settings["operator"] {
  const readOnly = values.OPERATOR_READ_ONLY === "true";
  return token === undefined ? undefined : { token, readOnly, origin: url && new URL(url).origin };
}

const pathOf = (url: string): string => new URL(url).pathname.replace(/\/+$/, "");
