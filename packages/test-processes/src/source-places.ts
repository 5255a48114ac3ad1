import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

const inModule = /(file:\/\/[^\s"]+\.mjs):(\d+):(\d+)/g;

/**
 * A text in which stacks name the sources of bundled programs. That costs the programs nothing: with
 * `--enable-source-maps`, each would read megabytes of maps at its start.
 */
export function withSourcePlaces(text: string): string {
  const maps = new Map<string, SourceMap | undefined>();
  return text.replaceAll(inModule, (place, url: string, line: string, column: string) => {
    if (!maps.has(url)) maps.set(url, mapOf(url));
    const found = maps.get(url)?.findOrigin(Number(line), Number(column));
    if (!found || !("fileName" in found)) return place;
    return `${new URL(found.fileName, url).href}:${found.lineNumber}:${found.columnNumber}`;
  });
}

function mapOf(url: string): SourceMap | undefined {
  const path = `${fileURLToPath(url)}.map`;
  return existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, "utf8"))) : undefined;
}
