import { isSecureUrl } from "./secure-url.ts";

/** fal's hosts. The key is sent to the origins of `queue`, `rest` and `api` only. */
export interface FalHosts {
  /** Receives submissions and polls. */
  readonly queue: string;
  /** Issues the addresses of uploads. */
  readonly rest: string;
  /** Platform API, without `/v1`. */
  readonly api: string;
  /**
   * Publish the keys that sign webhooks. All are asked, because fal has moved the keys once and documents both hosts.
   */
  readonly keySets: readonly string[];
}

/** Overrides of fal's own hosts. */
export type FalHostOverrides = { readonly [Name in keyof FalHosts]?: FalHosts[Name] | undefined };

const defaults: FalHosts = {
  queue: "https://queue.fal.run",
  rest: "https://rest.fal.ai",
  api: "https://api.fal.ai",
  keySets: ["https://rest.fal.ai/.well-known/jwks.json", "https://rest.alpha.fal.ai/.well-known/jwks.json"],
};

/**
 * fal's hosts, with some of them replaced by base URLs without a path; a trailing slash is ignored. Throws for a URL
 * that is not https, unless its host is a loopback address.
 */
export function falHosts(overrides: FalHostOverrides = {}): FalHosts {
  return {
    queue: base("queue", overrides.queue ?? defaults.queue),
    rest: base("rest", overrides.rest ?? defaults.rest),
    api: base("api", overrides.api ?? defaults.api),
    keySets: keySets(overrides.keySets ?? defaults.keySets),
  };
}

function base(name: string, url: string): string {
  const { origin, pathname, search, hash } = new URL(secure(name, url));
  if (pathname !== "/" || search || hash) throw new Error(`${name} must be a URL without a path`);
  return origin;
}

function keySets(urls: readonly string[]): readonly string[] {
  if (urls.length === 0) throw new Error("keySets must name at least one URL");
  return urls.map((url) => secure("keySets", url));
}

/** The message names the setting but not its value. */
function secure(name: string, url: string): string {
  if (!isSecureUrl(url)) throw new Error(`${name} must be an https URL (http only on a loopback address)`);
  return url;
}
