import { renderMermaidSVG } from "beautiful-mermaid";
import type { MarkdownRenderer } from "vitepress";

/** The colours of the page, light or dark. */
const colours = {
  bg: "var(--vp-c-bg)",
  fg: "var(--vp-c-text-1)",
  accent: "var(--vp-c-brand-1)",
  muted: "var(--vp-c-text-2)",
  transparent: true,
} as const;

/** Draws Mermaid when the site is built, so that a page needs no script for it. GitHub draws the same text itself. */
export function drawDiagrams(markdown: MarkdownRenderer): void {
  const { renderer, utils } = markdown;
  const shown = renderer.rules.fence;
  renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token?.info.trim() !== "mermaid") return shown?.(tokens, index, ...rest) ?? "";
    const drawn = JSON.stringify(forPage(renderMermaidSVG(lifted(token.content), { ...colours, font: "inherit" })));
    return `<div class="diagram" style="overflow-x: auto" v-html="${utils.escapeHtml(drawn)}"></div>\n`;
  };
}

/** A label of several lines would lie on its arrow. One more empty line lifts it. */
const lifted = (diagram: string): string =>
  diagram.startsWith("sequenceDiagram") ? diagram.replace(/^.*<br>.*$/gm, "$&<br>\u00a0") : diagram;

/** Without the font that it would load from elsewhere, and with styles for nothing but diagrams. */
const forPage = (svg: string): string =>
  svg
    .replace(/^ *@import .*\n/gm, "")
    .replace("text { font-family: 'inherit',", ".diagram text { font-family:")
    .replace(/^ *svg \{/m, "  .diagram svg {");
