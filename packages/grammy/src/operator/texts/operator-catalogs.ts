import type { Locale } from "../../texts/catalog.ts";
import type { OperatorTexts } from "../operator-texts.ts";
import { english } from "./english.ts";
import { kazakh } from "./kazakh.ts";
import { russian } from "./russian.ts";

/** What the chat says to operators, by language. */
export const operatorCatalogs: Readonly<Record<Locale, OperatorTexts>> = { en: english, ru: russian, kk: kazakh };
