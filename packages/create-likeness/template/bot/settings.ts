import { databaseNeeds } from "./database.ts";
import { peopleNeeds } from "./people.ts";
import { providerNeeds } from "./provider.ts";

const needs = {
  TELEGRAM_BOT_TOKEN: { is: "the token that @BotFather gives", looksLike: /^\d+:[\w-]{30,}$/ },
  ...providerNeeds,
  ...databaseNeeds,
  ...peopleNeeds,
};
type Name = keyof typeof needs;
const names = Object.keys(needs) as Name[];

/** What a bot needs to know, by the names of its environment variables. */
export type Settings = Readonly<Record<Name, string>>;

/** All settings, or what is wrong with them: nothing is set, or half a configuration, which is a mistake. */
export type Found =
  | { readonly type: "all"; readonly settings: Settings }
  | { readonly type: "none" | "some"; readonly problems: readonly string[] };

export function findSettings(environment: NodeJS.ProcessEnv): Found {
  const given = (name: Name): string => environment[name]?.trim() ?? "";
  const problems = names.flatMap((name) => problemOf(name, given(name)));
  if (problems.length > 0) return { type: names.every((name) => given(name) === "") ? "none" : "some", problems };
  return { type: "all", settings: Object.fromEntries(names.map((name) => [name, given(name)])) as Settings };
}

/** Never names the value, which may be a secret. */
function problemOf(name: Name, value: string): string[] {
  const { is, looksLike } = needs[name];
  if (value === "") return [`${name} is missing: ${is}.`];
  return looksLike.test(value) ? [] : [`${name} is not ${is}.`];
}
