import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { VaultKind } from '../../core/model/vault.ts';
import { chooseVisitor } from './choose-visitor.ts';
import { createShell, StepFailed } from './command.ts';
import { mainJob } from './main-job.ts';
import { createOpenedPage } from './opened-page.ts';
import { startSandboxProcess } from './sandbox.ts';
import { openStage, root } from './stage.ts';
import { createTerminal } from './terminal.ts';

export interface WalkOptions {
  vault: VaultKind;
  /** Use a headless browser even where there is a screen. */
  headless: boolean;
}

/**
 * The main job on the command line, step by step.
 * @param interrupted aborted when the demo is to end before its time
 * @throws StepFailed, NoKeychain, or why it was interrupted
 */
export async function walkThrough({ vault, headless }: WalkOptions, interrupted: AbortSignal): Promise<void> {
  const terminal = createTerminal();
  const picture = join(root, 'dist', 'demo', 'picture.png');
  await rm(picture, { force: true });
  await mkdir(join(root, 'dist', 'demo'), { recursive: true });

  await using stage = await openStage(vault);
  await using sandbox = await startSandboxProcess(stage);
  await using shell = createShell(stage, terminal);
  await using visitor = await chooseVisitor({ terminal, env: stage.env, headless });
  const page = await createOpenedPage(stage);

  const signIn = async (line: string, person: string, name: string): Promise<void> => {
    const ended = new AbortController();
    const visit = async () => {
      // macOS and Windows have no BROWSER: there varvel has opened the system's by now
      const url = process.platform === 'linux' ? await page.next(ended.signal) : '';
      if (ended.signal.aborted) return;
      if (url === null) throw new StepFailed(`\`${line}\` opened no page.`);
      await visitor.visit(url, person, name);
    };
    await Promise.all([shell.run(line).finally(() => ended.abort()), visit()]);
  };

  const walk = async () => {
    terminal.title('Varvel: the main job, on the command line');
    terminal.explain(
      `Every line after a $ is run for real. The home is a throw-away folder and the vault is ${stage.vault}, so nothing of yours is touched. ${visitor.introduction}`,
    );
    terminal.step('A fal to look around in');
    terminal.explain('It runs on this computer only: sign-in, accounts, keys and models, but no bills.');
    terminal.command('varvel sandbox --json &');
    process.stdout.write(`${sandbox.firstLine}\n`);
    terminal.command(`export VARVEL_ENVIRONMENT=${sandbox.environment}`);
    shell.set({
      VARVEL_ENVIRONMENT: sandbox.environment,
      SANDBOX_CONTROL: sandbox.control,
      BROWSER: page.command,
    });
    await mainJob({ terminal, shell, signIn, picture });
    const { size } = await stat(picture);
    terminal.end(`All of it worked. The picture (${size} bytes) lies in ${picture}`);
  };

  const stopped = Promise.withResolvers<never>();
  interrupted.addEventListener('abort', () => stopped.reject(interrupted.reason));
  if (interrupted.aborted) throw interrupted.reason;
  await Promise.race([walk(), stopped.promise]);
}
