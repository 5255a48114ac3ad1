import { digestOf } from "../blobs/sha256.ts";
import { isTranslated, languageOf, type Translations } from "../values/translations.ts";

/** Something that a person confirms with a box of its own. */
export interface ConsentStatement {
  /** 1 to 16 characters of a-z, 0-9 and hyphens. */
  readonly key: string;
  /** The sentence that is confirmed, up to 500 characters. */
  readonly text: Translations;
  /** The same in a few words, for a button; absent: the sentence. */
  readonly label?: Translations | undefined;
}

/** What the core asks for before the first photo. A new version or a changed wording asks everybody again. */
export interface ConsentAsk {
  /** 1 to 32 characters. Change it when anything else that was explained changes, e.g. the privacy policy. */
  readonly version: string;
  /** One to five, all in the same languages. */
  readonly statements: readonly ConsentStatement[];
}

/** `elsewhere`: the host asks before people reach Likeness, and the core asks for nothing. */
export type ConsentPolicy = ConsentAsk | "elsewhere";

/** The statements in one language, and what identifies them. */
export interface ConsentWording {
  readonly version: string;
  /** The language that they are in. */
  readonly locale: string;
  /** Hex SHA-256 of keys, sentences and labels in this language. */
  readonly textHash: string;
  readonly statements: readonly { readonly key: string; readonly text: string; readonly label: string }[];
}

/** The wording that a person with this locale reads. */
export async function wordingIn({ version, statements }: ConsentAsk, locale: string): Promise<ConsentWording> {
  const [first] = statements;
  const language = first ? languageOf(first.text, locale) : "en";
  const worded = statements.map(({ key, text, label }) => {
    const sentence = text[language] ?? text.en;
    return { key, text: sentence, label: label?.[language] ?? sentence };
  });
  const textHash = await hashOf(JSON.stringify(worded.map(({ key, text, label }) => [key, text, label])));
  return { version, locale: language, textHash, statements: worded };
}

/** By the text: one for each wording and language. Each photo and each press asks for one, and all mostly for the same. */
const hashes = new Map<string, Promise<string>>();

function hashOf(text: string): Promise<string> {
  const hash = hashes.get(text) ?? digestOf(text);
  hashes.set(text, hash);
  return hash;
}

/** What a host asks for. Throws when it cannot be asked, which is a mistake in the host's code. */
export function checkConsent(policy: ConsentPolicy): ConsentPolicy {
  if (policy === "elsewhere") return policy;
  const { version, statements } = policy;
  if (version.trim() === "" || version.length > 32)
    throw new RangeError("consent needs a version of 1 to 32 characters");
  if (statements.length < 1 || statements.length > 5) throw new RangeError("consent needs one to five statements");
  const keys = new Set(statements.map(({ key }) => key));
  if (keys.size < statements.length) throw new RangeError("two statements of the consent have the same key");
  const [languages] = statements.map(languagesOf);
  for (const statement of statements) {
    const problem = problemOf(statement, languages);
    if (problem) throw new RangeError(`the statement ${JSON.stringify(statement.key)} ${problem}`);
  }
  return policy;
}

function problemOf(statement: ConsentStatement, languages: string | undefined): string | undefined {
  const { key, text, label } = statement;
  if (!/^[a-z0-9-]{1,16}$/.test(key)) return "needs a key of 1 to 16 characters: a-z, 0-9 and hyphens";
  if (!isTranslated(text)) return "needs its text in English (en), and no empty texts";
  if (Object.values({ ...text }).some((sentence) => sentence.length > longestText))
    return `is longer than ${longestText} characters`;
  if (label && !isTranslated(label)) return "needs its label in English (en), and no empty labels";
  if (languagesOf(statement) !== languages) return "is not in the same languages as the first one";
  if (label && languagesOf({ text: label }) !== languages)
    return "has a label that is not in the languages of its text";
  return undefined;
}

/** So that five of them fit into a message beside what is explained. */
const longestText = 500;

const languagesOf = ({ text }: Pick<ConsentStatement, "text">): string =>
  Object.keys(text)
    .toSorted((left, right) => (left < right ? -1 : 1))
    .join();
