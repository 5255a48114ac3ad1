/** The base of the URLs that are handed out. */
export interface Origins {
  readonly queue: string;
  readonly files: string;
}

/** fal's own hosts, as a caller without any settings reaches them. `rest.alpha.fal.ai` is an older name of `rest.fal.ai`. */
export const falHosts = ["queue.fal.run", "rest.fal.ai", "rest.alpha.fal.ai", "api.fal.ai", "v3.fal.media"] as const;

/** fal is spread over several hosts; a served fake holds all of it under one origin. */
export function originsFor(url: URL): Origins {
  const isFal = falHosts.some((host) => host === url.host);
  return isFal
    ? { queue: "https://queue.fal.run", files: "https://v3.fal.media" }
    : { queue: url.origin, files: url.origin };
}
