import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { person } from '../person.ts';
import type { GraphicalSession } from './desktop.ts';

/** The X clipboard, as another program sees it; empty when nobody holds it. */
export const readClipboard = ({ run }: GraphicalSession): Promise<string> =>
  run('xclip', '-selection', 'clipboard', '-out').catch(() => '');

/** The kinds of content that the clipboard's owner offers. */
export const clipboardTargets = async ({ run }: GraphicalSession): Promise<string[]> =>
  (await run('xclip', '-selection', 'clipboard', '-out', '-target', 'TARGETS').catch(() => '')).split('\n');

/** Copies a text in another program. */
export async function writeClipboard({ env }: GraphicalSession, text: string): Promise<void> {
  const child = spawn('xclip', ['-selection', 'clipboard', '-in'], {
    env,
    ...person,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.end(text);
  // it goes on in the background, and holds the clipboard, when it has taken it
  await once(child, 'exit');
}
