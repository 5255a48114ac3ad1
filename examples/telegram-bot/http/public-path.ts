import type { FastifyServerOptions } from "fastify";

/**
 * Takes the path of the public URL off the addresses of requests. A proxy may do that itself or leave it on, escape it in
 * another way, or leave out a slash that stands there twice: all of that is the same path. It is no route, so that nothing
 * in it means anything.
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

/** Without escapes; as it is when they are none. */
function plain(name = ""): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
