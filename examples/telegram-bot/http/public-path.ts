import type { FastifyServerOptions } from "fastify";

/**
 * Removes the path of the public URL from the addresses of requests. A proxy may remove it itself, escape it
 * differently or merge double slashes: all of these match. It is not a Fastify route, so that its characters have no
 * special meaning.
 */
export function withoutPublicPath(publicPath: string): NonNullable<FastifyServerOptions["rewriteUrl"]> {
  const expected = namesIn(publicPath);
  return ({ url = "/" }) => {
    const [, path = "", query = ""] = /^([^?]*)(.*)$/s.exec(url) ?? [];
    const rest = path.split("/");
    for (const name of expected) {
      while (rest[0] === "") rest.shift();
      if (plain(rest.shift()) !== name) return url;
    }
    return expected.length === 0 ? url : `/${rest.join("/")}${query}`;
  };
}

const namesIn = (path: string): string[] =>
  path
    .split("/")
    .filter((name) => name !== "")
    .map(plain);

/** Decodes escapes; returns the text unchanged if they are invalid. */
function plain(name = ""): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
