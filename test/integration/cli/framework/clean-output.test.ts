import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { mapConcurrent } from '../../../../core/map-concurrent.ts';
import { printable, printableJson } from '../../../../core/model/printable.ts';
import { accounts } from '../../../../sandbox/accounts.ts';
import { people } from '../../../../sandbox/people.ts';
import { type Machine, type RunOptions, sharedMachine } from '../machine.ts';
import { run, varvelProgram } from '../program.ts';

/** One of each that a terminal acts on: a title, cleared lines, colours, 8-bit controls, bidi controls, line breaks. */
const evil =
  'Eve\u001b]0;title\u0007\u001b[2J\u001b[31m\u009b1A\u009d0;x\u009c\r\nvarvel: all is well\t\u0085\u007f\u202e\u2066\u2028\u001bc!';
/** What a terminal acts on; a line break and a tab are between the program's own lines and cells. */
const acts = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

const keyList = z.object({
  keys: z.array(z.object({ key: z.string(), account: z.string(), alias: z.string() })),
});

// the sandbox's own people, with names that attack whoever shows them
const before = structuredClone({ people, accounts });
for (const person of people) Object.assign(person, { name: evil });
for (const account of accounts) Object.assign(account, { full_name: evil });
afterAll(() => {
  for (const [index, person] of people.entries()) Object.assign(person, before.people[index]);
  for (const [index, account] of accounts.entries()) Object.assign(account, before.accounts[index]);
});

const pinned = () => join(machine().root, 'pinned');

const machine = sharedMachine({ signedIn: ['ada'] }, async (made: Machine) => {
  await made.varvel('accounts', 'list');
  await made.varvel('keys', 'create', 'bots', '--profile', 'staging');
  await made.varvel(
    'keys',
    'create',
    'watch',
    '--scope',
    'ADMIN',
    '--account',
    'falconers',
    '--profile',
    'admin',
  );
  await made.varvel('switch', 'staging');
  await made.varvel('profiles', 'set', 'staging', `note=${evil}`);
  const { keys } = keyList.parse(await (await fetch(`${made.sandbox.control}/keys`)).json());
  const admin = keys.find(({ alias, account }) => alias === 'watch' && account === 'falconers');
  const { platformUrl } = z
    .object({ platformUrl: z.string() })
    .parse(JSON.parse(await readFile(made.sandbox.environmentPath, 'utf8')));
  const answer = await fetch(`${platformUrl}/keys`, {
    method: 'POST',
    headers: { authorization: `Key ${admin?.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ alias: evil }),
  });
  expect(answer.ok).toBe(true);
  await made.control('lock', { account: 'night-shift', reason: evil });
  const home = made.env.HOME ?? '';
  await mkdir(join(home, '.fal'), { recursive: true });
  await writeFile(
    join(home, '.fal', 'config.toml'),
    `profile = ${JSON.stringify(evil.replaceAll('\u007f', ''))}\n["${'Eve\\u001b[31m\\nvarvel'}"]\nkey = "Eve\\u001b]0;x\\u0007:secret"\n`,
  );
  await mkdir(join(made.root, 'pinned'));
  await writeFile(join(made.root, 'pinned', '.varvel'), `profile = "${evil.replace(/[\r\n]/g, '')}"\n`);
});

const commands: string[][] = [
  ['whoami'],
  ['accounts', 'list'],
  ['keys', 'list'],
  ['keys', 'show', 'bots'],
  ['keys', 'show', evil],
  ['keys', 'test', '--all'],
  ['keys', 'test', evil],
  ['keys', 'revoke', evil],
  ['keys', 'create', evil],
  ['keys', 'add', evil, '--from-file', `/nowhere/${evil}`],
  ['profiles', 'list'],
  ['profiles', 'show', 'staging'],
  ['profiles', 'show', evil],
  ['profiles', 'create', evil],
  ['profiles', 'set', 'staging', `host=${evil}`],
  ['profiles', 'set', 'staging', evil],
  ['switch', evil],
  ['current'],
  ['env', evil],
  ['env', 'staging', '--name', evil],
  ['export', evil, '--format', evil],
  ['export', `/nowhere/${evil}`],
  ['run', '-p', evil, '--', 'true'],
  ['run', '-p', 'staging', '--', evil],
  ['snippet', 'staging', '--model', evil],
  ['snippet', evil],
  ['pin', evil],
  ['unpin', evil],
  ['which'],
  ['which', '--fal-profile', evil],
  ['falcli', 'status'],
  ['falcli', 'import', '--yes'],
  ['falcli', 'apply', evil],
  ['usage', '--by', 'key'],
  ['usage', '--account', evil],
  ['activity'],
  ['activity', '--key', evil],
  ['backup', `/nowhere/${evil}`],
  ['restore', `/nowhere/${evil}`],
  ['login', '--connection', evil],
  ['logout', evil],
  ['vault', 'unlock', '--for', evil],
  ['web', '--port', evil],
  ['sandbox', '--port', evil],
  ['doctor', '--offline'],
  ['completion', evil],
  ['completion', '--words', '--', 'keys', 'reveal', ''],
  ['hook', evil],
  [evil],
  ['keys', evil],
  ['keys', 'list', `--${evil.replace(/[=]/g, '')}`],
];

/** What reads the pin, VARVEL_PROFILE and FAL_KEY. */
const decides = [
  ['which'],
  ['doctor', '--offline'],
  ['env'],
  ['current'],
  ['switch', 'staging'],
  ['run', '--', 'true'],
];

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** What wipes a line of progress, and a question’s line. */
const wipes = /\r\u001b\[K|\u001b\[(?:\d+G|0J)/g;

/** On a terminal of 80 columns without colours: only the program's own wiping of a line is left. */
async function onTerminal(words: string[]): Promise<string> {
  // script waits two seconds for an answer that nobody reads; without one, a question gets Ctrl-D
  const asks = words[1] === 'revoke';
  const { stdout } = await run(
    'script',
    ['-qec', `stty cols 80; ${[varvelProgram, ...words].map(quoted).join(' ')}`, '/dev/null'],
    { env: { ...machine().env, TERM: 'xterm', NO_COLOR: '1' }, ...(asks && { input: 'no\n' }) },
  );
  return stdout.replace(/\r+\n/g, '\n').replace(wipes, '');
}

test('no name, file, variable or argument drives the terminal, whatever the command', async () => {
  const byHand = { FAL_KEY: `${evil}:x`, FAL_HOST: evil };
  const clean = async (options: RunOptions, ...words: string[]) => {
    const { stdout, stderr } = await machine().varvelWith(options, ...words);
    expect(stdout + stderr, words.join(' ')).not.toMatch(acts);
  };
  const checks = [
    ...commands.flatMap((words) => [
      async () => expect(await onTerminal(words), words.join(' ')).not.toMatch(acts),
      () => clean({ env: byHand }, ...words, '--json'),
    ]),
    ...decides.flatMap((words) => [
      () => clean({ env: byHand, cwd: pinned() }, ...words),
      () => clean({ env: { ...byHand, VARVEL_PROFILE: evil } }, ...words),
    ]),
  ];
  await mapConcurrent(checks, 2, (check) => check());
}, 300_000);

test('whatever a text holds, it is shown on one line, and JSON gives it back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      expect(printableJson(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      expect(JSON.parse(printableJson(text))).toBe(text);
    }),
    { numRuns: 20_000 },
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'\u001b\u009b\u009d[]0;mJ\u0007\\a \n\t\u202e'), maxLength: 30 }),
      (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      },
    ),
    { numRuns: 20_000 },
  );
});
