import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { VaultKind } from '../../core/model/machine/vault.ts';
import { chooseVisitor } from './choose-visitor.ts';
import { createShell, StepFailed } from './command.ts';
import { mainJob } from './main-job.ts';
import { createOpenedPage } from './opened-page.ts';
import { startSandboxProcess } from './sandbox.ts';
import { openStage, root } from './stage.ts';
import { createTerminal } from './terminal.ts';

export interface WalkOptions {
  vault: VaultKind;
  /** Use a headless browser even if there is a screen. */
  headless: boolean;
}

/**
 * The main job on the command line, step by step.
 * @param interrupted aborted when the demo should end early
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
      // macOS and Windows don't use BROWSER: varvel has opened the system's browser by now
      const url = process.platform === 'linux' ? await page.next(ended.signal) : '';
      if (ended.signal.aborted) return;
      if (url === null) throw new StepFailed(`\`${line}\` didn’t open a page.`);
      await visitor.visit(url, person, name);
    };
    await Promise.all([shell.run(line).finally(() => ended.abort()), visit()]);
  };

  const walk = async () => {
    terminal.title('Varvel: the main job, on the command line');
    terminal.explain(
      `Every line after a $ really runs. It uses a temporary home and ${stage.vault}, so nothing of yours changes. ${visitor.introduction}`,
    );
    terminal.step('Start the sandbox');
    terminal.explain(
      'A local copy of fal on this computer: sign-in, accounts, keys and models, but no bills.',
    );
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
    terminal.end(`Done. The picture (${size} bytes) is in ${picture}`);
  };

  const stopped = Promise.withResolvers<never>();
  interrupted.addEventListener('abort', () => stopped.reject(interrupted.reason));
  if (interrupted.aborted) throw interrupted.reason;
  await Promise.race([walk(), stopped.promise]);
}
