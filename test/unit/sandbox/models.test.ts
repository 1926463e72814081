import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { readInput } from '../../../sandbox/run/inference.ts';
import { drawPicture } from '../../../sandbox/run/picture.ts';
import { appOf, createQueue } from '../../../sandbox/run/queue.ts';
import type { Ledger } from '../../../sandbox/usage/ledger.ts';

describe('a body sent to a model', () => {
  const problems = (body: unknown): unknown => {
    const read = readInput(body);
    return read.ok ? 'fine' : read.problems.map(({ loc, type }) => [loc.join('.'), type]);
  };

  it('needs a prompt and nothing else', () => {
    expect(problems({ prompt: 'a cute cat' })).toBe('fine');
    expect(problems({})).toEqual([['body.prompt', 'value_error.missing']]);
    expect(problems(undefined)).toEqual([['body.prompt', 'value_error.missing']]);
    expect(problems({ prompt: 7 })).toEqual([['body.prompt', 'value_error']]);
    expect(problems([])).toEqual([['body', 'type_error.dict']]);
  });

  it('is told each thing that is wrong with it', () => {
    expect(problems({ num_images: 9, seed: -1 })).toEqual([
      ['body.prompt', 'value_error.missing'],
      ['body.num_images', 'value_error'],
      ['body.seed', 'value_error'],
    ]);
  });
});

describe('a picture', () => {
  it('has the size asked for and more than one colour', () => {
    const png = PNG.sync.read(drawPicture({ prompt: 'a ring', width: 96, height: 64, seed: 1 }));
    const colours = new Set<number>();
    for (let at = 0; at < png.data.length; at += 4) colours.add(png.data.readUInt32BE(at));
    expect([png.width, png.height]).toEqual([96, 64]);
    expect(colours.size).toBeGreaterThan(100);
  });
});

describe('the queue', () => {
  const setUp = () => {
    const refunded: string[] = [];
    const ledger: Ledger = { of: () => [], charge: () => '', refund: (id) => refunded.push(id) };
    const clock = { now: 0 };
    const queue = createQueue(ledger, () => clock.now);
    const request = queue.submit({
      endpointId: 'fal-ai/flux/schnell',
      account: 'user-ada',
      result: {},
      callId: 'a call',
    });
    return { queue, request, clock, refunded };
  };

  it('takes a request through waiting and work to its end', () => {
    const { queue, request, clock } = setUp();
    const seen = [0, 100, 1000].map((now) => {
      clock.now = now;
      return queue.status(request);
    });
    expect(seen).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']);
  });

  it('gives the price of a cancelled request back, and of a finished one not', () => {
    const { queue, request, refunded } = setUp();
    expect([queue.cancel(request), queue.cancel(request), refunded]).toEqual([true, false, ['a call']]);
    const late = setUp();
    late.clock.now = 1000;
    expect([late.queue.cancel(late.request), late.refunded]).toEqual([false, []]);
  });

  it('finds a request under its app only', () => {
    const { queue, request } = setUp();
    expect(appOf('fal-ai/flux/schnell')).toBe('fal-ai/flux');
    expect(queue.find('fal-ai/flux', request.id)).toBe(request);
    expect(queue.find('fal-ai/other', request.id)).toBeUndefined();
  });
});
