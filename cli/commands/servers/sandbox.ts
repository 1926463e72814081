import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VarvelError } from '../../../core/model/error.ts';
import { namedEnvironmentPath } from '../../../host/environment.ts';
import { patchFile } from '../../../platform/files/patch-file.ts';
import { makePrivateFolder } from '../../../platform/files/private-folder.ts';
import { startSandbox } from '../../../sandbox/start.ts';
import { defineCommand } from '../../framework/command.ts';
import type { CommandOutput } from '../../framework/output.ts';
import { awaitStop, portOf } from './serving.ts';

export const command = defineCommand({
  summary: 'Run a local fal to look around in',
  details:
    'Serves a local fal on loopback until it is stopped: sign-in pages, accounts, keys, models that make real pictures. Its first line is the path of its environment file; with --json it is a document that also holds the address of its controls. Sign in as ada (GitHub, or Google), ada-sso (SSO domain example.com) or grace (Google).',
  examples: ['varvel sandbox', 'VARVEL_ENVIRONMENT=PATH varvel login --connection github'],
  options: {
    port: { type: 'string', value: 'N', describe: 'its port; any free one when not given' },
    state: {
      type: 'string',
      value: 'DIR',
      completes: 'files',
      describe: 'keep its state in this folder over a restart',
    },
  },
  positionals: [],
  async run({ output, signal, env }, { port, state }) {
    const sandbox = await startSandbox({
      ...(port !== undefined && { port: portOf(port) }),
      ...(state !== undefined && { stateDir: state }),
    });
    const { environmentPath, control } = sandbox;
    const withdraw = await publish(environmentPath, env, output);
    const { stopped } = awaitStop(signal);
    output.line(output.json ? JSON.stringify({ environment: environmentPath, control }) : environmentPath);
    if (output.isTerminal && !output.json) {
      output.note(
        `The sandbox runs until you press Ctrl-C. In another terminal:\n  export VARVEL_ENVIRONMENT='${environmentPath}'\n  varvel login --connection github`,
      );
    }
    await stopped;
    await withdraw();
    await sandbox.close();
    return 0;
  },
});

/** Makes VARVEL_ENVIRONMENT=sandbox mean this one while it runs. @returns takes it back */
async function publish(
  path: string,
  env: NodeJS.ProcessEnv,
  output: CommandOutput,
): Promise<() => Promise<void>> {
  const document = await readFile(path);
  try {
    const named = namedEnvironmentPath(env, 'sandbox');
    makePrivateFolder(dirname(named));
    await patchFile(named, () => document);
    return async () => {
      // another sandbox may have taken the name over
      const now = await readFile(named).catch(() => null);
      if (now?.equals(document)) await rm(named, { force: true });
    };
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    output.warn(`VARVEL_ENVIRONMENT=sandbox will not find this sandbox: ${error.message}`);
    return async () => {};
  }
}
