/** How long a throttled answer asks to wait: its header, or the text of Replicate's, `… resets in ~30s.` */
export function waitIn(headers: Headers, detail: string): number | undefined {
  const header = headers.get("retry-after");
  if (header !== null && /^\s*\d{1,6}\s*$/.test(header)) return Number(header);
  const said = /\b(?:in|available in) ~?(\d{1,6}) ?s/.exec(detail)?.[1];
  return said === undefined ? undefined : Number(said);
}
