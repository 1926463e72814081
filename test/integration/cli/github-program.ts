import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the program was called with. */
export interface GithubCall {
  args: string[];
  input: string;
}

/**
 * A program named gh that keeps how it was called, and ends as told. It stands for GitHub's own, which needs an account:
 * only its contract is here. Source: https://cli.github.com/manual/gh_secret_set and `gh help exit-codes`.
 */
export async function recordingGithub(root: string) {
  const folder = join(root, 'gh-bin');
  const log = join(folder, 'calls.jsonl');
  const behaviour = join(folder, 'behaviour.sh');
  const held = join(folder, 'held');
  const waiting = join(folder, 'waiting');
  await mkdir(folder, { recursive: true });
  await writeFile(log, '');
  await writeFile(behaviour, '');
  const program = join(folder, 'gh');
  // it waits for the end of its input, as gh does when that isn't a terminal
  await writeFile(
    program,
    `#!/bin/sh
PATH=$PATH:/usr/bin:/bin
input=$(cat)
{
  printf '{"args":['
  comma=
  for word in "$@"; do printf '%s"%s"' "$comma" "$word"; comma=,; done
  printf '],"input":"%s"}\\n' "$input"
} >> '${log}'
env >> '${folder}/environment'
. '${behaviour}'
printf %s "$input" > '${held}'.$$ && mv '${held}'.$$ '${held}'
`,
  );
  await chmod(program, 0o755);
  return {
    /** For PATH. */
    folder,
    calls: async (): Promise<GithubCall[]> =>
      (await readFile(log, 'utf8'))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    /** What the secret was set to last. */
    held: () => readFile(held, 'utf8'),
    /** All variables that it got. */
    environment: () => readFile(join(folder, 'environment'), 'utf8'),
    /** It says something on stderr and ends with a code, until told otherwise. */
    ends: (code: number, says: string) =>
      writeFile(behaviour, `printf '%s\\n' '${says}' >&2\nexit ${code}\n`),
    /** It answers a command, such as `secret list`, and does nothing for others. */
    answers: (answers: { [command: string]: { code?: number; says?: string; prints?: string } }) =>
      writeFile(
        behaviour,
        Object.entries(answers)
          .map(
            ([command, { code = 0, says = '', prints = '' }]) =>
              `case "$*" in '${command}'*) printf %s '${prints}'; printf %s '${says}' >&2; exit ${code};; esac\n`,
          )
          .join(''),
      ),
    /** It takes a value only after `goOn`. */
    holds: (value: string) =>
      writeFile(
        behaviour,
        `if [ "$input" = '${value}' ]; then\n: > '${waiting}'\nwhile [ -e '${waiting}' ]; do sleep 0.05; done\nfi\n`,
      ),
    isWaiting: () => existsSync(waiting),
    goOn: () => rm(waiting),
    /** It says what it was given, and fails. */
    repeats: () => writeFile(behaviour, `printf '%s\\n' "$input" >&2\nexit 1\n`),
    works: () => writeFile(behaviour, ''),
  };
}
