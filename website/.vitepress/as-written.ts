import type { MarkdownRenderer } from "vitepress";

/** Shows braces in a text as they are: VitePress would take `{{ }}` for an expression of Vue. */
export function asWritten({ renderer, utils }: MarkdownRenderer): void {
  const escape = (text = ""): string => utils.escapeHtml(text).replaceAll("{", "&#123;");
  renderer.rules.text = (tokens, index) => escape(tokens[index]?.content);
  renderer.rules.code_inline = (tokens, index) => `<code v-pre>${escape(tokens[index]?.content)}</code>`;
}
