const longest = 300;

/** Links, also percent-encoded ones and those without a scheme: they may hold tokens or lead to somebody's photos. */
const links = /(?:\b(?:https?:|data:)|https?%3A|\b[\w.-]+\.fal\.media\/)\S*/gi;

/** Text of a provider, made fit for people and logs: one line without links, at most 300 characters. */
export function plainDetail(text: string): string {
  const line = text.replaceAll(links, "(link)").replaceAll(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
