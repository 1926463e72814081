import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VarvelError } from '../../../core/model/error.ts';
import { decodeEnvironment } from '../../../core/model/fal/environment.ts';
import { namedEnvironmentPath } from '../../../host/environment.ts';
import { atomicWrite } from '../../../platform/files/atomic-write.ts';
import { fileError } from '../../../platform/files/file-error.ts';
import { makePrivateFolder } from '../../../platform/files/private-folder.ts';
import { startSandbox } from '../../../sandbox/start.ts';
import { defineCommand } from '../../framework/command.ts';
import type { CommandOutput } from '../../framework/output/output.ts';
import { awaitStop, portOf, serverError } from './serving.ts';

export const command = defineCommand({
  summary: 'Run a local copy of fal to try things out',
  details:
    'Runs a local copy of fal on loopback until you stop it: sign-in pages, accounts, keys and models that generate real pictures. The first line is the path of its environment file. With --json, it is a document that also has the URL of its controls. Sign in as ada (GitHub or Google), ada-sso (SSO domain example.com) or grace (Google).',
  examples: ['varvel sandbox', 'VARVEL_ENVIRONMENT=PATH varvel login --connection github'],
  options: {
    port: { type: 'string', value: 'N', describe: 'the port (default: any free one)' },
    state: {
      type: 'string',
      value: 'DIR',
      completes: 'files',
      describe: 'keep its state in this folder across restarts; created if it doesn’t exist',
    },
  },
  positionals: [],
  async run({ output, signal, env }, { port, state }) {
    const sandbox = await startSandbox({
      ...(port !== undefined && { port: portOf(port) }),
      ...(state !== undefined && { stateDir: state }),
    }).catch((error: unknown) => {
      throw serverError(error, port, state);
    });
    const { environmentPath, control } = sandbox;
    const unpublish = await publish(environmentPath, env, output);
    const { stopped } = awaitStop(signal);
    if (output.json) output.lineDocument({ environment: environmentPath, control });
    else output.line(environmentPath);
    if (output.isTerminal && !output.json) {
      output.note('Press Ctrl-C to stop the sandbox. In another terminal:');
      output.note(`  export VARVEL_ENVIRONMENT='${environmentPath}'`);
      output.note('  varvel login --connection github');
    }
    await stopped;
    await unpublish();
    await sandbox.close();
    return 0;
  },
});

/** Whether the sandbox of an environment file answers. */
async function isRunning(path: string): Promise<boolean> {
  try {
    const { issuer } = decodeEnvironment(await readFile(path, 'utf8'), path);
    await fetch(issuer, { redirect: 'manual', signal: AbortSignal.timeout(2000) });
    return true;
  } catch {
    // not there, damaged, or its sandbox was killed
    return false;
  }
}

/** Makes VARVEL_ENVIRONMENT=sandbox mean this sandbox while it runs. @returns undoes it */
async function publish(
  path: string,
  env: NodeJS.ProcessEnv,
  output: CommandOutput,
): Promise<() => Promise<void>> {
  const document = await readFile(path);
  try {
    const named = namedEnvironmentPath(env, 'sandbox');
    if (await isRunning(named)) {
      output.warn(
        'VARVEL_ENVIRONMENT=sandbox means another sandbox that is running. Use this one by its path.',
      );
      return async () => {};
    }
    makePrivateFolder(dirname(named));
    await atomicWrite(named, document, { isOwnData: true }).catch((error: unknown) => {
      throw fileError(error, named, 'keep');
    });
    return async () => {
      // another sandbox may have taken the name over
      const now = await readFile(named).catch(() => null);
      if (now?.equals(document)) await rm(named, { force: true });
    };
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    output.warn(`VARVEL_ENVIRONMENT=sandbox won’t find this sandbox: ${error.message}`);
    return async () => {};
  }
}
