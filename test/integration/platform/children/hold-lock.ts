/** Takes a lock and keeps it until it is told to stop, or killed. */
import { createLocks } from '../../../../platform/process/locks.ts';
import { say, told } from './say.ts';

await createLocks(process.argv[2] ?? '').exclusive(process.argv[3] ?? '', async () => {
  say('held');
  await told();
});
