import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilledHome } from './filled-home.ts';
import type { Contender } from './measure.ts';

export interface Homes {
  few: FilledHome;
  many: FilledHome;
  /** With a passphrase vault. */
  file: FilledHome;
}

/** The names by which the claims speak of them. */
export const named = {
  node: 'node -e 0',
  version: 'varvel --version',
  envFew: 'varvel env P, 10 profiles',
  envMany: 'varvel env P, 10,000 profiles',
  switchFew: 'varvel switch P, 10 profiles',
  switchMany: 'varvel switch P, 10,000 profiles',
  envFile: 'varvel env P, passphrase vault',
  prompt: 'a prompt that takes up a switch',
  applyFew: 'varvel falcli apply P, 10 profiles of fal’s',
  applyMany: 'varvel falcli apply P, 1,000 profiles of fal’s',
  findStaged: 'varvel find --staged, 10 keys',
  secretTool: 'secret-tool lookup',
  gh: 'gh auth token',
};

/** All that is measured side by side; what is not installed here is named in `absent`. */
export async function contendersOf(
  root: string,
  homes: Homes,
  env: NodeJS.ProcessEnv,
  folder: string,
): Promise<{ contenders: Contender[]; absent: string[] }> {
  const varvel: [string, ...string[]] =
    process.platform === 'win32'
      ? [process.execPath, join(root, 'dist', 'cli', 'varvel.cjs')]
      : [join(root, 'bin', 'varvel')];
  const at = (home: FilledHome) => ({ ...env, VARVEL_HOME: home.folder });
  const { few, many, file } = homes;
  const envOf = (name: string, home: FilledHome): Contender => ({
    name,
    command: () => [...varvel, 'env', home.profile, '--shell', 'bash'],
    env: at(home),
  });
  const switchOf = (name: string, home: FilledHome): Contender => ({
    name,
    // to and fro, so that each one does switch
    command: (round) => [...varvel, 'switch', round % 2 ? home.profile : home.another],
    env: at(home),
  });
  const contenders: Contender[] = [
    { name: named.node, command: () => [process.execPath, '-e', '0'], env },
    { name: named.version, command: () => [...varvel, '--version'], env: at(few) },
    envOf(named.envFew, few),
    envOf(named.envMany, many),
    switchOf(named.switchFew, few),
    switchOf(named.switchMany, many),
    // all that a prompt starts then, once
    {
      name: named.prompt,
      command: () => [...varvel, 'hook', 'bash', '--answer'],
      env: { ...at(few), VARVEL_PROFILE: few.profile },
    },
    { ...envOf(named.envFile, file), env: { ...at(file), VARVEL_VAULT: 'file' }, every: 10 },
  ];
  for (const [name, count] of [
    [named.applyFew, 10],
    [named.applyMany, 1000],
  ] as const) {
    contenders.push({
      name,
      command: (round) => [...varvel, 'falcli', 'apply', round % 2 ? few.profile : few.another],
      env: { ...at(few), FAL_CONFIG_PATH: await falConfig(folder, count) },
    });
  }
  contenders.push({
    name: named.findStaged,
    command: () => [...varvel, 'find', '--staged'],
    env: { ...at(few), ...stagedFile(join(folder, 'staged')) },
  });
  const absent: string[] = [];
  const { service, account } = few.item;
  const secretTool = ['lookup', 'service', service, 'account', account];
  if (process.platform === 'linux' && exists('secret-tool'))
    contenders.push({ name: named.secretTool, command: () => ['secret-tool', ...secretTool], env });
  else absent.push('secret-tool');
  if (exists('gh')) contenders.push(await ghContender(env, join(folder, 'gh')));
  else absent.push('gh');
  return { contenders, absent };
}

/** A repository with a small commit and a file that is staged. @returns the variables that lead to it, as in a hook */
function stagedFile(repository: string): NodeJS.ProcessEnv {
  const git = (...args: string[]) =>
    spawnSync('git', ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args]);
  spawnSync('git', ['init', '-q', repository]);
  git('commit', '-qm', 'one', '--allow-empty');
  writeFileSync(join(repository, 'main.ts'), 'export const answer = 42;\n'.repeat(100));
  git('add', 'main.ts');
  return { GIT_DIR: join(repository, '.git'), GIT_WORK_TREE: repository };
}

/** A config.toml of fal's CLI, with profiles of its own. */
async function falConfig(folder: string, count: number): Promise<string> {
  const path = join(folder, `fal-${count}.toml`);
  const profiles = Array.from(
    { length: count },
    (_, index) => `[fal-${index}]\nkey = "id-${index}:secret"\n`,
  );
  await writeFile(path, `[__internal__]\nteam = "bench"\n\n${profiles.join('\n')}`, { mode: 0o600 });
  return path;
}

/** gh with a token in its own file, so that it asks neither the network nor a keychain. */
async function ghContender(env: NodeJS.ProcessEnv, folder: string): Promise<Contender> {
  await mkdir(folder);
  const hosts = 'github.com:\n    user: somebody\n    oauth_token: gho_measured\n    git_protocol: https\n';
  await writeFile(join(folder, 'hosts.yml'), hosts, { mode: 0o600 });
  const { GH_TOKEN: _a, GITHUB_TOKEN: _b, ...others } = env;
  return {
    name: named.gh,
    command: () => ['gh', 'auth', 'token'],
    env: { ...others, GH_CONFIG_DIR: folder, GH_NO_UPDATE_NOTIFIER: '1' },
  };
}

const exists = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
