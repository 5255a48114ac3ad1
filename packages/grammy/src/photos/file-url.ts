import type { Api } from "grammy";

const telegramRoot = "https://api.telegram.org";

/** Where a file is downloaded. `undefined`: its path would lead out of the files of this bot, however it is spelled. */
export function fileUrl({ token, options }: Pick<Api, "token" | "options">, path: string): string | undefined {
  if (leadsOut(path)) return undefined;
  // Both end a path in a URL, so in the name of a file they stand for themselves only when escaped.
  const escaped = path.replaceAll("?", "%3F").replaceAll("#", "%23");
  return `${options?.apiRoot ?? telegramRoot}/file/bot${token}/${escaped}`;
}

/** `..` in any spelling: a server, or a proxy before it, may undo escapes, more than once, and take `\\` for `/`. */
function leadsOut(path: string): boolean {
  const plain = unescaped(path);
  return plain === undefined || plain.split(/[/\\]/).some((segment) => /^\.\. *(?:;.*)?$/.test(segment));
}

/** `undefined`: it holds control characters, or so many layers of escapes that it was made to hide something. */
function unescaped(path: string, layers = 4): string | undefined {
  // URLs lose tabs and line breaks wherever they stand, also between dots.
  if (/[^ -\u{10ffff}]/u.test(path)) return undefined;
  const plain = path.replace(/%[0-9a-f]{2}/gi, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)));
  if (plain === path) return plain;
  return layers === 0 ? undefined : unescaped(plain, layers - 1);
}
