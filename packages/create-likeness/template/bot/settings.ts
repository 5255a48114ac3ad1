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

/** All settings, none of them, or what is wrong with them: half a configuration is a mistake. */
export type Found =
  | { readonly type: "all"; readonly settings: Settings }
  | { readonly type: "none" }
  | { readonly type: "problems"; readonly problems: readonly string[] };

export function findSettings(environment: NodeJS.ProcessEnv): Found {
  const given = (name: Name): string => environment[name]?.trim() ?? "";
  if (names.every((name) => given(name) === "")) return { type: "none" };
  const problems = names.flatMap((name) => problemOf(name, given(name)));
  if (problems.length > 0) return { type: "problems", problems };
  return { type: "all", settings: Object.fromEntries(names.map((name) => [name, given(name)])) as Settings };
}

/** Never names the value, which may be a secret. */
function problemOf(name: Name, value: string): string[] {
  const { is, looksLike } = needs[name];
  if (value === "") return [`${name} is missing: ${is}.`];
  return looksLike.test(value) ? [] : [`${name} is not ${is}.`];
}
