/** What makes a name unfit for a package of npm's, https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name */
const rules: readonly (readonly [isBroken: (name: string) => boolean, reason: string])[] = [
  [(name) => name.length > 214, "is longer than 214 characters"],
  [(name) => /[A-Z]/.test(name), "has capital letters, which npm does not take"],
  [(name) => /^[._-]/.test(name), "begins with a dot, an underscore or a hyphen"],
  [(name) => !/^[a-z0-9._-]*$/.test(name), "may have only the letters a to z, digits, hyphens, underscores and dots"],
  [(name) => name === "", "is empty"],
  [(name) => name === "node_modules" || name === "favicon.ico", "is a name that npm keeps for itself"],
];

/** Why a project cannot have this name; undefined: it can. `dependencies` are what it may install. */
export function problemOfName(name: string, dependencies: readonly string[]): string | undefined {
  const [, reason] = rules.find(([isBroken]) => isBroken(name)) ?? [];
  if (reason) return `"${name}" cannot be the name of the project: it ${reason}.`;
  if (dependencies.includes(name))
    return `"${name}" cannot be the name of the project: a package that it may install has this name.`;
  return undefined;
}
