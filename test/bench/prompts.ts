import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FilledHome } from './filled-home.ts';

/** What one prompt costs, in microseconds; medians of batches that alternate in one shell. */
export interface PromptCost {
  shell: string;
  /** A prompt function that does nothing. */
  empty: number;
  /** Ours, nothing changed: in a folder without a pin, and three levels below one. */
  varvel: number;
  pinned: number;
  /** direnv's in the same shell; null where it is not installed. */
  direnv: number | null;
}

const rounds = 9;
const batch = { quick: 400, slow: 6 };

/** How each shell loads the hooks, and times a function: prints “NAME MICROSECONDS”, one line for each batch. */
const scripts: Record<string, (hook: string, direnv: boolean, folders: [string, string]) => string> = {
  bash: (hook, direnv, [plain, pinned]) => `
source '${hook}'; ${direnv ? 'eval "$(direnv hook bash)"' : '_direnv_hook() { :; }'}
empty() { return $?; }
batch() { local i start=\${EPOCHREALTIME/[.,]/} end; for ((i = 0; i < $3; i++)); do $2; done
  end=\${EPOCHREALTIME/[.,]/}; echo "$1 $(((end - start) * 1000 / $3))"; }
for ((round = 0; round < ${rounds}; round++)); do
  cd '${plain}'; _varvel_prompt; batch empty empty ${batch.quick}; batch varvel _varvel_prompt ${batch.quick}
  batch direnv _direnv_hook ${batch.slow}
  cd '${pinned}'; _varvel_prompt; batch pinned _varvel_prompt ${batch.quick}
done`,
  zsh: (hook, direnv, [plain, pinned]) => `
zmodload zsh/datetime; source '${hook}'; ${direnv ? 'eval "$(direnv hook zsh)"' : '_direnv_hook() { :; }'}
empty() { return $?; }
batch() { local i start=$EPOCHREALTIME end; for ((i = 0; i < $3; i++)); do $2; done
  end=$EPOCHREALTIME; printf '%s %.0f\\n' $1 $(((end - start) * 1e9 / $3)); }
for ((round = 0; round < ${rounds}; round++)); do
  cd '${plain}'; _varvel_prompt; batch empty empty ${batch.quick}; batch varvel _varvel_prompt ${batch.quick}
  batch direnv _direnv_hook ${batch.slow}
  cd '${pinned}'; _varvel_prompt; batch pinned _varvel_prompt ${batch.quick}
done`,
  fish: (hook, direnv, [plain, pinned]) => `
source '${hook}'; ${direnv ? 'direnv hook fish | source' : 'function __direnv_export_eval; end'}
function empty; end
function batch
  set -l start (date +%s%N); for i in (seq $argv[3]); $argv[2]; end
  echo $argv[1] (math -s0 "("(date +%s%N)" - $start) / $argv[3]")
end
for round in (seq ${rounds})
  cd '${plain}'; _varvel_prompt; batch empty empty ${batch.quick}; batch varvel _varvel_prompt ${batch.quick}
  batch direnv __direnv_export_eval ${batch.slow}
  cd '${pinned}'; _varvel_prompt; batch pinned _varvel_prompt ${batch.quick}
end`,
};

const flags: Record<string, string[]> = { bash: ['--norc'], zsh: ['-f'], fish: ['--no-config'] };

/** Measures the prompts of the shells that are installed. */
export function measurePrompts(
  program: string,
  home: FilledHome,
  env: NodeJS.ProcessEnv,
  folder: string,
): PromptCost[] {
  const plain = join(folder, 'plain', 'src', 'lib');
  const pinned = join(folder, 'pinned', 'src', 'lib');
  for (const made of [plain, pinned]) mkdirSync(made, { recursive: true });
  writeFileSync(join(folder, 'pinned', '.varvel'), `profile = "${home.profile}"\n`);
  const here = { ...env, VARVEL_HOME: home.folder, HOME: folder };
  execFileSync(program, ['switch', home.profile], { env: here, stdio: 'ignore' });
  const direnv = exists('direnv');
  return Object.entries(scripts)
    .filter(([shell]) => exists(shell))
    .map(([shell, script]) => {
      const hook = join(folder, `hook.${shell}`);
      writeFileSync(hook, execFileSync(program, ['hook', shell], { env: here }));
      const file = join(folder, `prompts.${shell}`);
      writeFileSync(file, script(hook, direnv, [plain, pinned]));
      const said = execFileSync(shell, [...(flags[shell] ?? []), file], { env: here, encoding: 'utf8' });
      const of = (name: string) => median(said, name);
      const [empty, varvel, below] = [of('empty'), of('varvel'), of('pinned')];
      return { shell, empty, varvel, pinned: below, direnv: direnv ? of('direnv') : null };
    });
}

function median(said: string, name: string): number {
  const times = [...said.matchAll(new RegExp(`^${name} (\\d+)$`, 'gm'))]
    .map(([, nanoseconds]) => Number(nanoseconds) / 1000)
    .sort((a, b) => a - b);
  return Number((times[Math.floor(times.length / 2)] ?? Number.NaN).toFixed(1));
}

const exists = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
