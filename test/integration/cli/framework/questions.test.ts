import { expect, test } from 'vitest';
import { typed } from '../../vault/typed.ts';
import { newMachine } from '../machine.ts';
import { varvelProgram } from '../program.ts';

const machine = newMachine({ signedIn: ['ada'] });

/** What the terminal shows, and how the program ends, when something is typed at its question. */
async function answered(text: string, ...words: string[]) {
  const command = `${varvelProgram} ${words.join(' ')}; echo "code $?"`;
  const screen = await typed(command, [text], { ...machine().env, TERM: 'xterm', NO_COLOR: '1' });
  return { screen, code: Number(screen.match(/code (\d+)/)?.[1]) };
}

test('Ctrl-C, Ctrl-D and no at a question change nothing, quietly; y is yes', async () => {
  await machine().varvel('keys', 'create', 'bots', '--profile', 'staging');
  for (const text of ['\u0003', '\u0004', 'no', '']) {
    const { screen, code } = await answered(text, 'keys', 'forget', 'bots');
    expect({ text, code }).toEqual({ text, code: 130 });
    expect(screen).toMatch(/^varvel: Nothing was changed\.\r?$/m);
    expect(screen).not.toMatch(/nexpected|Aborted|--debug/);
  }
  expect((await answered('no', 'profiles', 'delete', 'staging')).code).toBe(130);
  expect((await answered('no', 'keys', 'create', 'other', '-p', 'staging')).code).toBe(130);
  expect((await answered('y', 'keys', 'create', 'other', '-p', 'staging')).code).toBe(0);
  expect((await answered('Y', 'keys', 'forget', 'bots')).code).toBe(0);
  expect((await answered('y', 'profiles', 'delete', 'staging')).code).toBe(0);
});
