/** The types that API reports show because an exported signature has them, and that nobody can import. */
export function unexportedTypes(reports: string): string[] {
  const renamed = new Set([...reports.matchAll(/^export \{ (\w+) as \w+ \}/gm)].map(([, name]) => name));
  const shown = [...reports.matchAll(/^(?:interface|type|class) (\w+)/gm)].flatMap(([, name = ""]) => name);
  return [...new Set(shown)].filter((name) => !renamed.has(name));
}
