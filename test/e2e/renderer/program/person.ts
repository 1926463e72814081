import type { Sandbox } from '../../../../sandbox/start.ts';
import { createPlainBrowser } from '../../../integration/sandbox/plain-browser.ts';
import { ask } from '../../../integration/sandbox/running.ts';

/** Who signs in by each method. */
const people: Record<string, string> = { github: 'ada', google: 'ada', 'example.com': 'ada-sso' };

/** Finishes the sign-in whose page was opened, as a person does in the browser. */
export async function signInAt(address: string, sandbox: Sandbox): Promise<void> {
  const { searchParams } = new URL(address);
  const person = people[searchParams.get('connection') ?? ''] ?? 'ada';
  const userCode = searchParams.get('user_code');
  if (userCode !== null) {
    await ask(`${sandbox.control}/approve`, { body: { user_code: userCode, person } });
    return;
  }
  const browser = createPlainBrowser();
  await browser.follow(await browser.open(address), `data-person="${person}"`);
}
