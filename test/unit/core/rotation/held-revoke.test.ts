import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createExports } from '../../../../core/exports/exports.ts';
import { createMortal } from './mortal.ts';

const old = 'key-1:secret-1-end';
const now = 'key-2:secret-2-end';

/** A key that was exported to `.env`, and to a project's folder. */
async function exported() {
  const mortal = createMortal();
  await mortal.prepare();
  const { world, ports, file } = mortal;
  const project = join(dirname(file), 'project');
  mkdirSync(project);
  const exportTo = async (path: string, variable: string | null = null) => {
    const profile = world.state.profiles.get('staging');
    if (!profile) throw new Error('no profile');
    const target = await createExports(ports).open(path);
    await (await target.plan({ profile, format: null, variable })).write();
  };
  return {
    mortal,
    file,
    project,
    exportTo,
    text: () => readFileSync(file, 'utf8'),
    start: () => {
      const key = world.state.keys.get('key-1');
      if (!key) throw new Error('no key');
      return mortal.rotations().start({ key, graceMs: 0 });
    },
    resume: () => mortal.rotations().resume('key-1', 0),
  };
}

const held = (words: RegExp) =>
  expect.objectContaining({ code: 'conflict', message: expect.stringMatching(words) });

/** The revoke is held with these words, everywhere, until somebody accepts it. */
async function expectHeld(here: Awaited<ReturnType<typeof exported>>, words: RegExp): Promise<void> {
  await expect(here.start()).rejects.toEqual(held(words));
  await expect(here.resume()).rejects.toEqual(held(words));
  expect(here.mortal.atFal.has('key-1')).toBe(true);
  expect(here.mortal.rotations().list()).toMatchObject([
    { problem: { message: expect.stringMatching(words) }, hint: { action: 'release_rotation' } },
  ]);
}

for (const [what, line] of [
  ['with a default within braces', `FAL_KEY=\${FAL_KEY:-${old}}`],
  ['in a second variable, by hand', `FAL_KEY=${old}\nREPLICATE_PROXY_KEY=${old}`],
  ['as id and secret apart', `FAL_KEY=${old}\nFAL_KEY_ID=key-1\nFAL_KEY_SECRET=secret-1-end`],
  ['in an earlier line of the same variable', `FAL_KEY=${old}\nFAL_KEY=${old}`],
] as const)
  test(`a file that has the key ${what} holds the revoke, until somebody mends it`, async () => {
    const here = await exported();
    using _ = here.mortal;
    writeFileSync(here.file, `PORT=1\n${line}\n`);
    await expectHeld(here, /\.env (still has the key .* line [234]|takes FAL_KEY from another variable)/);
    writeFileSync(here.file, here.text().replaceAll(old, now).replaceAll('secret-1-end', 'secret-2-end'));
    writeFileSync(here.file, here.text().replace(/\$\{.*\}/, now));
    expect(await here.resume()).toMatchObject({ step: 'ended', refused: [] });
  });

test('a file that takes the key from a command holds the revoke, and somebody can go on without it', async () => {
  const here = await exported();
  using _ = here.mortal;
  const envrc = join(here.project, '.envrc');
  await here.exportTo(envrc);
  writeFileSync(envrc, 'export FAL_KEY="$(cat ~/key)"\n');
  await expectHeld(here, /takes FAL_KEY from another variable or a command/);
  const rotations = here.mortal.rotations();
  const [rotation] = rotations.list();
  expect(rotation?.refused.map(({ subject }) => subject)).toEqual([`FAL_KEY ${envrc}`]);
  await rotations.accept('key-1', rotation?.refused.map(({ subject }) => subject) ?? []);
  expect(await here.resume()).toMatchObject({ step: 'ended' });
});

test('a folder that is missing holds the revoke, and its file gets the new key once it is back', async () => {
  const here = await exported();
  using _ = here.mortal;
  const file = join(here.project, '.env');
  await here.exportTo(file);
  const away = `${here.project}.away`;
  renameSync(here.project, away);
  await expectHeld(here, /Couldn’t look at .*project\/\.env: its folder doesn’t exist/);
  renameSync(away, here.project);
  expect(await here.resume()).toMatchObject({ step: 'ended' });
  expect(readFileSync(file, 'utf8')).toBe(`FAL_KEY=${now}\n`);
});

test('so does an empty folder, where a disk may not be mounted; a file that was deleted beside others doesn’t', async () => {
  const here = await exported();
  using _ = here.mortal;
  for (const name of ['.env', '.env.local']) await here.exportTo(join(here.project, name));
  rmSync(join(here.project, '.env'));
  rmSync(join(here.project, '.env.local'));
  await expectHeld(here, /Couldn’t look at .*: its folder is empty/);
  writeFileSync(join(here.project, 'main.py'), '');
  expect(await here.resume()).toMatchObject({ step: 'ended' });
});

test('a folder with a note in it holds the revoke where the system mounts a disk, while none is mounted there', async () => {
  const here = await exported();
  using _ = here.mortal;
  const file = join(here.project, '.env');
  await here.exportTo(file);
  const disk = `${here.project}.disk`;
  renameSync(here.project, disk);
  mkdirSync(here.project);
  writeFileSync(join(here.project, 'NOT-MOUNTED'), 'x');
  here.mortal.ports.files.isUnmounted = async (path) => dirname(path) === here.project;
  await expectHeld(here, /Couldn’t look at .*project\/\.env: its disk isn’t mounted/);
  rmSync(here.project, { recursive: true });
  renameSync(disk, here.project);
  expect(await here.resume()).toMatchObject({ step: 'ended' });
  expect(readFileSync(file, 'utf8')).toBe(`FAL_KEY=${now}\n`);
});

test('a file that was renamed holds the revoke by its new name, and gets the new key once it is back', async () => {
  const here = await exported();
  using _ = here.mortal;
  renameSync(here.file, `${here.file}.production`);
  await expectHeld(here, /\.env isn’t there any more, but .*\.env\.production has its key: line 3/);
  renameSync(`${here.file}.production`, here.file);
  expect(await here.resume()).toMatchObject({ step: 'ended' });
  expect(here.text()).toContain(`FAL_KEY=${now}\n`);
});

for (const [order, swap] of [
  ['little', false],
  ['big', true],
] as const)
  test(`a file that was saved again as UTF-16, ${order} endian, holds the revoke until it is saved as UTF-8`, async () => {
    const here = await exported();
    using _ = here.mortal;
    const text = here.text();
    const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
    writeFileSync(here.file, swap ? wide.swap16() : wide);
    await expectHeld(here, /\.env still has the key where Varvel doesn’t change it: line 3/);
    writeFileSync(here.file, text);
    expect(await here.resume()).toMatchObject({ step: 'ended' });
  });

test('a file with two exported variables of the key is changed in both, and holds nothing', async () => {
  const here = await exported();
  using _ = here.mortal;
  await here.exportTo(here.file, 'FAL_KEY_STAGING');
  expect(await here.start()).toMatchObject({ step: 'ended', refused: [] });
  expect(here.text()).toContain(`FAL_KEY=${now}\nFAL_KEY_STAGING=${now}\n`);
});

test('what somebody accepted for one direction holds the other one’s revoke again', async () => {
  const here = await exported();
  using _ = here.mortal;
  writeFileSync(here.file, `FAL_KEY=${old}\nOTHER=${old} ${now}\n`);
  await expectHeld(here, /line 2/);
  const rotations = here.mortal.rotations();
  await rotations.accept(
    'key-1',
    rotations.list().flatMap(({ refused }) => refused.map(({ subject }) => subject)),
  );
  await expect(rotations.abort('key-1', 0)).rejects.toEqual(held(/line 2/));
  expect([...here.mortal.atFal.keys()]).toEqual(['key-1', 'key-2']);
});
