import type { BenchChart } from "./bench-part.ts";

const width = 720;
const labelWidth = 330;
const barHeight = 16;
const rowHeight = 24;
const headHeight = 52;
/** Room behind the longest bar, for its value. */
const valueWidth = 70;

/** Charts one below the other, readable on light and on dark pages. */
export function drawCharts(charts: readonly BenchChart[]): string {
  const drawn: string[] = [];
  let height = 0;
  for (const chart of charts) {
    drawn.push(`<g transform="translate(0 ${height})">\n${drawChart(chart)}\n</g>`);
    height += headHeight + chart.bars.length * rowHeight + rowHeight;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(charts.map(({ title }) => title).join("; "))}</title>
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; }
  .goal { font-size: 12px; fill: #9a3412; }
  line { stroke: #9a3412; stroke-dasharray: 4 3; }
  rect { fill: #4f7cac; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .goal { fill: #fdba74; }
    line { stroke: #fdba74; }
    rect { fill: #6d9dcf; }
  }
</style>
${drawn.join("\n")}
</svg>
`;
}

function drawChart({ title, bars, goal }: BenchChart): string {
  const longest = Math.max(goal.value, ...bars.map(({ value }) => value));
  const scale = (value: number) => Math.round((value / longest) * (width - labelWidth - valueWidth));
  const goalX = labelWidth + scale(goal.value);
  const rows = bars.map(({ label, value, text }, index) => {
    const middle = headHeight + index * rowHeight + rowHeight / 2;
    const bar = `<rect x="${labelWidth}" y="${middle - barHeight / 2}" width="${scale(value)}" height="${barHeight}" rx="2"/>`;
    const name = `<text x="${labelWidth - 8}" y="${middle + 4}" text-anchor="end">${escaped(label)}</text>`;
    return `${name}${bar}<text x="${labelWidth + scale(value) + 6}" y="${middle + 4}">${escaped(text)}</text>`;
  });
  const bottom = headHeight + bars.length * rowHeight;
  return [
    `<text class="title" x="8" y="20">${escaped(title)}</text>`,
    `<text class="goal" x="${goalX}" y="42" text-anchor="middle">${escaped(goal.text)}</text>`,
    ...rows,
    `<line x1="${goalX}" x2="${goalX}" y1="${headHeight - 4}" y2="${bottom}"/>`,
  ].join("\n");
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
