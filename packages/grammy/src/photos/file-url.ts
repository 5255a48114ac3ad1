import type { Api } from "grammy";

const telegramRoot = "https://api.telegram.org";

/** The URL of a file. `undefined`: its path would lead out of the files of this bot, in any spelling. */
export function fileUrl({ token, options }: Pick<Api, "token" | "options">, path: string): string | undefined {
  if (leadsOut(path)) return undefined;
  // Escaped, because in a URL each of these characters ends the path.
  const escaped = path.replaceAll("?", "%3F").replaceAll("#", "%23");
  return `${options?.apiRoot ?? telegramRoot}/file/bot${token}/${escaped}`;
}

/** Finds `..` in any spelling: a server or proxy may decode escapes, even repeatedly, and treat `\\` as `/`. */
function leadsOut(path: string): boolean {
  const plain = unescaped(path);
  return plain === undefined || plain.split(/[/\\]/).some((segment) => /^\.\. *(?:;.*)?$/.test(segment));
}

/** `undefined`: it holds control characters, or so many layers of escapes that it must be an attack. */
function unescaped(path: string, layers = 4): string | undefined {
  // URL parsers remove tabs and line breaks, even between two dots.
  if (/[^ -\u{10ffff}]/u.test(path)) return undefined;
  const plain = path.replace(/%[0-9a-f]{2}/gi, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)));
  if (plain === path) return plain;
  return layers === 0 ? undefined : unescaped(plain, layers - 1);
}
