/**
 * Makes and checks echoes: signed requests of our own to our own public address, whose answers only a process with our
 * secrets can make. Nothing of them is stored.
 */
export interface EchoSeals {
  /** The public address of an echo. */
  urlFor(echo: string): Promise<string>;
  /** In constant time. */
  accepts(echo: string, token: string): Promise<boolean>;
  /** @param digest Hex SHA-256 of the body that has arrived. */
  answerTo(echo: string, digest: string): Promise<string>;
  /** Whether an answer was made with one of our secrets. */
  isAnswerTo(echo: string, digest: string, answer: string): Promise<boolean>;
}
