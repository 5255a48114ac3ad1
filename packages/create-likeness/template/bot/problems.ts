/** Does the work; when it fails, the error says in words what does not work, and its cause says why. */
export async function named<Made>(what: string, work: () => Promise<Made>): Promise<Made> {
  try {
    return await work();
  } catch (cause) {
    throw new Error(what, { cause });
  }
}

/** What an error says, and the causes behind it: `the database …: migration-failure: connect ECONNREFUSED …`. */
export const explain = (problem: unknown): string => [...new Set(reasons(problem))].join(": ");

function reasons(problem: unknown): string[] {
  if (typeof problem === "string") return [problem];
  if (typeof problem !== "object" || problem === null) return [];
  // An error has a message, or several errors instead; a problem of Likeness is an object with a type.
  const { message, type, detail, cause, errors } = problem as Partial<Record<string, unknown>>;
  const own = [message || type, detail].filter((part) => typeof part === "string" && part !== "");
  return [...(own as string[]), ...reasons(cause ?? (Array.isArray(errors) ? errors[0] : undefined))];
}
