type Table = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

/** Prints a lifecycle table as a Mermaid state diagram, so that the documentation cannot drift from the code. */
export function lifecycleDiagram(table: Table): string {
  const statuses = Object.keys(table);
  const [first] = statuses;
  const arrows = statuses.flatMap((from) =>
    Object.entries(table[from] ?? {}).map(([transition, to]) => `  ${from} --> ${to}: ${transition}`),
  );
  const ends = statuses.filter((status) => Object.keys(table[status] ?? {}).length === 0);
  return ["stateDiagram-v2", `  [*] --> ${first}`, ...arrows, ...ends.map((status) => `  ${status} --> [*]`)].join(
    "\n",
  );
}
