import { symlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyOf } from '../sandbox/running.ts';
import { expectFailure } from './contract.ts';
import { type Machine, sharedMachine } from './machine.ts';
import { run, varvelProgram } from './program.ts';

const machine = sharedMachine({}, async (made: Machine) => {
  const { key } = await keyOf(made.sandbox, 'falconers', 'API');
  await made.varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin', '-p', 'studio');
  await made.varvel('switch', 'studio');
});

const root = join(import.meta.dirname, '../../..');

/** Saves a snippet as its note says, and runs it as its note says. */
async function saveAndRun(language: string, nodeOptions = '') {
  const { varvel, root: folder, env } = machine();
  const { stdout, stderr } = await varvel('snippet', '--language', language);
  const [, file = ''] = /-- \S+ (\S+)$/m.exec(stderr) ?? [];
  await writeFile(join(folder, file), stdout);
  const [, line = ''] = /^Run it with the key: varvel (.*)$/m.exec(stderr) ?? [];
  return run(varvelProgram, line.split(' '), { cwd: folder, env: { ...env, NODE_OPTIONS: nodeOptions } });
}

test('the snippet for curl makes a picture', async () => {
  const { code, stdout } = await saveAndRun('curl');
  expect(code).toBe(0);
  expect(JSON.parse(stdout).images).toHaveLength(1);
});

test('the snippet for JavaScript makes a picture with fal’s own client', async () => {
  const { runUrl, queueUrl } = machine().sandbox.environment;
  symlinkSync(join(root, 'node_modules'), join(machine().root, 'node_modules'));
  // the client knows fal's own hosts only
  const toSandbox = `const real = globalThis.fetch; globalThis.fetch = (url, init) => real(String(url)
    .replace('https://queue.fal.run', '${queueUrl}').replace('https://fal.run', '${runUrl}'), init);`;
  const { code, stdout, stderr } = await saveAndRun(
    'javascript',
    `--import=data:text/javascript,${encodeURIComponent(toSandbox)}`,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('images:');
});

test('the snippet for Python is Python, and calls fal’s own client', async () => {
  const { stdout, stderr } = await machine().varvel('snippet', 'studio', '--model', 'fal-ai/flux/dev');
  expect(stderr).toContain('pip install fal-client');
  // a module of that name that says what it is called with: fal's own is not in Debian
  const script = `import sys, types, json
module = types.ModuleType('fal_client')
module.subscribe = lambda model, arguments: json.dumps([model, arguments])
sys.modules['fal_client'] = module
exec(sys.stdin.read())`;
  const called = await run('python3', ['-c', script], { input: stdout, env: machine().env });
  expect(JSON.parse(called.stdout)).toEqual(['fal-ai/flux/dev', { prompt: 'a cute cat' }]);
});

test('no snippet holds the key', async () => {
  for (const language of ['python', 'javascript', 'curl']) {
    const { stdout } = await machine().varvel('snippet', '--language', language, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ profile: 'studio', language, model: 'fal-ai/flux/schnell' });
    const { key } = await keyOf(machine().sandbox, 'falconers', 'API');
    expect(stdout).not.toContain(key.split(':')[1]);
  }
});

test.each(['flux', "a/b'; print(1)", 'fal-ai/../x'])('“%s” is no model', async (model) => {
  expectFailure(
    await machine().varvel('snippet', '--model', model),
    2,
    /is not a model’s endpoint ID/,
    /fal-ai\/flux/,
  );
});
