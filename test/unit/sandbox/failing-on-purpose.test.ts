import { describe, expect, it } from 'vitest';
import { createFaults, type Fault, faultBody, grpcCodeOf } from '../../../sandbox/control/faults.ts';
import { safePath } from '../../../sandbox/control/request-log.ts';
import { targetOf } from '../../../sandbox/control/targets.ts';
import { createPollingPace } from '../../../sandbox/signin/polling-pace.ts';

const fault = (parts: Partial<Fault>): Fault => ({
  target: 'rest',
  kind: 'status',
  status: 500,
  delay_ms: 0,
  times: 1,
  path: '',
  after: false,
  ...parts,
});

describe('faults', () => {
  it('are used up one after the other, oldest first', () => {
    const faults = createFaults();
    faults.add(fault({ status: 500, times: 2 }));
    faults.add(fault({ status: 502 }));
    const hits = [1, 2, 3, 4].map(() => faults.take('rest', '/users/teams')?.status);
    expect(hits).toEqual([500, 500, 502, undefined]);
  });

  it('leave other targets and other paths alone', () => {
    const faults = createFaults();
    faults.add(fault({ target: 'signin', path: '/oauth/token' }));
    expect(faults.take('rest', '/oauth/token')).toBeUndefined();
    expect(faults.take('signin', '/userinfo')).toBeUndefined();
    expect(faults.take('signin', '/oauth/token')).toBeDefined();
  });

  it('speak in the words of the part that fails', () => {
    expect(faultBody('platform', 403)).toMatchObject({ error: { type: 'authorization_error' } });
    expect(faultBody('signin', 500)).toMatchObject({ error: 'server_error' });
    expect(faultBody('rest', 500)).toHaveProperty('detail');
    expect([401, 403, 429, 500, 503, 504, 418].map(grpcCodeOf)).toEqual([16, 7, 8, 13, 14, 4, 2]);
  });
});

describe('a path', () => {
  it('is known for what it is asked for', () => {
    const paths = [
      '/users/teams',
      '/usersx',
      '/v1/keys',
      '/run/a/b',
      '/queue/a',
      '/oauth/token',
      '/_sandbox/keys',
    ];
    expect(paths.map(targetOf)).toEqual(['rest', 'signin', 'platform', 'run', 'run', 'signin', 'control']);
  });

  it('is logged without one-time ids and secrets', () => {
    expect(safePath('/login/abcdefghijklmnopqrstuvwxyz/choose', [])).toBe('/login/…/choose');
    expect(safePath('/v1/keys/s3cret', ['s3cret'])).toBe('/v1/keys/…');
    expect(safePath('/oauth/token', ['s3cret'])).toBe('/oauth/token');
  });
});

describe('polling a device sign-in', () => {
  it('is too fast only well below the interval, and for each code by itself', () => {
    const pace = createPollingPace(1);
    expect(pace.tooFast('one', 0)).toBe(false);
    expect(pace.tooFast('other', 1)).toBe(false);
    expect(pace.tooFast('one', 100)).toBe(true);
    expect(pace.tooFast('one', 1000)).toBe(false);
  });
});
