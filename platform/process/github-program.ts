import { execFile } from 'node:child_process';
import { dirname, isAbsolute } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { type GithubTarget, githubPlace } from '../../core/model/machine/github-secret.ts';
import { printable } from '../../core/model/printable.ts';
import type { Github } from '../../core/ports.ts';
import { cancelled } from './cancelled.ts';
import { findProgram, pathFolders } from './find-program.ts';
import { windowsCommand } from './windows-command.ts';

/** How long GitHub may take, in milliseconds. */
const limitMs = 60_000;

/** gh's exit code for “not signed in”. Source: gh help exit-codes. */
const notSignedInCode = 4;

/** macOS starts a desktop program without Homebrew's folders in PATH. */
const unlisted = process.platform === 'darwin' ? ['/opt/homebrew/bin', '/usr/local/bin'] : [];

/** Not in the repository that the person is in: a PATH with “.” would find a `gh` there. */
const startFolder = process.platform === 'win32' ? dirname(process.execPath) : '/';

/**
 * GitHub by its own program, gh, which has the person's sign-in. It encrypts a secret before it sends it.
 * Source: https://cli.github.com/manual/gh_secret_set
 */
export function createGithub(env: NodeJS.ProcessEnv): Github {
  return {
    async setSecret(target, value, signal) {
      const ended = await gh(['secret', 'set', ...argumentsOf(target)], value, env, signal);
      if (!ended.isDone) throw failed(`set ${target.variable} of ${githubPlace(target)}`, ended, value);
    },

    async deleteSecret(target, signal) {
      const ended = await gh(['secret', 'delete', ...argumentsOf(target)], '', env, signal);
      // it is gone already, or its repository is
      if (!ended.isDone && !/HTTP 404\b/.test(ended.says))
        throw failed(`delete ${target.variable} of ${githubPlace(target)}`, ended, '');
    },
  };
}

/** With the host, since gh takes another one from GH_HOST. */
const argumentsOf = ({ repository, environment, variable }: GithubTarget): string[] => [
  variable,
  '--repo',
  repository.split('/').length === 2 ? `github.com/${repository}` : repository,
  ...(environment === null ? [] : ['--env', environment]),
];

interface Ended {
  isDone: boolean;
  code: number | null;
  /** What it says on stderr. */
  says: string;
}

/** @throws VarvelError `not_found` without gh, `unreachable` when it takes too long, `cancelled` */
function gh(words: string[], input: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Ended> {
  const { file, args, verbatim } = commandOf(words, env);
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  const options = {
    cwd: startFolder,
    env: environmentOf(env),
    timeout: limitMs,
    windowsHide: true,
    windowsVerbatimArguments: verbatim,
    ...(signal && { signal }),
  };
  const child = execFile(file, args, options, (error, _, stderr) => {
    if (signal?.aborted) reject(cancelled());
    else if (child.killed) reject(tooSlow());
    else if (error && child.exitCode === null) reject(notStarted(error));
    else resolve({ isDone: error === null, code: child.exitCode, says: stderr });
  });
  // it may end without reading
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  return promise;
}

function commandOf(words: string[], env: NodeJS.ProcessEnv) {
  if (process.platform === 'win32') {
    const command = windowsCommand('gh', words, env);
    if (command) return command;
    throw notInstalled();
  }
  const folders = [...(pathFolders(env) ?? []).filter(isAbsolute), ...unlisted];
  const found = findProgram('gh', folders);
  if (found === null || found === 'forbidden') throw notInstalled();
  return { file: found.path, args: words, verbatim: false };
}

/** Its sign-in and its proxy, but no secrets of ours, and no prompts. */
const environmentOf = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:VARVEL|FAL|GH_DEBUG|DEBUG)(?:_|$)/i.test(name)),
  ),
  GH_PROMPT_DISABLED: '1',
  GH_NO_UPDATE_NOTIFIER: '1',
  NO_COLOR: '1',
});

function failed(what: string, { code, says }: Ended, secret: string): VarvelError {
  if (code === notSignedInCode || /gh auth login/.test(says))
    return new VarvelError(
      'not_signed_in',
      `Couldn’t ${what}: GitHub’s program gh isn’t signed in.`,
      'Run `gh auth login`.',
    );
  const plain = secret === '' ? says : says.replaceAll(secret, '***');
  const first = printable(
    plain.split('\n').find((line) => line.trim() !== '') ?? `gh ended with code ${code}`,
  );
  return new VarvelError(
    /^error connecting to/.test(first) ? 'unreachable' : 'refused',
    `Couldn’t ${what}: ${first.slice(0, 300)}`,
    'Check the repository, the environment, and that you may set its secrets.',
  );
}

const notInstalled = () =>
  new VarvelError(
    'not_found',
    'GitHub’s program gh isn’t installed, or isn’t in PATH.',
    'Install it from https://cli.github.com, then run `gh auth login`.',
  );

const notStarted = (cause: unknown) =>
  new VarvelError('refused', 'GitHub’s program gh can’t be run.', 'Check its installation.', { cause });

const tooSlow = () =>
  new VarvelError(
    'unreachable',
    `GitHub’s program gh took longer than ${limitMs / 1000} s. The secret may be set.`,
    'Check the network, then try again.',
  );
