/**
 * Loaded into the bot's process before the bot, which knows nothing of it: when the studio is gone, however it went, the
 * bot goes at once. It is safe to be killed, and nobody could talk to it any more.
 */
process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
// Waiting for that must not keep a bot alive that has finished.
process.channel?.unref();
