import { err, ok, type Result } from "neverthrow";
import { rules } from "./rules.ts";
import { settingsOf, type Settings } from "./settings.ts";
import { variables } from "./variables.ts";

/**
 * Reads the settings from the environment, or says what is wrong with it: one line per problem, which names the variable
 * and never repeats its value. An empty variable is an absent one. Relative paths count from where the command was
 * typed, which npm says in `INIT_CWD`.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Result<Settings, readonly string[]> {
  const given = Object.fromEntries(
    Object.entries(environment)
      .map(([name, value = ""]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ""),
  );
  const read = checked.safeParse(given);
  if (read.success)
    return ok(
      settingsOf(
        read.data,
        given["INIT_CWD"] ?? process.cwd(),
        awsSecrets.flatMap((name) => given[name] ?? []),
      ),
    );
  return err([...new Set(read.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`))]);
}

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
