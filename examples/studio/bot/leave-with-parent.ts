/**
 * Loaded into the bot's process before the bot, whose code does not know of it: when the studio has ended in any way,
 * the bot exits at once. That is safe, and without the studio the bot could not be reached.
 */
process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
// Unreferenced, so that it does not keep a bot alive that has finished.
process.channel?.unref();
