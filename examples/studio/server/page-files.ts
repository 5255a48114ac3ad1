import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export interface PageFile {
  readonly contentType: string;
  readonly body: string;
}

const folder = fileURLToPath(new URL("../page/", import.meta.url));

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
    <meta name="color-scheme" content="light dark">
    <title>Likeness studio</title>
    <link rel="icon" href="/icon.svg">
    <link rel="stylesheet" href="/page.css">
    <script type="module" src="/page.js"></script>
  </head>
  <body></body>
</html>
`;

/** What the bot links to where it sells. */
const terms = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Terms of use</title>
  </head>
  <body>
    <h1>Terms of use</h1>
    <p>This is where the terms of your bot would be. In the studio nothing is sold: Stars and credits are play money.</p>
  </body>
</html>
`;

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#0b6e5f"/><circle cx="16" cy="12.5" r="5" fill="#fff"/><path d="M6.500 26a9.500 8 0 0 1 19 0z" fill="#fff"/></svg>`;

let built: ReturnType<typeof buildPage> | undefined;

/**
 * The page, built from its sources, with everything it needs, so that a browser sends no requests to other hosts. A
 * process builds it once, however many servers it opens.
 */
export const pageFiles = (): ReturnType<typeof buildPage> => (built ??= buildPage());

async function buildPage(): Promise<Readonly<Record<string, PageFile>>> {
  const { outputFiles } = await build({
    entryPoints: { page: `${folder}page.tsx`, styles: `${folder}styles/page.css` },
    bundle: true,
    write: false,
    outdir: folder,
    format: "esm",
    target: "es2022",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const output = (suffix: string): string => outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? "";
  return {
    "/": { contentType: "text/html; charset=utf-8", body: html },
    "/terms": { contentType: "text/html; charset=utf-8", body: terms },
    "/page.js": { contentType: "text/javascript; charset=utf-8", body: output("page.js") },
    "/page.css": { contentType: "text/css; charset=utf-8", body: output("styles.css") },
    "/icon.svg": { contentType: "image/svg+xml", body: icon },
  };
}
