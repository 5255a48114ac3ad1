import { isLoopback } from "./kinds.ts";
import type { Values, Variable } from "./variables.ts";

/** A rule about two or more variables. */
export interface Rule {
  /** The variable that the problem names. */
  readonly variable: Variable;
  readonly problem: string;
  /** The rule is checked only if these are valid by themselves. */
  readonly reads: readonly Variable[];
  holds(values: Values): boolean;
}

const inWebhookMode = {
  problem: "is missing: TELEGRAM_MODE=webhook needs it",
  applies: ({ TELEGRAM_MODE }: Values) => TELEGRAM_MODE === "webhook",
} as const;

const withPublicUrl = {
  problem: "is missing: PUBLIC_URL needs it, because the provider then reports to this process",
  applies: ({ PUBLIC_URL, TELEGRAM_MODE }: Values) => PUBLIC_URL !== undefined || TELEGRAM_MODE === "webhook",
} as const;

const atFal = {
  problem: "is missing: it must be a key of fal: printable, without spaces",
  applies: ({ PROVIDER }: Values) => PROVIDER === "fal",
} as const;

const atReplicate = {
  problem: "is missing: PROVIDER=replicate needs it",
  applies: ({ PROVIDER }: Values) => PROVIDER === "replicate",
} as const;

const withLedger = {
  problem: "is missing: CREDITS=ledger needs it",
  applies: ({ CREDITS }: Values) => CREDITS === "ledger",
} as const;

const prices = ["PRICE_TRAINING", "PRICE_IMAGE", "PRICE_UPSCALE"] as const;

/** A price that nobody pays is a mistake. */
const pointless = (variable: (typeof prices)[number]): Rule => ({
  variable,
  problem: "has no effect without CREDITS=ledger",
  reads: [variable, "CREDITS"],
  holds: (values) => values.CREDITS === "ledger" || values[variable] === undefined,
});

/** What has to be said and kept where something is sold: https://telegram.org/tos/bot-developers */
const withPackages = {
  problem: "is missing: STAR_PACKAGES needs it",
  applies: ({ STAR_PACKAGES }: Values) => STAR_PACKAGES !== undefined,
} as const;

type Condition = Pick<Rule, "problem"> & { applies(values: Values): boolean };

const needed = (variable: Variable, { problem, applies }: Condition): Rule => ({
  variable,
  problem,
  reads: [variable],
  holds: (values) => !applies(values) || values[variable] !== undefined,
});

const alarmWebhook = ["ALARM_WEBHOOK_URL", "ALARM_WEBHOOK_SECRET"] as const;

export const rules: readonly Rule[] = [
  ...alarmWebhook.map((variable) =>
    needed(variable, {
      problem: "is missing: an alarm is signed, so address and secret need each other",
      applies: (values) => alarmWebhook.some((either) => values[either] !== undefined),
    }),
  ),
  needed("PUBLIC_URL", inWebhookMode),
  needed("TELEGRAM_WEBHOOK_SECRET", inWebhookMode),
  needed("FAL_KEY", atFal),
  needed("REPLICATE_API_TOKEN", atReplicate),
  needed("REPLICATE_DESTINATION", atReplicate),
  needed("WEBHOOK_SECRET", withPublicUrl),
  ...prices.map((price) => needed(price, withLedger)),
  ...prices.map(pointless),
  needed("TERMS_URL", withPackages),
  needed("SUPPORT", withLedger),
  {
    variable: "STAR_PACKAGES",
    problem: "needs CREDITS=ledger, where what was bought is kept",
    reads: ["STAR_PACKAGES", "CREDITS"],
    holds: (values) => values.STAR_PACKAGES === undefined || values.CREDITS === "ledger",
  },
  {
    variable: "OPERATOR_READ_ONLY",
    problem: "has no effect without OPERATOR_TOKEN",
    reads: ["OPERATOR_READ_ONLY", "OPERATOR_TOKEN"],
    holds: (values) => values.OPERATOR_READ_ONLY === "false" || values.OPERATOR_TOKEN !== undefined,
  },
  {
    variable: "PRIVACY_URL",
    problem: "is missing: Telegram asks for a privacy policy of every bot that people can reach at a PUBLIC_URL",
    reads: ["PUBLIC_URL", "PRIVACY_URL"],
    holds: ({ PUBLIC_URL: url, PRIVACY_URL: policy }) =>
      url === undefined || policy !== undefined || isLoopback(new URL(url).hostname),
  },
  {
    variable: "IMAGE_DEADLINE_SECONDS",
    problem: "must exceed twice SUBMIT_TIMEOUT_SECONDS",
    reads: ["IMAGE_DEADLINE_SECONDS", "SUBMIT_TIMEOUT_SECONDS"],
    holds: (values) => values.IMAGE_DEADLINE_SECONDS > 2 * values.SUBMIT_TIMEOUT_SECONDS,
  },
  {
    variable: "TRAINING_DEADLINE_SECONDS",
    problem: "must exceed twice SUBMIT_TIMEOUT_SECONDS",
    reads: ["TRAINING_DEADLINE_SECONDS", "SUBMIT_TIMEOUT_SECONDS"],
    holds: (values) => values.TRAINING_DEADLINE_SECONDS > 2 * values.SUBMIT_TIMEOUT_SECONDS,
  },
  {
    variable: "PHOTOS_MAX",
    problem: "must be at least PHOTOS_MIN",
    reads: ["PHOTOS_MIN", "PHOTOS_MAX"],
    holds: (values) => values.PHOTOS_MIN <= values.PHOTOS_MAX,
  },
];
