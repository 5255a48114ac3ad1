const flush = `import module from "node:module";
const watch = setInterval(() => {
  const { user, system } = process.cpuUsage();
  if (user + system < 800_000) return;
  clearInterval(watch);
  module.flushCompileCache?.();
}, 500).unref();`;

/**
 * What Node takes before a program that is mostly killed: Node writes its compile cache when a process ends by itself, and by
 * this after 0.8 s of processor time, when the program has started and worked a little. Nothing is written that is there.
 */
export const keepCompiled: readonly string[] = ["--import", `data:text/javascript,${encodeURIComponent(flush)}`];
