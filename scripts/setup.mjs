// Sets up a fresh clone, then runs a program, if given, with the project's Node:
//   node scripts/setup.mjs demo|pictures|test|bench|build [PROGRAM [ARGUMENT…]]
// Plain JavaScript without dependencies: it runs with any Node (20 or newer) on the machine.
import { buildWhenStale } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { findNode } from './setup/node.mjs';
import { handOver } from './setup/run.mjs';
import { installPackages, purposes } from './setup/system.mjs';

const [purpose = '', program, ...args] = process.argv.slice(2);
if (!Object.hasOwn(purposes, purpose)) {
  process.stderr.write(
    `usage: node scripts/setup.mjs ${Object.keys(purposes).join('|')} [PROGRAM [ARGUMENT…]]\n`,
  );
  process.exit(2);
}

installDependencies();
const node = findNode();
installPackages(purpose, args);
buildWhenStale(node);
if (program !== undefined) process.exitCode = await handOver(node, [program, ...args]);
