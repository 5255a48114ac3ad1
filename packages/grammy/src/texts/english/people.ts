import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import type { About, PeopleTexts } from "../people-texts.ts";
import { countOf, day, number } from "./formats.ts";

const { bold, link } = FormattedString;

const chosenMark = (chosen: boolean): string => (chosen ? "✓ " : "");

/** Whole years as years: nobody reads `1,095 days` as three of them. */
const span = (days: number): string =>
  days % 365 === 0
    ? countOf(days / 365, { one: "year", other: "years" })
    : countOf(days, { one: "day", other: "days" });

const kept = ({ photoDays, ownerDays }: About): string =>
  [
    photoDays === undefined ? "until you delete them" : `photos for ${span(photoDays)} after the avatar is ready`,
    ownerDays === undefined ? undefined : `everything for at most ${span(ownerDays)} after your last visit`,
  ]
    .filter((part) => part !== undefined)
    .join("; ");

const facts = (about: About) => [
  fmt`${bold("What for")}: to train your avatar, and to make the pictures you ask for. Nothing else.`,
  fmt`${bold("Who receives them")}: this bot, and ${about.service ?? "the training service"}, which trains and draws. Telegram keeps its own copy of this chat.`,
  fmt`${bold("How long")}: ${kept(about)}.`,
  fmt`${bold("How to delete")}: /avatars for one avatar, /privacy for the rest.`,
];

const policy = ({ privacyUrl }: About) =>
  privacyUrl === undefined ? [] : ["", fmt`${link("Privacy policy", privacyUrl)}`];

export const englishPeople = {
  "command.help": () => "What I can do, and what I am waiting for",
  "command.privacy": () => "Your data and your consent",
  "command.terms": () => "Terms of use",
  "command.settings": () => "Language, pictures and messages",

  "consent.ask": ({ about, statements, because, refused }) =>
    lines(
      bold(refused ? "I have not taken these photos yet" : "One thing before your photos"),
      refused
        ? "Please confirm this first, then send them again."
        : because === "outdated"
          ? "What you agreed to has changed, so I have to ask again."
          : "So that you know what happens to them:",
      "",
      ...facts(about),
      ...policy(about),
      "",
      statements.length > 1 ? "Please tick each box, then continue:" : "Please tick the box, then continue:",
      ...statements.map((statement) => `• ${statement}`),
    ),
  "consent.given": ({ statements, at }) =>
    lines(
      "Thank you! You have confirmed:",
      ...statements.map((statement) => `✓ ${statement}`),
      "",
      `Date: ${day(at)}`,
      "You can withdraw this at any time: /privacy",
    ),
  "toast.tick-all": ({ left }) =>
    left === 1 ? "Please tick the last box first." : "Please tick all boxes first: they are above this button.",
  "toast.new-wording": () => "The wording has changed meanwhile. Please look at it once more.",

  privacy: ({ about, consent }) =>
    lines(
      bold("Your data"),
      fmt`${bold("What is stored")}: your photos, avatars and pictures, what you write for them, your settings, payments if you make any, and your Telegram ID.`,
      ...facts(about),
      ...(consent.type === "elsewhere" ? [] : ["", bold("Your consent")]),
      ...(consent.type === "given"
        ? [...consent.statements.map((statement) => `✓ ${statement}`), `Date: ${day(consent.at)}`]
        : []),
      consent.type === "missing"
        ? consent.withdrawn
          ? "You have withdrawn it. I take no photos until you agree again."
          : "You have not been asked yet: that happens before your first photo."
        : undefined,
      ...(consent.type === "outdated"
        ? ["You agreed to an earlier text. I will ask you again before the next photo.", `Date: ${day(consent.at)}`]
        : []),
      ...policy(about),
    ),
  "withdraw.ask": ({ erasable }) =>
    lines(
      bold("Withdraw your consent?"),
      "I will stop what is being trained or drawn, and take no more photos.",
      "",
      erasable
        ? "You can keep your avatars and pictures, or have everything deleted."
        : "Your avatars and pictures stay. You can delete each of them in /avatars.",
    ),
  "withdraw.done": ({ cancelled, left }) =>
    lines(
      "Your consent is withdrawn. I take no more photos, and train nothing.",
      cancelled > 0 ? `Stopped: ${number(cancelled)}.` : undefined,
      left > 0 ? "Something is just being sent or finished. I stop it as soon as that is possible." : undefined,
      "Your avatars and pictures are still there. If you change your mind, start a new avatar.",
    ),
  terms: ({ about: { termsUrl, support } }) =>
    lines(
      termsUrl === undefined ? "There are no terms of use." : fmt`${link("Terms of use", termsUrl)}`,
      support === undefined ? undefined : `Questions? ${support}`,
    ),
  settings: ({ language, followed, pictures, progress }) =>
    lines(
      bold("Settings"),
      `Language: ${language}${followed ? ", as in Telegram" : ""}`,
      pictures === undefined ? undefined : `Pictures at a time: ${number(pictures)}`,
      progress
        ? "While an avatar is trained: I show the progress"
        : "While an avatar is trained: I write only when it ends",
    ),

  "button.agree": () => "Continue",
  "button.privacy": () => "My data",
  "button.policy": () => "Privacy policy",
  "button.withdraw": () => "Withdraw consent",
  "button.withdraw-keep": () => "Withdraw, keep my avatars",
  "button.keep-consent": () => "Back",
  "button.follow-telegram": ({ chosen }) => `${chosenMark(chosen)}As in Telegram`,
  "button.pictures": ({ count, chosen }) =>
    `${chosenMark(chosen)}${countOf(count, { one: "picture", other: "pictures" })}`,
  "button.show-progress": ({ chosen }) => `${chosenMark(chosen)}Progress`,
  "button.only-result": ({ chosen }) => `${chosenMark(chosen)}Result only`,
} satisfies PeopleTexts;
