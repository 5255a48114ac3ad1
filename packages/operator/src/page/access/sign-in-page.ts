import { html, type Html } from "../html.ts";
import type { Shown } from "../visit.ts";

/** Why somebody was not let in. */
export type SignInProblem = "wrong-token" | "many-wrong-tokens" | "no-name";

const problems: Readonly<Record<SignInProblem, { readonly status: number; readonly says: string }>> = {
  "wrong-token": { status: 401, says: "That is not the token." },
  "many-wrong-tokens": { status: 429, says: "That is not the token, as many before were not. Wait a minute." },
  "no-name": { status: 422, says: "Say who you are: what you do is noted with your name." },
};

const headersOf: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  // Every 401 has one. Browsers know no such scheme, and show the form. https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2
  401: { "www-authenticate": 'Form realm="operators"' },
  429: { "retry-after": "60" },
};

/** Asks for the token. `to`: where to go on, below the first address. */
export function signInPage(root: string, to: string, problem?: SignInProblem): Shown {
  const { status, says } = problem ? problems[problem] : { status: 401, says: undefined };
  return { title: "Sign in", status, headers: headersOf[status], body: html`${said(says)}${form(root, to)}` };
}

const said = (says: string | undefined): Html =>
  html`${says !== undefined && html`<div class="notice bad" role="alert"><p>${says}</p></div>`}`;

const form = (root: string, to: string): Html =>
  html`<form method="post" action="${root}sign-in" class="narrow">
      <input type="hidden" name="to" value="${to}" />
      <p class="field">
        <label for="name">Your name</label>
        <input id="name" name="name" required maxlength="100" autocomplete="username" aria-describedby="why" />
        <span id="why" class="quiet">What you do is noted with it.</span>
      </p>
      <p class="field">
        <label for="token">Token of the operators</label>
        <input id="token" name="token" type="password" required maxlength="1000" autocomplete="current-password" />
      </p>
      <p><button class="primary">Sign in</button></p>
    </form>
    <p class="quiet">Signed in already, and a link from elsewhere led here? <a href="${root}${to}">Go on</a>.</p>`;
