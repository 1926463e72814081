import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openState } from '../../platform/state/open-state.ts';
import { type Bench, holds } from './bench.ts';

const writers = 40;
const atOnce = 4;

/** Commands that create a profile each; every second one is killed at a random moment. */
export async function proveWriters({ folder, env, program }: Bench): Promise<string> {
  const home = join(folder, 'writers');
  const acknowledged: string[] = [];
  let killed = 0;
  let next = 0;
  const work = async () => {
    while (next < writers) {
      const n = next++;
      const child = start(program, ['profiles', 'create', `p${n}`], { ...env, VARVEL_HOME: home });
      const timer = n % 2 ? setTimeout(() => child.kill('SIGKILL'), Math.random() * 150) : null;
      await once(child, 'exit');
      if (timer) clearTimeout(timer);
      if (child.signalCode === 'SIGKILL') killed += 1;
      else {
        holds(
          child.exitCode === 0,
          `A command failed beside others that were killed (exit ${child.exitCode}).`,
        );
        acknowledged.push(`p${n}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const state = openState(join(home, 'fal'));
  const names = new Set(state.profiles.names());
  state.close();
  const lost = acknowledged.filter((name) => !names.has(name));
  holds(lost.length === 0, `${lost.length} of ${acknowledged.length} acknowledged changes are lost.`);
  return `${writers} commands, ${killed} killed; ${acknowledged.length} acknowledged, none lost`;
}

function start([command, ...args]: Bench['program'], words: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const { VARVEL_ENVIRONMENT: _, VARVEL_PROFILE: __, ...rest } = env;
  return spawn(command, [...args, ...words], {
    env: { ...rest, VARVEL_VAULT: 'file', VARVEL_PASSPHRASE: 'not used' },
    stdio: 'ignore',
  });
}
