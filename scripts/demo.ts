// `npm run demo`: the whole main job on the command line, for real, in a home and against a fal of its own.
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseVisitor } from './demo/choose-visitor.ts';
import { createShell, StepFailed } from './demo/command.ts';
import { mainJob } from './demo/main-job.ts';
import { createOpenedPage } from './demo/opened-page.ts';
import { startSandboxProcess } from './demo/sandbox.ts';
import { openStage, root } from './demo/stage.ts';
import { createTerminal } from './demo/terminal.ts';
import { NoKeychain } from './own-keychain.ts';

const usage = `npm run demo [-- OPTIONS]
  --terminal        the walk-through in the terminal (the only one so far)
  --vault VAULT     keychain (default) or file: a passphrase vault, without D-Bus
  --headless        use a headless browser even where there is a screen
`;

interface Options {
  vault: 'keychain' | 'file';
  headless: boolean;
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        terminal: { type: 'boolean' },
        vault: { type: 'string', default: 'keychain' },
        headless: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      process.stdout.write(usage);
      process.exit(0);
    }
    const { vault, headless } = values;
    if (vault === 'keychain' || vault === 'file') return { vault, headless };
    throw new Error(`There is no vault “${vault}”.`);
  } catch (error) {
    process.stderr.write(`demo: ${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(2);
  }
}

/** @param interrupted aborted when the demo is to end before its time */
async function demo({ vault, headless }: Options, interrupted: AbortSignal): Promise<void> {
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

const options = readOptions();
const interrupt = new AbortController();
const clearedAway = new StepFailed('Interrupted; everything it started is cleared away.');
// a reader that has gone (`| head`), or a terminal that was closed
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => interrupt.abort(clearedAway));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () =>
    interrupt.abort(new StepFailed('Interrupted; everything it started is cleared away.')),
  );
}
try {
  await demo(options, interrupt.signal);
} catch (error) {
  process.exitCode = interrupt.signal.aborted ? 130 : 1;
  process.stderr.write(
    `\ndemo: ${error instanceof StepFailed || error instanceof NoKeychain ? error.message : ((error instanceof Error && error.stack) ?? error)}\n`,
  );
}
process.exit();
