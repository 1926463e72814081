import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { methods } from '../../../contract/methods.ts';
import { recordingGithub } from '../cli/github-program.ts';
import { newMachine } from '../cli/machine.ts';
import { keyOf } from '../sandbox/running.ts';
import { listen } from '../web/listener.ts';
import { serve } from '../web/served.ts';
import { formsOfKey, found, searchFiles } from './canary.ts';

const machine = newMachine({ vault: 'file' });

test('through files, pins, shells and fal’s CLI in the window, no secret comes over the bridge or stays in the database', async () => {
  const { env, sandbox, root, data, varvelWith } = machine();
  const ours = await keyOf(sandbox, 'falconers', 'API');
  const theirs = await keyOf(sandbox, 'falconers', 'ADMIN');
  await varvelWith({ input: ours.key }, 'keys', 'add', 'ours', '--stdin', '-p', 'studio');
  const forms = [ours, theirs].flatMap(({ key }, index) => formsOfKey(`key ${index}`, key));
  const config = join(root, 'config.toml');
  const rc = join(env.HOME ?? '', '.bashrc');
  const work = join(root, 'work');
  mkdirSync(work);
  // a key of somebody's stands wherever one can stand
  writeFileSync(
    config,
    `# ${theirs.key}\n[old]\nkey = "${theirs.key}" # ${theirs.key}\nlist = [\n  "${theirs.key}",\n]\n[studio]\nkey = '''${theirs.key}'''\nhost = "fal.dev"\n`,
  );
  writeFileSync(rc, `export FAL_KEY=${theirs.key}\n# ${theirs.key}\necho ${theirs.key}`);
  const files: [name: string, text: string, format: string | null][] = [
    [
      '.env',
      `# ${theirs.key}\nFAL_KEY='${theirs.key}'\nOLD="${theirs.key}\n${theirs.key}"\n${theirs.key}\n`,
      null,
    ],
    ['.envrc', `export OLD=${theirs.key}\nexport FAL_KEY=${theirs.key}\ncurl -H "Key ${theirs.key}"\n`, null],
    ['one.json', `{"OLD":"${theirs.key}","${theirs.key}":1,"FAL_KEY":"${theirs.key}"}`, null],
    ['many.json', `{\n  "OLD": [\n    "${theirs.key}"\n  ],\n  "FAL_KEY": "${theirs.key}"\n}\n`, null],
    ['github', `FAL_KEY<<x\n${theirs.key}\nx\n`, 'github'],
    ['docker', `FAL_KEY=${theirs.key}\nOLD=${theirs.key}`, 'docker'],
    ['systemd', `FAL_KEY="${theirs.key}" OLD=${theirs.key}\n`, 'systemd'],
    ['broken.json', `{"FAL_KEY": "${theirs.key}"`, null],
    ['binary', `FAL_KEY=${theirs.key}\0`, null],
  ];
  const gh = await recordingGithub(root);
  await using here = await serve({
    env: {
      ...env,
      PATH: `${gh.folder}:${env.PATH}`,
      FAL_CONFIG_PATH: config,
      FAL_KEY: theirs.key,
      FAL_KEY_ID: 'x',
      FAL_KEY_SECRET: theirs.key,
    },
  });
  const window = await listen(here);
  const said: { method: string; input: unknown; answer: unknown }[] = [];
  const call = async (method: string, input: unknown = null) =>
    said.push({ method, input, answer: await here.call(method, input) });
  for (const [name, text, format] of files) {
    const file = join(work, name);
    writeFileSync(file, text);
    const to = { profile: 'studio', file, format, variable: null };
    await call('exports.plan', to);
    await call('exports.plan', { ...to, variable: 'FAL_KEY_STAGING' });
    await call('exports.write', { ...to, force: false });
    await call('exports.list');
    await call('exports.planUndo', { path: file, variable: null });
    await call('exports.undo', { path: file, variable: null });
    await call('exports.undo', { path: file, variable: null });
    await call('exports.write', { ...to, force: true });
    const all = { file, format, profiles: [{ profile: 'studio', variable: 'FAL_KEY_STUDIO' }] };
    await call('exports.planAll', all);
    await call('exports.writeAll', { ...all, force: false });
    await call('exports.undoAll', { path: file, variables: ['FAL_KEY_STUDIO'] });
  }
  const secret = { repository: 'acme/shop', environment: 'production', variable: 'FAL_KEY' };
  // first it repeats on stderr what it was given
  await gh.repeats();
  await call('exports.writeGithub', { ...secret, profile: 'studio' });
  await gh.works();
  await call('exports.writeGithub', { ...secret, profile: 'studio' });
  expect(await gh.held()).toBe(ours.key);
  await call('exports.github');
  await call('exports.removeGithub', secret);
  await call('pins.add', { profile: 'studio', folder: work });
  writeFileSync(join(work, '.varvel'), `${theirs.key}\n`);
  await call('pins.list');
  await call('pins.remove', { folder: work });
  await call('shells.list');
  for (const add of [true, false]) {
    for (const shell of ['bash', 'zsh', 'fish', 'pwsh']) {
      await call('shells.planHook', { shell, add });
      await call('shells.changeHook', { shell, add });
    }
  }
  writeFileSync(rc, `eval "$(varvel hook bash)"; export FAL_KEY=${theirs.key}\n`);
  await call('shells.planHook', { shell: 'bash', add: false });
  for (const withKey of [false, true]) {
    await call('falcli.status');
    await call('falcli.planApply', { profile: 'studio', withKey });
    await call('falcli.apply', { profile: 'studio', withKey, force: false });
    await call('falcli.planUndo');
    await call('falcli.undo');
    await call('falcli.planApply', { profile: null, withKey });
    await call('falcli.restoreComments');
  }
  await call('falcli.planImport');
  await call('falcli.import', { rename: true });
  await call('falcli.setSync', { inStep: 'key', force: false });
  writeFileSync(config, `[broken\nkey = "${theirs.key}"\n`);
  await call('profiles.switch', { name: 'studio' });
  await window.next(({ event }) => event === 'notice', 20_000);
  await call('falcli.status');
  await call('falcli.planApply', { profile: 'studio', withKey: true });
  await call('which.explain');
  await call('activity.list', { withinMs: null, keyId: null, limit: 100 });

  const called = new Set(said.map(({ method }) => method));
  const wanted = Object.keys(methods).filter((name) => /^(exports|pins|shells|falcli|which)\./.test(name));
  expect(wanted.filter((name) => !called.has(name))).toEqual([]);
  // most of it went well, so that there was something to see
  expect(said.filter(({ answer }) => JSON.stringify(answer).startsWith('{"ok"')).length).toBeGreaterThan(60);
  expect(said.filter(({ answer }) => JSON.stringify(answer).includes('"added"')).length).toBeGreaterThan(15);
  const crossed = [...said, ...window.heard].filter(
    (each) => found(Buffer.from(JSON.stringify({ ...each, input: null })), forms).length > 0,
  );
  expect(crossed).toEqual([]);
  expect(searchFiles(data, forms)).toEqual([]);
  window.close();
}, 120_000);
