// `npm run bench`: how long the command line takes, compared with similar programs.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { contendersOf } from '../test/bench/contenders.ts';
import { measureDesktop } from '../test/bench/desktop.ts';
import { fillHome } from '../test/bench/filled-home.ts';
import { measureFind } from '../test/bench/find.ts';
import { measure, RunFailed } from '../test/bench/measure.ts';
import { measurePrompts } from '../test/bench/prompts.ts';
import { claimsOf, type Report, reportText, rowsOf } from '../test/bench/report.ts';
import { measureRotation } from '../test/bench/rotation.ts';
import { measureWindow } from '../test/bench/window.ts';
import { openOwnKeychain } from './own-keychain.ts';

const root = dirname(import.meta.dirname);
const { values } = parseArgs({
  options: { json: { type: 'boolean' }, seconds: { type: 'string', default: '50' } },
});
const progress = (text: string) => void (process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`));

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupted.abort());

async function bench(): Promise<Report> {
  await using undo = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'varvel-bench-'));
  undo.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  const keychain = undo.use(
    await openOwnKeychain(join(folder, 'empty'), join(folder, 'few'), join(folder, 'many')),
  );
  const excluded = /^(VARVEL_|FAL_|npm_|DISPLAY$|WAYLAND_DISPLAY$)/;
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !excluded.test(name))),
    ...keychain.env,
    VARVEL_PASSPHRASE: randomBytes(16).toString('hex'),
  };
  // libsecret finds the bus by its process's variables, and this process fills the homes
  Object.assign(process.env, keychain.env);

  progress('filling the homes…');
  const homes = {
    empty: await fillHome(join(folder, 'empty'), 0, 'keychain', env),
    few: await fillHome(join(folder, 'few'), 10, 'keychain', env),
    many: await fillHome(join(folder, 'many'), 10_000, 'keychain', env),
    file: await fillHome(join(folder, 'file'), 10, 'file', env),
  };
  const { contenders, absent } = await contendersOf(root, homes, env, folder);
  const times = await measure(contenders, {
    signal: interrupted.signal,
    budgetMs: Number(values.seconds) * 1000,
    atLeast: 11,
    onRound: (done) => progress(`round ${done}…`),
  });
  progress('');
  const rows = rowsOf(times);
  progress('prompts…');
  const prompts =
    process.platform === 'win32' ? [] : measurePrompts(join(root, 'bin', 'varvel'), homes.few, env, folder);
  const window = await measureWindow({
    root,
    homes,
    env: { ...env, HOME: folder },
    onStep: (name) => progress(`the window: ${name}…`),
  });
  const desktop = await measureDesktop({
    env,
    onStep: (name) => progress(`the desktop program: ${name}…`),
  });
  progress('rotation…');
  const rotation = await measureRotation(env, folder);
  progress('finding copies…');
  const find = await measureFind(root, folder);
  progress('');
  const cpu = `${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}`;
  return {
    rows,
    prompts,
    window,
    desktop,
    rotation,
    find,
    claims: claimsOf({ rows, prompts, window, desktop, rotation, find }),
    absent,
    node: process.versions.node,
    cpu,
  };
}

try {
  const report = await bench();
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
} catch (error) {
  process.stderr.write(
    `bench: ${error instanceof RunFailed ? error.message : ((error instanceof Error && error.stack) ?? error)}\n`,
  );
  process.exitCode = 1;
}
