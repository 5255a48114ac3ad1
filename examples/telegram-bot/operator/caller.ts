import { userInfo } from "node:os";

/** Who acts, and the words without the option that says so. */
export interface Caller {
  readonly operator: string;
  readonly words: readonly string[];
}

const option = "--operator";

/** `--operator NAME`, anywhere among the words; otherwise the account on this machine. */
export function callerIn(parameters: readonly string[]): Caller {
  const at = parameters.findIndex((word) => word === option || word.startsWith(`${option}=`));
  const given = parameters[at];
  if (given === undefined) return { operator: accountName(), words: parameters };
  const inOne = given.length > option.length;
  const name = inOne ? given.slice(option.length + 1) : (parameters[at + 1] ?? "");
  const words = parameters.filter((_, index) => index !== at && (inOne || index !== at + 1));
  return { operator: name.trim(), words };
}

/** The name of the account that runs this program, or its number where it has no name, as in some containers. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}
