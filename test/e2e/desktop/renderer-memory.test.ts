import { expect, test } from 'vitest';
import { newDesk, shownPage } from './desk.ts';

const { machine, open } = newDesk();

test('what the program’s variables hold is in no page’s memory, and still counts for the program', async () => {
  const secrets = {
    FAL_KEY: '11111111-2222-4333-8444-555555555555:f00dcafef00dcafef00dcafef00dcafe',
    VARVEL_PASSPHRASE: 'a passphrase of nobody’s',
    GITHUB_TOKEN: 'ghp_nobodys',
    MY_OWN: 'key is 21111111-2222-4333-8444-555555555555:e00dcafef00dcafef00dcafef00dcafe',
  };
  const page = await shownPage(open({ env: secrets }));
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  const heap = chunks.join('');
  // a variable that is no secret shows where they would stand
  expect(heap).toContain(`"${machine().home}"`);
  for (const part of ['f00dcafe', 'a passphrase of nobody', 'ghp_nobodys', 'e00dcafe'])
    expect(heap, part).not.toContain(part);
});
