import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makePrivateFolder } from '../../platform/files/private-folder.ts';
import { openHome } from '../../platform/places/home.ts';
import { giveTo } from '../electron/person.ts';
import { newMachine } from '../integration/cli/machine.ts';
import { start, varvelProgram } from '../integration/cli/program.ts';
import { temporaryFolder } from '../integration/platform/temporary-folder.ts';
import { attackRounds, figure } from './figures.ts';
import { traces } from './traces.ts';

const machine = newMachine({ vault: 'file' });
const modeOf = (path: string) => statSync(path).mode & 0o777;

/** Swaps a folder and a link to the victim's, as fast as it can. */
const swap = `
  const { renameSync } = require('node:fs');
  const [at, folder, link] = process.argv.slice(1);
  process.stdout.write('ready');
  for (;;)
    for (const [from, to] of [[at, folder], [link, at], [at, link], [folder, at]])
      try { renameSync(from, to); } catch {}`;

test('a link that is swapped in while a folder is closed changes no other folder’s mode', async () => {
  using folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  for (const name of ['victim', 'agent']) {
    mkdirSync(at(name));
    chmodSync(at(name), 0o755);
  }
  symlinkSync('victim', at('link'));
  const swapper = spawn(process.execPath, ['-e', swap, at('agent'), at('folder'), at('link')]);
  await new Promise((resolve) => swapper.stdout.once('data', resolve));
  let closed = 0;
  let missed = 0;
  const rounds = 5000 * attackRounds;
  try {
    for (let round = 0; round < rounds; round += 1) {
      try {
        makePrivateFolder(at('agent'), () => true);
      } catch {
        // it was gone at that moment
        missed += 1;
      }
      for (const name of ['agent', 'folder']) {
        try {
          if (modeOf(at(name)) === 0o700 && statSync(at(name)).ino !== statSync(at('victim')).ino)
            closed += 1;
          chmodSync(at(name), 0o755);
        } catch {}
      }
      if (modeOf(at('victim')) === 0o700) break;
    }
  } finally {
    const ended = new Promise((resolve) => swapper.once('exit', resolve));
    swapper.kill('SIGKILL');
    await ended;
  }
  expect(modeOf(at('victim'))).toBe(0o755);
  expect(closed).toBeGreaterThan(0);
  figure(14, 'a link swapped in while a folder is closed', {
    tries: rounds,
    'folder closed': closed,
    'folder missing at that moment': missed,
    'other folder changed': 0,
  });
});

test.skipIf(!traces)('no command changes a mode by name, where a link could lead elsewhere', async () => {
  const { root, env } = machine();
  const trace = join(root, 'trace');
  // too long for a socket: the agent's folder is then in the temporary folder, where others can write
  const deep = join(root, 'd'.repeat(90));
  const key = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
  const commands = [
    ['profiles', 'create', 'one'],
    ['keys', 'add', 'first', '--stdin', '-p', 'one'],
    ['export', join(root, 'file.env'), '-p', 'one', '--force'],
    ['backup', join(root, 'file.age'), '--force'],
  ];
  // strace makes a command many times as slow; which call changes a mode hardly depends on the umask
  const umasks = attackRounds > 1 ? ['000', '077', '177'] : ['000'];
  let changed = 0;
  for (const umask of umasks) {
    const varvel = (...command: string[]) => {
      const strace = ['strace', '-f', '-qq', '-A', '-o', trace, '-e', 'trace=chmod,fchmod,fchmodat'];
      return start('sh', ['-c', `umask ${umask}; exec "$@"`, 'sh', ...strace, varvelProgram, ...command], {
        env: { ...env, VARVEL_HOME: join(deep, umask), XDG_RUNTIME_DIR: '' },
        cwd: root,
        input: key,
      });
    };
    for (const command of commands)
      expect(await varvel(...command).ended, command.join(' ')).toMatchObject({ code: 0 });
    // strace stays as long as the agent
    const unlock = varvel('vault', 'unlock', '--for', '5m');
    await unlock.says(/unlocked until/);
    expect(await varvel('vault', 'lock').ended).toMatchObject({ code: 0 });
    expect(await unlock.ended).toMatchObject({ code: 0 });
    const calls = readFileSync(trace, 'utf8').match(/\b\w*chmod\w*\(.*/g) ?? [];
    expect(calls.filter((call) => !call.startsWith('fchmod('))).toEqual([]);
    changed += calls.length;
    rmSync(trace);
  }
  expect(changed).toBeGreaterThan(10);
  figure(14, 'commands under strace and odd umasks', {
    commands: umasks.length * (commands.length + 2),
    'modes set by handle': changed,
    'modes set by name': 0,
  });
});

test.runIf(process.getuid?.() === 0)(
  'an environment’s folder that another user has planted in a shared home is refused',
  () => {
    using folder = temporaryFolder();
    const home = openHome({ variables: { VARVEL_HOME: folder.path }, userId: 4321 });
    mkdirSync(join(folder.path, 'fal'));
    giveTo({ uid: 1234, gid: 1234 }, join(folder.path, 'fal'));
    expect(() => home.environmentFolder('fal')).toThrow(/belongs to another user/);
    mkdirSync(join(folder.path, 'mine'));
    symlinkSync('mine', join(folder.path, 'sandbox'));
    giveTo({ uid: 1234, gid: 1234 }, join(folder.path, 'sandbox'));
    expect(() => home.environmentFolder('sandbox')).toThrow(/belongs to another user/);
    expect(home.environmentFolder('own')).toBe(join(folder.path, 'own'));
  },
);
