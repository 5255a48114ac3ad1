import { aNotification, describeNotifier, testClock, type ScriptedReception } from "@likeness/testing";
import { ok } from "neverthrow";
import { createTransport } from "nodemailer";
import { expect, it } from "vitest";
import { mailNotifier, type MailNotifierOptions } from "./mail-notifier.ts";

const replies: Readonly<Record<ScriptedReception, object>> = {
  wait: { responseCode: 451 },
  unreachable: { responseCode: 550 },
  rejected: { responseCode: 554 },
  down: { code: "ECONNECTION" },
};

/** nodemailer as it is, with a last step that keeps mails or refuses them as a mail server does. */
function mailbox(options: Partial<MailNotifierOptions> = {}) {
  const mails: string[] = [];
  let next: object | undefined;
  const transport = createTransport({
    name: "mailbox",
    version: "1",
    send: ({ message }, done) =>
      message.build((broken, mail) => {
        const refused = broken ?? (next && Object.assign(new Error("refused"), next));
        next = undefined;
        mails.push(String(mail));
        if (refused) done(refused, undefined);
        else done(null, { messageId: message.messageId(), envelope: message.getEnvelope() });
      }),
  });
  const notifier = mailNotifier(transport, {
    from: "avatars@bot.example",
    addressOf: () => "ada@example.com",
    pageOf: (avatarId) => `https://bot.example/avatars/${avatarId}`,
    ...options,
  });
  return { notifier, mails, refuse: (reception: ScriptedReception) => void (next = replies[reception]) };
}

describeNotifier("mail", async (clock) => {
  const { notifier, mails, refuse } = mailbox({ clock });
  return { notifier, receiveNext: refuse, received: () => mails.length };
});

it("has the same id at each attempt, and a link to the avatar", async () => {
  const { notifier, mails } = mailbox();
  const notification = aNotification({ content: { template: "training-ready" }, avatarName: "Ada" });
  for (let attempt = 0; attempt < 2; attempt++) await notifier.send(notification);
  const field = (name: string) => mails.map((mail) => new RegExp(`^${name}: (.*)\\r$`, "m").exec(mail)?.[1]);
  expect(field("Message-ID")).toStrictEqual(Array(2).fill(`<${notification.id}@bot.example>`));
  expect(field("To")).toStrictEqual(Array(2).fill("ada@example.com"));
  expect(mails[0]).toContain(`https://bot.example/avatars/${notification.avatarId}`);
});

it("adds no header by the name of an avatar", async () => {
  const { notifier, mails } = mailbox();
  await notifier.send(aNotification({ avatarName: "Ada\r\nBcc: eve@example.com" }));
  const [headers = ""] = mails.join().split("\r\n\r\n");
  expect(headers).toMatch(/^Subject: /m);
  expect(headers).not.toMatch(/^Bcc:/m);
});

it("waits five minutes for a server that is busy, and knows who has no address", async () => {
  const clock = testClock();
  const { notifier, refuse } = mailbox({ clock });
  refuse("wait");
  const at = new Date(Date.parse(clock.now()) + 300_000).toISOString();
  expect(await notifier.send(aNotification())).toMatchObject({ value: { type: "retry-at", at } });
  const nowhere = mailbox({ addressOf: () => undefined });
  expect(await nowhere.notifier.send(aNotification())).toStrictEqual(ok({ type: "unreachable" }));
  expect(nowhere.mails).toStrictEqual([]);
});
