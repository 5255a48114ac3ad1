/** Replicate's hosts. The token is sent to `api` only. */
export interface ReplicateHosts {
  readonly api: string;
  /** Where results may be, beside `https://replicate.delivery` and its subdomains. */
  readonly files: readonly string[];
}

/** Overrides of Replicate's own hosts, e.g. by a fake's. */
export type ReplicateHostOverrides = { readonly [Name in keyof ReplicateHosts]?: ReplicateHosts[Name] | undefined };

/**
 * Replicate's hosts, with some of them replaced by base URLs without a path. Throws for a URL that is not https, unless
 * its host is a loopback address. The message names the setting but not its value.
 */
export const replicateHosts = ({ api, files = [] }: ReplicateHostOverrides = {}): ReplicateHosts => ({
  api: base("api", api ?? "https://api.replicate.com"),
  files: files.map((url) => base("files", url)),
});

function base(name: string, url: string): string {
  if (!isSecureUrl(url)) throw new Error(`${name} must be an https URL (http only on a loopback address)`);
  const { origin, pathname, search, hash } = new URL(url);
  if (pathname !== "/" || search || hash) throw new Error(`${name} must be a URL without a path`);
  return origin;
}

/** https, or http on a loopback address. */
export function isSecureUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username || password) return false;
  return protocol === "https:" || (protocol === "http:" && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname));
}

/** Whether a result may be read from there. */
export function isFileHost({ files }: ReplicateHosts, url: string): boolean {
  if (!isSecureUrl(url)) return false;
  const { origin, protocol, hostname } = new URL(url);
  return files.includes(origin) || (protocol === "https:" && /^(?:.+\.)?replicate\.delivery$/.test(hostname));
}
