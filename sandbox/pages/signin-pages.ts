import { connectionLabel, type Person, type SignInConnection } from '../people.ts';
import { escapeHtml, renderPage } from './layout.ts';

/** What a sign-in page needs to know about its flow. */
export interface Step {
  /** Path of the page, without a query. */
  readonly page: string;
  /** URL of the page with all sign-in methods. */
  readonly methods: string;
  /** Path that receives a person (`person`, `connection`) or a refusal (`cancel`), by GET or POST. */
  readonly choose: string;
  /** Fields of each link and form, like a user code. */
  readonly carry: Readonly<Record<string, string>>;
  /** In the device flow, the code to compare with the terminal. */
  readonly code?: string;
}

const link = (path: string, query: Readonly<Record<string, string>>): string =>
  escapeHtml(Object.keys(query).length > 0 ? `${path}?${new URLSearchParams(query)}` : path);

const hidden = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');

const codeToCompare = (step: Step): string =>
  step.code === undefined
    ? ''
    : `<p class="soft">Continue only if your terminal or app shows this code:</p><p class="code">${escapeHtml(step.code)}</p>`;

const cancelForm = (step: Step): string =>
  `<form method="post" action="${link(step.choose, {})}">${hidden(step.carry)}<button class="quiet" name="cancel" value="yes">Cancel</button></form>`;

const persons = (step: Step, connection: SignInConnection, offered: readonly Person[], verb = ''): string => {
  const fields = { ...step.carry, connection };
  const buttons = offered.map(
    ({ id, name, email }) =>
      `<button name="person" value="${id}" data-person="${id}"><b>${escapeHtml(verb + name)}</b><small>${escapeHtml(email)} · ${escapeHtml(connectionLabel(connection))}</small></button>`,
  );
  const links = offered.map(
    ({ id, name }) =>
      `<li><a data-person="${id}" href="${link(step.choose, { ...fields, person: id })}">${escapeHtml(verb + name)}</a></li>`,
  );
  return `<form method="post" action="${link(step.choose, {})}">${hidden(fields)}${buttons.join('')}</form>
<noscript><p class="soft">Or follow a link:</p><ul>${links.join('')}</ul></noscript>`;
};

const ssoForm = (step: Step, label: string, value = ''): string =>
  `<form method="get" action="${link(step.page, {})}" class="split">${hidden(step.carry)}<label for="sso">${escapeHtml(label)}</label><input id="sso" name="connection" placeholder="example.com" value="${escapeHtml(value)}" autocomplete="off" autocapitalize="off" spellcheck="false" required maxlength="253"><button class="plain">Continue with SSO</button></form>`;

/** The sign-in page of GitHub, Google or an SSO domain, with its people. */
export const loginPage = (step: Step, connection: SignInConnection, offered: readonly Person[]): string =>
  renderPage(
    `Sign in with ${connectionLabel(connection)}`,
    `<h1>Sign in with ${escapeHtml(connectionLabel(connection))}</h1><p class="soft">Choose a person. There is no password.</p>
${codeToCompare(step)}${persons(step, connection, offered)}
<p><a href="${escapeHtml(step.methods)}">Another way to sign in</a></p>${cancelForm(step)}`,
  );

/** The page for an unknown SSO domain. */
export const unknownDomainPage = (step: Step, domain: string): string =>
  renderPage(
    'Unknown SSO domain',
    `<h1>No sign-in for ${escapeHtml(domain)}</h1><p class="bad">SSO is not set up for this domain. The sandbox has <b>example.com</b>.</p>
${ssoForm(step, 'Your company’s domain', domain)}<p><a href="${escapeHtml(step.methods)}">Another way to sign in</a></p>${cancelForm(step)}`,
  );

/** The page that asks for a method, and offers to continue as the last person. */
export const methodsPage = (
  step: Step,
  session: { readonly person: Person; readonly connection: SignInConnection } | undefined,
): string => {
  const way = (connection: SignInConnection): string =>
    `<a class="way" data-connection="${connection}" href="${link(step.page, { ...step.carry, connection })}"><b>Sign in with ${connectionLabel(connection)}</b></a>`;
  return renderPage(
    'Sign in',
    `<h1>Sign in to fal</h1>${codeToCompare(step)}
${session ? persons(step, session.connection, [session.person], 'Continue as ') : ''}
<div class="ways">${way('github')}${way('google')}</div>${ssoForm(step, 'or with your company’s domain')}${cancelForm(step)}`,
  );
};

/** The page that asks for a user code, when the URL has none or an invalid one. */
export const codePage = (page: string, trouble?: string, typed = ''): string =>
  renderPage(
    'Enter the code',
    `<h1>Enter the code</h1><p class="${trouble === undefined ? 'soft' : 'bad'}">${escapeHtml(trouble ?? 'Enter the code from your terminal or app.')}</p>
<form method="get" action="${link(page, {})}"><label for="code">Code</label><input id="code" name="user_code" value="${escapeHtml(typed)}" placeholder="BCDF-GHJK" autocomplete="off" autocapitalize="characters" spellcheck="false" required maxlength="32"><button class="go">Continue</button></form>`,
  );

/** The end of a successful device sign-in. */
export const donePage = (person: Person): string =>
  renderPage(
    'Signed in',
    `<h1>You are signed in</h1><p>as <b>${escapeHtml(person.name)}</b>, ${escapeHtml(person.email)}.</p><p class="soft">You can close this window.</p>`,
  );

/** The end of a cancelled device sign-in. */
export const refusedPage = (): string =>
  renderPage(
    'Cancelled',
    '<h1>Sign-in cancelled</h1><p>Nobody was signed in.</p><p class="soft">You can close this window.</p>',
  );

/** After signing out, without a page to return to. */
export const signedOutPage = (): string =>
  renderPage('Signed out', '<h1>You are signed out</h1><p class="soft">You can close this window.</p>');

/** An error page. `what` is shown as it is. */
export const errorPage = (what: string): string =>
  renderPage(
    'Sign-in failed',
    `<h1>Sign-in failed</h1><p class="bad">${escapeHtml(what)}</p><p class="soft">Start again from your terminal or app.</p>`,
  );

/** The sandbox's version of fal's dashboard. */
export const dashboardPage = (): string =>
  renderPage(
    'Dashboard',
    '<h1>Dashboard</h1><p>On fal, you find billing, keys and members here. In the sandbox, use <code>/_sandbox</code> to lock and unlock accounts.</p>',
  );
