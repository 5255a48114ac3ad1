import { progressChoices, type OwnerSettings } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { counts } from "../pictures/picture-choice.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { storeLocale } from "./store-locale.ts";
import { showSettings } from "./show-settings.ts";

type Setter = (ports: ChatPorts, press: Press, value: string) => ResultAsync<PressAnswer, ChatError>;

const setLocale: Setter = (ports, press, value) => {
  if (value !== "" && !ports.languages.includes(value)) return okAsync(oldButton(ports, press));
  return storeLocale(ports, press.person, value === "" ? undefined : value, press.stated)
    .andThen((person) => showSettings(ports, person, { editing: editable(press) }))
    .map(() => undefined);
};

const setPictures: Setter = (ports, press, value) => {
  const picturesPerPress = counts.find((count) => String(count) === value);
  return picturesPerPress === undefined ? okAsync(oldButton(ports, press)) : change(ports, press, { picturesPerPress });
};

const setProgress: Setter = (ports, press, value) => {
  const progress = progressChoices.find((choice) => choice === value);
  return progress === undefined ? okAsync(oldButton(ports, press)) : change(ports, press, { progress });
};

type Change = Omit<Parameters<ChatPorts["likeness"]["owners"]["changeSettings"]>[0], "actor">;

const change = (ports: ChatPorts, press: Press, changes: Change): ResultAsync<PressAnswer, ChatError> =>
  ports.likeness.owners
    .changeSettings({ actor: press.person.actor, ...changes })
    .map(() => true)
    .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : okAsync(false)))
    .andThen(() => showSettings(ports, press.person, { editing: editable(press) }))
    .map(() => undefined);

const setters = {
  locale: setLocale,
  picturesPerPress: setPictures,
  progress: setProgress,
} as const satisfies Record<keyof OwnerSettings, Setter>;

const isSetting = (name: string): name is keyof typeof setters => Object.hasOwn(setters, name);

/** The handler of the buttons of `/settings`. */
export const settingsPresses = {
  set: (ports, press) =>
    isSetting(press.id) ? setters[press.id](ports, press, press.era ?? "") : okAsync(oldButton(ports, press)),
} as const satisfies Partial<Record<Verb, PressHandler>>;
