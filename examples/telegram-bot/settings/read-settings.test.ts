import { defaultConsent } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { readSettings } from "./read-settings.ts";

const needed = { TELEGRAM_BOT_TOKEN: "42:the-token", FAL_KEY: "id:secret", INIT_CWD: "/srv/bot" };
const secret = "0123456789abcdef0123456789abcdef";
const reported = {
  PUBLIC_URL: "https://bot.example",
  PRIVACY_URL: "https://bot.example/privacy",
  FAL_USER_ID: "user-1",
  WEBHOOK_SECRET: secret,
};
const delivered = { ...reported, TELEGRAM_MODE: "webhook", TELEGRAM_WEBHOOK_SECRET: "Telegram_secret-1" };

const read = (given: Record<string, string>) => readSettings({ ...needed, ...given })._unsafeUnwrap();

const token = "it must be a token as @BotFather gives it: digits, a colon, letters";
const key = "a key of fal: printable, without spaces";
const base = "must be an https URL without query (http only on a loopback address)";
const origin = "must be an https URL without path and query (http only on a loopback address)";
const urls = "must be https URLs, separated by commas (http only on a loopback address)";
const secrets = "must be a secret of at least 32 bytes, or several, separated by commas";
const seconds = "must be a whole number of seconds from 1 to 2000000";
const photos = "must be a whole number from 1 to 50";
const price = "must be a whole number of credits from 0 to 1000000";
const priced = {
  CREDITS: "ledger",
  PRICE_TRAINING: "100",
  PRICE_IMAGE: "10",
  PRICE_UPSCALE: "5",
  SUPPORT: "@support",
};
const selling = {
  ...priced,
  STAR_PACKAGES: "10:50,30:120",
  TERMS_URL: "https://bot.example/terms",
};
const alarmSecret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
const database = "must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>";
const blobs = "must be disk:<folder> or s3://<bucket>/<prefix>";
const page = "must be an https URL (http only on a loopback address)";
const withoutPolicy =
  "is missing: Telegram asks for a privacy policy of every bot that people can reach at a PUBLIC_URL";
const inWebhookMode = "is missing: TELEGRAM_MODE=webhook needs it";
const withPublicUrl = "is missing: PUBLIC_URL needs it, because the provider then reports to this process";

describe("readSettings", () => {
  it("needs a token and a key, and has a default for everything else", () => {
    expect(readSettings(needed)).toStrictEqual(
      ok({
        telegram: { token: "42:the-token", apiRoot: "https://api.telegram.org", mode: { type: "polling" } },
        provider: {
          name: "fal",
          key: "id:secret",
          keepsPayloads: true,
          hosts: {
            queue: "https://queue.fal.run",
            rest: "https://rest.fal.ai",
            api: "https://api.fal.ai",
            keySets: ["https://rest.fal.ai/.well-known/jwks.json", "https://rest.alpha.fal.ai/.well-known/jwks.json"],
          },
          reports: undefined,
        },
        formerProvider: undefined,
        database: { type: "sqlite", file: "/srv/bot/data/likeness.db" },
        blobs: { type: "disk", folder: "/srv/bot/data/blobs" },
        http: { host: "127.0.0.1", port: 8080, prefix: "" },
        policy: {
          pollSeconds: 10,
          pollMaxSeconds: 300,
          submitTimeoutSeconds: 25,
          sweepSeconds: 60,
          requestDeadlineSeconds: 3600,
          unknownDeadlineSeconds: 3600,
          trainingDeadlineSeconds: 86400,
          imagePollSeconds: 3,
          imageDeadlineSeconds: 900,
          copyWaitSeconds: 60,
          copyDeadlineSeconds: 86400,
          erasureDeadlineSeconds: 604_800,
          guardSeconds: 30,
          deliveryDeadlineSeconds: 86400,
          notifyAttemptSeconds: 60,
          notifyDeadlineSeconds: 172_800,
          photoDeadlineSeconds: 3600,
          photoRetentionSeconds: 2_592_000,
          ownerRetentionSeconds: 94_608_000,
          avatarsPerOwner: 50,
          maxParallelOrders: 2,
          maxOrdersPerDay: 20,
          inboxRetentionSeconds: 172_800,
        },
        consent: defaultConsent,
        about: { service: "fal.ai", photoDays: 30, ownerDays: 1_095 },
        prices: undefined,
        guards: { allowedOwners: undefined, dailySpendCap: undefined, paidWork: "on" },
        shop: undefined,
        alarmWebhook: undefined,
        firstLook: true,
        operator: undefined,
        operators: [],
        photos: { minimum: 10, maximum: 20 },
        logLevel: "info",
        secrets: ["42:the-token", "id:secret"],
      }),
    );
  });

  it("takes everything else as it is given", () => {
    const given = {
      ...delivered,
      PUBLIC_URL: "https://bot.example/likeness/",
      WEBHOOK_SECRET: `${secret}-new, ${secret}-old`,
      OPERATORS: "42, 7000000002",
      OPERATOR_TOKEN: `${secret}-operators`,
      OPERATOR_READ_ONLY: "true",
      TELEGRAM_API_ROOT: "http://127.0.0.1:8081/",
      FAL_QUEUE_URL: "http://localhost:9000/",
      FAL_REST_URL: "http://[::1]:9000",
      FAL_API_URL: "https://fal.example:8443",
      FAL_JWKS_URL: "https://fal.example/keys?a=1, http://127.0.0.1:9000/jwks.json",
      DATABASE_URL: "sqlite:/var/lib/bot/avatars.db",
      BLOBS: "s3://photos.example/a/b/",
      HOST: "::",
      PORT: "0",
      POLL_SECONDS: "1",
      POLL_MAX_SECONDS: "2",
      SUBMIT_TIMEOUT_SECONDS: "3",
      SWEEP_SECONDS: "4",
      UNKNOWN_DEADLINE_SECONDS: "5",
      TRAINING_DEADLINE_SECONDS: "7",
      REQUEST_DEADLINE_SECONDS: "8",
      FIRST_LOOK: "false",
      CREDITS: "ledger",
      PRICE_TRAINING: "100",
      PRICE_IMAGE: "10",
      PRICE_UPSCALE: "0",
      STAR_PACKAGES: "10:50, 30:120",
      STARS_RECONCILE_SECONDS: "22",
      TERMS_URL: "https://bot.example/terms",
      SUPPORT: "@support",
      IMAGE_POLL_SECONDS: "18",
      IMAGE_DEADLINE_SECONDS: "19",
      MAX_PARALLEL_ORDERS: "20",
      MAX_ORDERS_PER_DAY: "21",
      COPY_WAIT_SECONDS: "9",
      COPY_DEADLINE_SECONDS: "10",
      ERASURE_DEADLINE_SECONDS: "15",
      GUARD_SECONDS: "16",
      DELIVERY_DEADLINE_SECONDS: "11",
      NOTIFY_ATTEMPT_SECONDS: "17",
      NOTIFY_DEADLINE_SECONDS: "12",
      PHOTO_DEADLINE_SECONDS: "13",
      PHOTO_RETENTION_DAYS: "7",
      OWNER_RETENTION_DAYS: "0",
      FAL_KEEP_PAYLOADS: "false",
      AVATARS_PER_OWNER: "14",
      ALLOWED_USERS: "42, 7000000001",
      ALARM_WEBHOOK_URL: "https://alarms.example/likeness?team=1",
      ALARM_WEBHOOK_SECRET: alarmSecret,
      DAILY_SPEND_CAP: "7.50",
      PAID_WORK: "off",
      PHOTOS_MIN: "50",
      PHOTOS_MAX: "50",
      LOG_LEVEL: "debug",
      AWS_SECRET_ACCESS_KEY: "aws-secret",
      AWS_SESSION_TOKEN: "aws-token",
    };
    const mode = {
      type: "webhook",
      url: "https://bot.example/likeness/telegram/update",
      secretToken: "Telegram_secret-1",
    };
    expect(read(given)).toStrictEqual({
      telegram: { token: "42:the-token", apiRoot: "http://127.0.0.1:8081", mode },
      provider: {
        name: "fal",
        key: "id:secret",
        keepsPayloads: false,
        hosts: {
          queue: "http://localhost:9000",
          rest: "http://[::1]:9000",
          api: "https://fal.example:8443",
          keySets: ["https://fal.example/keys?a=1", "http://127.0.0.1:9000/jwks.json"],
        },
        reports: {
          publicUrl: "https://bot.example/likeness",
          secrets: [`${secret}-new`, `${secret}-old`],
          userId: "user-1",
        },
      },
      formerProvider: undefined,
      database: { type: "sqlite", file: "/var/lib/bot/avatars.db" },
      blobs: { type: "s3", bucket: "photos.example", prefix: "a/b" },
      http: { host: "::", port: 0, prefix: "/likeness" },
      policy: {
        pollSeconds: 1,
        pollMaxSeconds: 2,
        submitTimeoutSeconds: 3,
        sweepSeconds: 4,
        unknownDeadlineSeconds: 5,
        trainingDeadlineSeconds: 7,
        requestDeadlineSeconds: 8,
        imagePollSeconds: 18,
        imageDeadlineSeconds: 19,
        copyWaitSeconds: 9,
        copyDeadlineSeconds: 10,
        erasureDeadlineSeconds: 15,
        guardSeconds: 16,
        deliveryDeadlineSeconds: 11,
        notifyAttemptSeconds: 17,
        notifyDeadlineSeconds: 12,
        photoDeadlineSeconds: 13,
        photoRetentionSeconds: 604_800,
        ownerRetentionSeconds: 0,
        avatarsPerOwner: 14,
        maxParallelOrders: 20,
        maxOrdersPerDay: 21,
        inboxRetentionSeconds: 172_800,
      },
      consent: defaultConsent,
      about: {
        privacyUrl: "https://bot.example/privacy",
        termsUrl: "https://bot.example/terms",
        support: "@support",
        service: "fal.ai",
        photoDays: 7,
        ownerDays: undefined,
      },
      prices: { training: 100, image: 10, upscale: 0 },
      guards: { allowedOwners: ["telegram:42", "telegram:7000000001"], dailySpendCap: 7.5, paidWork: "off" },
      shop: {
        packages: [
          { credits: 10, stars: 50 },
          { credits: 30, stars: 120 },
        ],
        terms: "https://bot.example/terms",
        support: "@support",
        reconcileSeconds: 22,
      },
      alarmWebhook: { url: "https://alarms.example/likeness?team=1", secret: alarmSecret },
      firstLook: false,
      operator: { token: `${secret}-operators`, readOnly: true, origin: "https://bot.example" },
      operators: [42, 7_000_000_002],
      photos: { minimum: 50, maximum: 50 },
      logLevel: "debug",
      secrets: [
        "42:the-token",
        "id:secret",
        "Telegram_secret-1",
        `${secret}-new`,
        `${secret}-old`,
        `${secret}-operators`,
        "https://alarms.example/likeness?team=1",
        alarmSecret,
        "aws-secret",
        "aws-token",
      ],
    });
  });

  it("takes a PostgreSQL, and keeps its password out of every log", () => {
    const url = "postgres://bot:pass%20word@db.internal:5432/likeness?sslmode=require";
    const settings = read({ DATABASE_URL: url });
    expect(settings.database).toStrictEqual({ type: "postgres", url });
    expect(settings.secrets).toStrictEqual(expect.arrayContaining([url, "pass%20word", "pass word"]));
    expect(read({ DATABASE_URL: "postgresql:///likeness?host=/run/postgresql" }).secrets).toHaveLength(2);
  });

  it("counts relative paths from where the command was typed, or else from where it runs", () => {
    const given = { DATABASE_URL: "sqlite:../a.db", BLOBS: "disk:b" };
    expect(read(given)).toMatchObject({ database: { file: "/srv/a.db" }, blobs: { folder: "/srv/bot/b" } });
    expect(read({ ...given, INIT_CWD: "" })).toMatchObject({ blobs: { folder: `${process.cwd()}/b` } });
    expect(read({ BLOBS: "disk:/abs/folder" })).toMatchObject({ blobs: { folder: "/abs/folder" } });
  });

  it.each([
    ["https://bot.example/a b", "https://bot.example/a%20b", "/a%20b"],
    ["HTTPS://BOT.example:443/a%20B//", "https://bot.example/a%20B", "/a%20B"],
    ["https://пример.рф/бот", "https://xn--e1afmkfd.xn--p1ai/%D0%B1%D0%BE%D1%82", "/%D0%B1%D0%BE%D1%82"],
    ["https://bot.example/a/../b/.", "https://bot.example/b", "/b"],
    ["https://bot.example//", "https://bot.example", ""],
  ])("spells the PUBLIC_URL %s as callers will", (given, publicUrl, prefix) => {
    const { provider, http, telegram } = read({ ...delivered, PUBLIC_URL: given });
    expect([provider.reports?.publicUrl, http.prefix]).toStrictEqual([publicUrl, prefix]);
    expect(telegram.mode).toMatchObject({ url: `${publicUrl}/telegram/update` });
  });

  it.each(Object.keys(delivered))("takes an empty %s for an absent one", (name) => {
    const { [name]: _, ...others } = { ...needed, ...delivered } as Record<string, string>;
    expect(readSettings({ ...others, [name]: " " })).toStrictEqual(readSettings(others));
  });

  it("says what a host says about itself, and asks everybody again in another version", () => {
    const said = { PRIVACY_URL: "https://a.example/privacy?lang=en#photos", TERMS_URL: "https://a.example/terms" };
    const { about, consent } = read({ ...said, SUPPORT: "@help, 9–18 h", CONSENT_VERSION: "2026-11" });
    expect(about).toStrictEqual({
      privacyUrl: said.PRIVACY_URL,
      termsUrl: said.TERMS_URL,
      support: "@help, 9–18 h",
      service: "fal.ai",
      photoDays: 30,
      ownerDays: 1_095,
    });
    expect(consent).toStrictEqual({ ...defaultConsent, version: "2026-11" });
    expect(read({ CONSENT: "elsewhere" }).consent).toBe("elsewhere");
  });

  it("starts without a policy where only this computer reaches it", () => {
    for (const PUBLIC_URL of ["http://127.0.0.1:8080", "http://localhost:3000", "https://[::1]/likeness"])
      expect(read({ ...reported, PRIVACY_URL: "", PUBLIC_URL }).about).toMatchObject({ service: "fal.ai" });
  });

  it("trains and draws at Replicate, which needs no key of fal", () => {
    const replicate = {
      PROVIDER: "replicate",
      REPLICATE_API_TOKEN: "r8_token",
      REPLICATE_DESTINATION: "acme/likeness",
    };
    const { provider, about, secrets: hidden } = read({ ...reported, ...replicate, FAL_KEY: "", FAL_USER_ID: "" });
    expect(provider).toStrictEqual({
      name: "replicate",
      token: "r8_token",
      destination: "acme/likeness",
      hosts: { api: "https://api.replicate.com", files: [] },
      reports: { publicUrl: "https://bot.example", secrets: [secret] },
    });
    expect([about.service, hidden.includes("r8_token")]).toStrictEqual(["Replicate", true]);
    const local = { REPLICATE_API_URL: "http://127.0.0.1:9000", REPLICATE_FILES_URL: "http://127.0.0.1:9000" };
    expect(read({ ...replicate, ...local }).provider.hosts).toStrictEqual({
      api: "http://127.0.0.1:9000",
      files: ["http://127.0.0.1:9000"],
    });
  });

  it("needs no user id of fal, which is learned", () => {
    const { provider } = read({ ...reported, FAL_USER_ID: "" });
    expect(provider.reports).toStrictEqual({ publicUrl: "https://bot.example", secrets: [secret], userId: undefined });
  });

  it("names everything that is wrong, each once", () => {
    const problems = readSettings({ TELEGRAM_MODE: "webhook", POLL_SECONDS: "soon", PHOTOS_MIN: "21" });
    expect(problems).toStrictEqual(
      err([
        `TELEGRAM_BOT_TOKEN is missing: ${token}`,
        `POLL_SECONDS ${seconds}`,
        `PUBLIC_URL ${inWebhookMode}`,
        `TELEGRAM_WEBHOOK_SECRET ${inWebhookMode}`,
        `FAL_KEY is missing: it must be ${key}`,
        `WEBHOOK_SECRET ${withPublicUrl}`,
        "PHOTOS_MAX must be at least PHOTOS_MIN",
      ]),
    );
  });

  it.each<[Record<string, string>, string]>([
    [{ TELEGRAM_BOT_TOKEN: "" }, `TELEGRAM_BOT_TOKEN is missing: ${token}`],
    [
      { TELEGRAM_BOT_TOKEN: "wrong" },
      `TELEGRAM_BOT_TOKEN must be a token as @BotFather gives it: digits, a colon, letters`,
    ],
    [{ FAL_KEY: "" }, `FAL_KEY is missing: it must be ${key}`],
    [{ PROVIDER: "astria" }, "PROVIDER must be fal or replicate"],
    [
      { PROVIDER: "replicate", REPLICATE_DESTINATION: "acme/likeness" },
      "REPLICATE_API_TOKEN is missing: PROVIDER=replicate needs it",
    ],
    [
      { PROVIDER: "replicate", REPLICATE_API_TOKEN: "r8_token" },
      "REPLICATE_DESTINATION is missing: PROVIDER=replicate needs it",
    ],
    [{ REPLICATE_DESTINATION: "likeness" }, "REPLICATE_DESTINATION must be owner/name of a private model at Replicate"],
    [{ REPLICATE_API_URL: "http://replicate.example" }, `REPLICATE_API_URL ${origin}`],
    [{ FAL_KEY: "with space" }, `FAL_KEY must be ${key}`],
    [{ FAL_KEY: "ключ" }, `FAL_KEY must be ${key}`],

    ...["Ada", "42,", "0", "@ada", "-100", "42;43"].map((users): [Record<string, string>, string] => [
      { ALLOWED_USERS: users },
      "ALLOWED_USERS must be ids of Telegram users, separated by commas",
    ]),
    [{ OPERATORS: "@olga" }, "OPERATORS must be ids of Telegram users, separated by commas"],
    [{ ALARM_WEBHOOK_URL: "http://alarms.example", ALARM_WEBHOOK_SECRET: alarmSecret }, `ALARM_WEBHOOK_URL ${page}`],
    ...["a password of some length, with words", "whsec_c2hvcnQ=", `${alarmSecret}=`].map(
      (given): [Record<string, string>, string] => [
        { ALARM_WEBHOOK_URL: "https://alarms.example", ALARM_WEBHOOK_SECRET: given },
        "ALARM_WEBHOOK_SECRET must be whsec_ and base64 of 24 to 64 bytes",
      ],
    ),
    [
      { ALARM_WEBHOOK_URL: "https://alarms.example" },
      "ALARM_WEBHOOK_SECRET is missing: an alarm is signed, so address and secret need each other",
    ],
    [
      { ALARM_WEBHOOK_SECRET: alarmSecret },
      "ALARM_WEBHOOK_URL is missing: an alarm is signed, so address and secret need each other",
    ],
    ...["0", "-1", "1,5", "1e3", "$5", "1.234", "200001"].map((amount): [Record<string, string>, string] => [
      { DAILY_SPEND_CAP: amount },
      "DAILY_SPEND_CAP must be an amount of US dollars up to 200000, e.g. 25 or 7.50",
    ]),
    [{ PAID_WORK: "no" }, "PAID_WORK must be on or off"],
    [{ TELEGRAM_MODE: "push" }, "TELEGRAM_MODE must be polling or webhook"],
    [
      { TELEGRAM_WEBHOOK_SECRET: "a.b" },
      "TELEGRAM_WEBHOOK_SECRET must be 1 to 256 characters of A-Z, a-z, 0-9, _ and -",
    ],
    [
      { TELEGRAM_WEBHOOK_SECRET: "a".repeat(257) },
      "TELEGRAM_WEBHOOK_SECRET must be 1 to 256 characters of A-Z, a-z, 0-9, _ and -",
    ],
    [{ ...delivered, PUBLIC_URL: "" }, `PUBLIC_URL ${inWebhookMode}`],
    [{ ...delivered, TELEGRAM_WEBHOOK_SECRET: "" }, `TELEGRAM_WEBHOOK_SECRET ${inWebhookMode}`],

    [{ ...reported, WEBHOOK_SECRET: "" }, `WEBHOOK_SECRET ${withPublicUrl}`],
    [{ FAL_USER_ID: "a b" }, "FAL_USER_ID must be a user id of fal: 1 to 200 printable characters without spaces"],
    [{ WEBHOOK_SECRET: secret.slice(1) }, `WEBHOOK_SECRET ${secrets}`],
    [{ WEBHOOK_SECRET: `${secret},short` }, `WEBHOOK_SECRET ${secrets}`],
    [{ WEBHOOK_SECRET: `${secret},` }, `WEBHOOK_SECRET ${secrets}`],

    [{ ...reported, PRIVACY_URL: "" }, `PRIVACY_URL ${withoutPolicy}`],
    [{ ...delivered, PRIVACY_URL: "" }, `PRIVACY_URL ${withoutPolicy}`],
    [{ PRIVACY_URL: "http://bot.example/privacy" }, `PRIVACY_URL ${page}`],
    [{ TERMS_URL: "terms" }, `TERMS_URL ${page}`],
    [{ TERMS_URL: "javascript:alert(1)" }, `TERMS_URL ${page}`],
    [{ SUPPORT: "two\nlines" }, "SUPPORT must be 1 to 200 characters on one line"],
    [{ CONSENT: "no" }, "CONSENT must be ask or elsewhere"],
    [{ CONSENT_VERSION: "version two" }, "CONSENT_VERSION must be 1 to 32 characters of A-Z, a-z, 0-9, _, . and -"],

    [{ ...reported, PUBLIC_URL: "http://bot.example" }, `PUBLIC_URL ${base}`],
    [{ ...reported, PUBLIC_URL: "bot.example" }, `PUBLIC_URL ${base}`],
    [{ ...reported, PUBLIC_URL: "https://bot.example/?a=1" }, `PUBLIC_URL ${base}`],
    [{ ...reported, PUBLIC_URL: "https://user:word@bot.example" }, `PUBLIC_URL ${base}`],
    [{ ...reported, PUBLIC_URL: "https://bot.example/100%" }, "PUBLIC_URL must not hold a % that escapes nothing"],
    [{ ...reported, PUBLIC_URL: "https://bot.example/a#b" }, `PUBLIC_URL ${base}`],
    [{ ...reported, PUBLIC_URL: "https://bot.example?" }, `PUBLIC_URL ${base}`],
    [{ ...reported, PUBLIC_URL: "https://bot example" }, `PUBLIC_URL ${base}`],
    [{ TELEGRAM_API_ROOT: "http://telegram.example" }, `TELEGRAM_API_ROOT ${base}`],
    [{ TELEGRAM_API_ROOT: "ftp://127.0.0.1" }, `TELEGRAM_API_ROOT ${base}`],
    [{ FAL_QUEUE_URL: "https://queue.fal.run/v1" }, `FAL_QUEUE_URL ${origin}`],
    [{ FAL_REST_URL: "http://127.evil.example" }, `FAL_REST_URL ${origin}`],
    [{ FAL_API_URL: "https://api.fal.ai/v1" }, `FAL_API_URL ${origin}`],
    [{ FAL_JWKS_URL: "https://rest.fal.ai/jwks.json,http://fal.example/jwks.json" }, `FAL_JWKS_URL ${urls}`],
    [{ FAL_JWKS_URL: "," }, `FAL_JWKS_URL ${urls}`],

    [{ DATABASE_URL: "postgres://user:word@host" }, `DATABASE_URL ${database}`],
    [{ DATABASE_URL: "postgresql:name" }, `DATABASE_URL ${database}`],
    [{ DATABASE_URL: "mysql://host/name" }, `DATABASE_URL ${database}`],
    [{ DATABASE_URL: "sqlite:" }, `DATABASE_URL ${database}`],
    [{ DATABASE_URL: "sqlite:./data/" }, `DATABASE_URL ${database}`],
    [{ DATABASE_URL: "sqlite://data/likeness.db" }, `DATABASE_URL ${database}`],
    [{ BLOBS: "/var/blobs" }, `BLOBS ${blobs}`],
    [{ BLOBS: "disk:" }, `BLOBS ${blobs}`],
    [{ BLOBS: "s3://" }, `BLOBS ${blobs}`],
    [{ BLOBS: "s3://No_Bucket/a" }, `BLOBS ${blobs}`],
    [{ BLOBS: "gs://bucket/a" }, `BLOBS ${blobs}`],

    [{ HOST: "a b" }, "HOST must be a host name or an IP address"],
    [{ PORT: "65536" }, "PORT must be a whole number from 0 to 65535"],
    [{ PORT: "http" }, "PORT must be a whole number from 0 to 65535"],
    [{ POLL_SECONDS: "0" }, `POLL_SECONDS ${seconds}`],
    [{ POLL_MAX_SECONDS: "1.5" }, `POLL_MAX_SECONDS ${seconds}`],
    [{ SUBMIT_TIMEOUT_SECONDS: "-1" }, `SUBMIT_TIMEOUT_SECONDS ${seconds}`],
    [{ SWEEP_SECONDS: "1e3" }, `SWEEP_SECONDS ${seconds}`],
    [{ UNKNOWN_DEADLINE_SECONDS: "2000001" }, `UNKNOWN_DEADLINE_SECONDS ${seconds}`],
    [{ TRAINING_DEADLINE_SECONDS: "one day" }, `TRAINING_DEADLINE_SECONDS ${seconds}`],
    [{ TRAINING_DEADLINE_SECONDS: "50" }, "TRAINING_DEADLINE_SECONDS must exceed twice SUBMIT_TIMEOUT_SECONDS"],
    [{ FIRST_LOOK: "yes" }, "FIRST_LOOK must be true or false"],
    [{ CREDITS: "coins" }, "CREDITS must be free or ledger"],
    [{ ...priced, PRICE_IMAGE: "" }, "PRICE_IMAGE is missing: CREDITS=ledger needs it"],
    [{ ...priced, PRICE_UPSCALE: "1.5" }, `PRICE_UPSCALE ${price}`],
    [{ ...priced, PRICE_TRAINING: "1000001" }, `PRICE_TRAINING ${price}`],
    [{ OPERATOR_READ_ONLY: "true" }, "OPERATOR_READ_ONLY has no effect without OPERATOR_TOKEN"],
    [{ OPERATOR_READ_ONLY: "yes" }, "OPERATOR_READ_ONLY must be true or false"],
    [{ PRICE_IMAGE: "10" }, "PRICE_IMAGE has no effect without CREDITS=ledger"],
    ...["10", "10:0", "10:50;30:120", "10:50,", "0:5", "1.5:3", "100000:1"].map(
      (given): [Record<string, string>, string] => [
        { ...selling, STAR_PACKAGES: given },
        "STAR_PACKAGES must be credits:stars, or several, separated by commas, e.g. 10:50,30:120",
      ],
    ),
    [
      { ...selling, STAR_PACKAGES: "10:50,10:60" },
      "STAR_PACKAGES must not have two packages with the same number of credits",
    ],
    [{ ...selling, TERMS_URL: "" }, "TERMS_URL is missing: STAR_PACKAGES needs it"],
    [{ ...selling, SUPPORT: "" }, "SUPPORT is missing: CREDITS=ledger needs it"],
    [
      { STAR_PACKAGES: "10:50", TERMS_URL: "https://bot.example/terms", SUPPORT: "@support" },
      "STAR_PACKAGES needs CREDITS=ledger, where what was bought is kept",
    ],
    [{ STARS_RECONCILE_SECONDS: "0" }, `STARS_RECONCILE_SECONDS ${seconds}`],
    [{ IMAGE_POLL_SECONDS: "0" }, `IMAGE_POLL_SECONDS ${seconds}`],
    [{ IMAGE_DEADLINE_SECONDS: "50" }, "IMAGE_DEADLINE_SECONDS must exceed twice SUBMIT_TIMEOUT_SECONDS"],
    [{ MAX_PARALLEL_ORDERS: "0" }, "MAX_PARALLEL_ORDERS must be a whole number from 1 to 100"],
    [{ MAX_ORDERS_PER_DAY: "many" }, "MAX_ORDERS_PER_DAY must be a whole number from 1 to 10000"],
    [{ COPY_DEADLINE_SECONDS: "0" }, `COPY_DEADLINE_SECONDS ${seconds}`],
    [{ ERASURE_DEADLINE_SECONDS: "0" }, `ERASURE_DEADLINE_SECONDS ${seconds}`],
    [{ PHOTO_RETENTION_DAYS: "-1" }, "PHOTO_RETENTION_DAYS must be a whole number of days from 0 to 3650"],
    [{ OWNER_RETENTION_DAYS: "ten" }, "OWNER_RETENTION_DAYS must be a whole number of days from 0 to 3650"],
    [{ FAL_KEEP_PAYLOADS: "no" }, "FAL_KEEP_PAYLOADS must be true or false"],
    [{ AVATARS_PER_OWNER: "0" }, "AVATARS_PER_OWNER must be a whole number from 1 to 1000"],
    [{ PHOTOS_MIN: "0" }, `PHOTOS_MIN ${photos}`],
    [{ PHOTOS_MAX: "51" }, `PHOTOS_MAX ${photos}`],
    [{ PHOTOS_MIN: "12", PHOTOS_MAX: "11" }, "PHOTOS_MAX must be at least PHOTOS_MIN"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent"],
  ])("refuses %j in one line", (given, problem) => {
    expect(readSettings({ ...needed, ...given })).toStrictEqual(err([problem]));
  });
});
