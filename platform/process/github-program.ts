import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isAbsolute } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { VarvelError } from '../../core/model/error.ts';
import { type GithubTarget, githubPlace } from '../../core/model/machine/github-secret.ts';
import { printable } from '../../core/model/printable.ts';
import type { Github } from '../../core/ports.ts';
import { cancelled } from './cancelled.ts';
import { filledInput } from './filled-input.ts';
import { findProgram, pathFolders } from './find-program.ts';
import { startFolder } from './start-folder.ts';
import { windowsCommand } from './windows-command.ts';

/** How long GitHub may take, in milliseconds. */
const limitMs = 60_000;

/** gh's exit code for “not signed in”. Source: gh help exit-codes. */
const notSignedInCode = 4;

/** macOS starts a desktop program without Homebrew's folders in PATH. */
const unlisted = process.platform === 'darwin' ? ['/opt/homebrew/bin', '/usr/local/bin'] : [];

/**
 * GitHub by its own program, gh, which has the person's sign-in. It encrypts a secret before it sends it.
 * Source: https://cli.github.com/manual/gh_secret, and gh_api there
 */
export function createGithub(env: NodeJS.ProcessEnv): Github {
  return {
    async setSecret(target, value, signal) {
      const ended = await gh(['secret', 'set', ...argumentsOf(target)], value, env, signal);
      if (!ended.isDone) throw failed(`set ${target.variable} of ${githubPlace(target)}`, ended, value);
    },

    async deleteSecret(target, signal) {
      const ended = await gh(['secret', 'delete', ...argumentsOf(target)], '', env, signal);
      if (ended.isDone) return;
      // GitHub says so of what is gone, and of what the person may not see
      if (/HTTP 404\b/.test(ended.says) && (await isGone(target, env, signal))) return;
      throw failed(`delete ${target.variable} of ${githubPlace(target)}`, ended, '');
    },
  };
}

/**
 * Whether GitHub shows the place of a secret, and not the secret. False when it doesn't show the place.
 * @throws VarvelError as `gh`
 */
async function isGone(target: GithubTarget, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<boolean> {
  const { environment, variable } = target;
  // without a terminal: a line for each, the name first, and nothing when there is none
  const secrets = await gh(['secret', 'list', ...placeOf(target)], '', env, signal);
  if (secrets.isDone) return !firstWords(secrets.prints).includes(variable.toLowerCase());
  if (environment === null) return false;
  // an environment takes its secrets with it
  const [host = '', owner, name] = fullName(target).split('/');
  const path = `repos/${owner}/${name}/environments`;
  const words = ['api', path, '--hostname', host, '--paginate', '--jq', '.environments[].name'];
  const environments = await gh(words, '', env, signal);
  return environments.isDone && !lines(environments.prints).includes(environment.toLowerCase());
}

/** GitHub doesn't tell upper from lower case in names. */
const lines = (text: string): string[] => text.toLowerCase().split(/\r?\n/);
const firstWords = (text: string): string[] => lines(text).map((line) => line.split(/\s/, 1)[0] ?? '');

/** With the host, since gh takes another one from GH_HOST. */
const fullName = ({ repository }: GithubTarget): string =>
  repository.split('/').length === 2 ? `github.com/${repository}` : repository;

const placeOf = (target: GithubTarget): string[] => [
  '--repo',
  fullName(target),
  ...(target.environment === null ? [] : ['--env', target.environment]),
];

const argumentsOf = (target: GithubTarget): string[] => [target.variable, ...placeOf(target)];

interface Ended {
  isDone: boolean;
  code: number | null;
  /** What it says on stdout. */
  prints: string;
  /** What it says on stderr. */
  says: string;
}

/** @throws VarvelError `not_found` without gh, `unreachable` when it takes too long, `cancelled` */
async function gh(
  words: string[],
  input: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<Ended> {
  const { file, args, verbatim } = commandOf(words, env);
  // Windows has no such input: there, a Varvel that is killed at that moment may leave an empty secret
  const filled = process.platform === 'win32' ? null : await filledInput(input);
  const tooLong = AbortSignal.timeout(limitMs);
  try {
    const child = spawn(file, args, {
      cwd: startFolder,
      env: environmentOf(env),
      stdio: [filled ?? 'pipe', 'pipe', 'pipe'],
      signal: signal ? AbortSignal.any([signal, tooLong]) : tooLong,
      windowsHide: true,
      windowsVerbatimArguments: verbatim,
    });
    // it may end without reading
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    const ended = once(child, 'close');
    const [prints, says] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
    return { isDone: child.exitCode === 0, code: child.exitCode, prints, says };
  } catch (error) {
    if (signal?.aborted) throw cancelled();
    throw tooLong.aborted ? tooSlow() : notStarted(error);
  } finally {
    filled?.destroy();
  }
}

const textOf = (output: Readable | null): Promise<string> => (output ? text(output) : Promise.resolve(''));

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

/** Its sign-in and its proxy, but no secrets of ours, no prompts, and no output for a terminal. */
const environmentOf = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:VARVEL|FAL|GH_DEBUG|GH_FORCE_TTY|DEBUG)(?:_|$)/i.test(name)),
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
  const message = `Couldn’t ${what}: ${first.slice(0, 300)}`;
  return refusal.test(first)
    ? new VarvelError(
        'refused',
        message,
        'Check the repository, the environment, and that the account of gh may set its secrets.',
      )
    : new VarvelError('unreachable', message, 'GitHub may have done it all the same. Try again.');
}

/**
 * What gh says when GitHub has surely changed nothing: it answered that it refuses, or wasn't asked for the change at all. Anything
 * else, such as a lost connection or HTTP 502, can be a lost answer to a change that was made.
 */
const refusal =
  /\bHTTP 4\d\d\b|^(?:failed to fetch public key|GraphQL:|expected the |unknown |invalid |accepts )/;

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
