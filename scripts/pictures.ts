// Makes the README's pictures anew: the real window (`varvel web`) on a sandbox with something to look at.
//   node scripts/pictures.ts
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startSandbox } from '../sandbox/start.ts';

const root = join(import.meta.dirname, '..');
const pictures = join(root, 'docs', 'pictures');
const browsers = ['/usr/bin/chromium', '/usr/bin/google-chrome'];
const size = { width: 1240, height: 700 };

const home = await mkdtemp(join(tmpdir(), 'varvel-pictures-'));
const sandbox = await startSandbox();
const env = {
  PATH: process.env.PATH,
  HOME: home,
  VARVEL_HOME: join(home, 'varvel'),
  VARVEL_VAULT: 'file',
  VARVEL_PASSPHRASE: 'for the pictures only',
  VARVEL_ENVIRONMENT: sandbox.environmentPath,
};

const start = (...args: string[]): ChildProcess =>
  spawn(join(root, 'bin', 'varvel'), args, { env, stdio: ['pipe', 'pipe', 'pipe'] });

/** What a stream says until it matches. */
async function says(child: ChildProcess, stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string> {
  let text = '';
  for await (const part of child[stream] ?? []) {
    text += String(part);
    const found = text.match(pattern)?.[0];
    if (found !== undefined) return found;
  }
  throw new Error(`varvel ended after: ${text}`);
}

async function varvel(...args: string[]): Promise<void> {
  const child = start(...args);
  child.stdin?.end();
  child.stdout?.resume();
  child.stderr?.pipe(process.stderr);
  const [code] = await once(child, 'exit');
  // a locked key among the tested ones is part of the picture
  if (code !== 0 && args[1] !== 'test') throw new Error(`varvel ${args.join(' ')} ended with ${code}`);
}

async function signIn(connection: string, person: string): Promise<void> {
  const child = start('login', '--connection', connection, '--flow', 'device', '--no-browser');
  const ended = once(child, 'exit');
  const user_code = await says(child, 'stderr', /[A-Z]{4}-[A-Z]{4}/);
  await fetch(`${sandbox.control}/approve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_code, person }),
  });
  await ended;
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
}

try {
  await mkdir(pictures, { recursive: true });
  for (const [method, person] of [
    ['github', 'ada'],
    ['example.com', 'ada-sso'],
    ['google', 'grace'],
  ] as const) {
    await signIn(method, person);
  }
  await varvel('accounts', 'list');
  for (const [alias, account, profile, scope] of [
    ['build-machines', 'falconers', 'staging', 'API'],
    ['deploys', 'falconers', 'production', 'ADMIN'],
    ['experiments', 'ada', 'personal', 'API'],
    ['nightly', 'night-shift', 'night-shift', 'API'],
    ['renders', 'grace', 'client-kestrel', 'API'],
  ] as const) {
    await varvel('keys', 'create', alias, '--account', account, '--profile', profile, '--scope', scope);
  }
  await varvel('keys', 'test', '--all');
  await varvel('switch', 'staging');

  const web = start('web', '--no-browser');
  const link = await says(web, 'stdout', /http:\S+/);
  const executablePath = browsers.find((path) => existsSync(path));
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: size });
  await page.goto(link);
  await page.getByText('night-shift').first().waitFor();
  await page.getByText('staging').nth(1).click();
  await page.waitForTimeout(500);
  await shoot(page, 'profiles');
  for (const [screen, awaited] of [
    ['Keys', 'build-bots'],
    ['Accounts', '$412.08'],
  ] as const) {
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').getByText(screen).first().click();
    await page.getByText(awaited).first().waitFor();
    await shoot(page, screen.toLowerCase());
  }
  await browser.close();
  web.kill('SIGTERM');
  await once(web, 'exit');
} finally {
  await sandbox.close();
  await rm(home, { recursive: true, force: true });
}
