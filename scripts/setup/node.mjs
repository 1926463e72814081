import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, root } from './run.mjs';

/** The major version that runs the project's TypeScript; Electron has the same. */
const wanted = 24;

/** The Node to use: the one npm installed in the project, or this one if it is new enough. */
export function findNode() {
  const name = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const brought = join(root, 'node_modules', `node-${systemName()}-${process.arch}`, name);
  if (existsSync(brought)) {
    const { status } = spawnSync(brought, [
      '-e',
      `process.exit(Number.parseInt(process.versions.node) < ${wanted} ? 1 : 0)`,
    ]);
    if (status === 0) return brought;
  }
  if (Number.parseInt(process.versions.node, 10) >= wanted) return process.execPath;
  return giveUp([
    `Varvel requires Node ${wanted} or newer. This is ${process.versions.node}, and npm has none for ${process.platform} on ${process.arch}.`,
    `Install Node ${wanted} from https://nodejs.org or with a version manager, for example \`nvm install ${wanted}\` or \`brew install node\`. Then run this again.`,
  ]);
}

const systemName = () => (process.platform === 'win32' ? 'win' : process.platform);
