import { err, ok, type Result } from "neverthrow";
import type { ZodError } from "zod";
import { rules } from "./rules.ts";
import { blobsOf, databaseOf, databaseSecrets, guardsOf, settingsOf, type Settings } from "./settings.ts";
import { variables } from "./variables.ts";

/**
 * Reads the settings from the environment, or returns one line per problem, which names the variable and never its
 * value. An empty variable counts as absent. Relative paths start at the directory of the command, which npm passes in
 * `INIT_CWD`.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Result<Settings, readonly string[]> {
  const given = givenIn(environment);
  const read = checked.safeParse(given);
  if (!read.success) return err(problemsOf(read.error));
  const secrets = awsSecrets.flatMap((name) => given[name] ?? []);
  return ok(settingsOf(read.data, hereIn(given), secrets));
}

/** Reads only the location of the database, so that an operator's command runs without the bot's secrets. */
export function readForOperator(
  environment: NodeJS.ProcessEnv,
): Result<Pick<Settings, "database" | "policy" | "guards" | "secrets">, readonly string[]> {
  const given = givenIn(environment);
  const read = variables
    .pick({
      DATABASE_URL: true,
      COPY_WAIT_SECONDS: true,
      COPY_DEADLINE_SECONDS: true,
      ALLOWED_USERS: true,
      DAILY_SPEND_CAP: true,
      PAID_WORK: true,
    })
    .safeParse(given);
  if (!read.success) return err(problemsOf(read.error));
  const policy = { copyWaitSeconds: read.data.COPY_WAIT_SECONDS, copyDeadlineSeconds: read.data.COPY_DEADLINE_SECONDS };
  return ok({
    database: databaseOf(read.data, hereIn(given)),
    policy,
    guards: guardsOf(read.data),
    secrets: databaseSecrets(read.data),
  });
}

/** What a backup reads. Relative paths, also of the folder that is typed, start at `here`. */
export function readForBackup(
  environment: NodeJS.ProcessEnv,
): Result<Pick<Settings, "database" | "blobs" | "secrets"> & { readonly here: string }, readonly string[]> {
  const given = givenIn(environment);
  const here = hereIn(given);
  const read = variables.pick({ DATABASE_URL: true, BLOBS: true }).safeParse(given);
  if (!read.success) return err(problemsOf(read.error));
  return ok({
    database: databaseOf(read.data, here),
    blobs: blobsOf(read.data, here),
    here,
    secrets: databaseSecrets(read.data),
  });
}

type Given = Readonly<Record<string, string>>;

const givenIn = (environment: NodeJS.ProcessEnv): Given =>
  Object.fromEntries(
    Object.entries(environment)
      .map(([name, value = ""]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ""),
  );

const hereIn = (given: Given): string => given["INIT_CWD"] ?? process.cwd();

const problemsOf = ({ issues }: ZodError): string[] => [
  ...new Set(issues.map(({ path, message }) => `${String(path[0])} ${message}`)),
];

/** Read by the AWS SDK itself. */
const awsSecrets = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

const checked = rules.reduce(
  (schema, { variable, reads, problem, holds }) =>
    schema.refine(holds, {
      path: [variable],
      error: problem,
      when: ({ issues }) => !issues.some(({ path = [] }) => reads.some((name) => name === path[0])),
    }),
  variables,
);
