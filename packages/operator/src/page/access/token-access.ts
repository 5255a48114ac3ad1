import { cleanText, type Clock, type Log } from "@likeness/core";
import { cookieFor, cookiesIn } from "../http/cookies.ts";
import { originOf } from "../http/own-origin.ts";
import { needSecret } from "./need-secret.ts";
import { sessions } from "./session.ts";
import type { SignInProblem } from "./sign-in-page.ts";
import { fewWrongTokens, wrongTokens } from "./wrong-tokens.ts";

export interface TokenAccess {
  /** Who sends a request. */
  who(request: Request): Promise<string | undefined>;
  /** The cookie for somebody who has the token. */
  signIn(
    request: Request,
    form: URLSearchParams,
  ): Promise<{ readonly cookie: string } | { readonly problem: SignInProblem | "not-secure" }>;
  /** The cookie that ends a session in this browser. */
  signOut(request: Request): string;
}

const sessionSeconds = 12 * 3_600;
const longestName = 100;

/** @throws If the token is too short to be a secret, or has a space at an end: what people type is taken without those. */
export function tokenAccess(token: string, clock: Clock, log: Log): TokenAccess {
  needSecret(token, "a token");
  if (token !== token.trim()) throw new TypeError("operatorPage needs a token without spaces at its ends");
  const opened = sessions(token);
  const wrong = wrongTokens();
  const now = (): number => Date.parse(clock.now());
  return {
    who: async (request) => {
      for (const { value } of cookiesIn(request, "session")) {
        const session = await opened.open(value, now());
        if (session) return session.operator;
      }
      return undefined;
    },
    signIn: async (request, form) => {
      if (!isPrivate(originOf(request) ?? new URL(request.url))) return { problem: "not-secure" };
      if (!(await opened.isToken(form.get("token")?.trim() ?? ""))) {
        const count = wrong.count(now());
        const many = count > fewWrongTokens;
        // Once a minute when there are many, so that nobody can fill the log.
        if (count <= fewWrongTokens + 1) log.warn({ many }, "a wrong token of operators was given");
        return { problem: many ? "many-wrong-tokens" : "wrong-token" };
      }
      const operator = cleanText(form.get("name")?.trim() ?? "", longestName);
      if (!/[\p{L}\p{N}]/u.test(operator)) return { problem: "no-name" };
      log.info({ operator }, "an operator has signed in");
      const until = now() + sessionSeconds * 1_000;
      return { cookie: cookieFor(request, "session", await opened.seal({ operator, until }), sessionSeconds) };
    },
    signOut: (request) => cookieFor(request, "session", "", 0),
  };
}

/** By https, or on the machine itself: elsewhere token and cookie could be read on their way. */
const isPrivate = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" || /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
