import { manifest } from "./manifest.ts";
import { questionNames, type Answers } from "./questions.ts";

const always = ["@likeness/blobs", "@likeness/core", "@likeness/grammy", "@likeness/kysely", "@likeness/sharp"];
const beside = ["grammy", "kysely", "sharp"];
const tools = ["@types/node", "typescript"];

/** The names of what a project with any answers may install. */
export const allDependencies: readonly string[] = Object.keys(manifest.devDependencies);

/** The project's package.json, with the versions that the template is tested with. */
export function projectManifest(name: string, answers: Answers): object {
  const chosen = (field: "dependencies" | "devDependencies") =>
    questionNames.flatMap((question) => answers[question][field] ?? []);
  return {
    name,
    version: "0.1.0",
    private: true,
    type: "module",
    engines: manifest.engines,
    scripts: {
      start: "node main.ts",
      dev: "node --watch main.ts",
      rehearse: "node main.ts rehearse",
      test: "node --test --test-force-exit --test-timeout=120000",
      types: "tsc",
    },
    dependencies: versionsOf([...always, ...beside, ...chosen("dependencies")]),
    devDependencies: versionsOf([...tools, ...chosen("devDependencies")]),
  };
}

function versionsOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.toSorted().map((name) => {
      const version = manifest.devDependencies[name];
      if (version === undefined) throw new Error(`the template is not tested with ${name}`);
      // A beta promises nothing about the next one.
      return [name, version.includes("-") ? version : `^${version}`];
    }),
  );
}
