import { isSecureUrl } from "./secure-url.ts";

/** Where fal is. The key travels to the origins of `queue`, `rest` and `api` and nowhere else. */
export interface FalHosts {
  /** Trainings are submitted to it and asked about here. */
  readonly queue: string;
  /** Uploads begin here. */
  readonly rest: string;
  /** Platform API, without `/v1`. */
  readonly api: string;
  /** Where the keys that sign webhooks are published. All are asked; fal has moved them once and documents both. */
  readonly keySets: readonly string[];
}

/** Those that are not fal's own. */
export type FalHostOverrides = { readonly [Name in keyof FalHosts]?: FalHosts[Name] | undefined };

const defaults: FalHosts = {
  queue: "https://queue.fal.run",
  rest: "https://rest.fal.ai",
  api: "https://api.fal.ai",
  keySets: ["https://rest.fal.ai/.well-known/jwks.json", "https://rest.alpha.fal.ai/.well-known/jwks.json"],
};

/**
 * fal's hosts, with some of them replaced: bases without a path, of which a trailing slash is ignored. A URL that is not
 * https is a programmer's mistake unless its host is a loopback address, and thrown.
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

/** The message names the setting, never its value. */
function secure(name: string, url: string): string {
  if (!isSecureUrl(url)) throw new Error(`${name} must be an https URL (http only on a loopback address)`);
  return url;
}
