import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import { accountById, accounts, type FalAccount } from '../accounts.ts';
import type { KeyRegistry } from '../keys.ts';
import type { ModelCall } from '../state.ts';
import type { Ledger } from '../usage/ledger.ts';
import { bucketsOf, type Grouping, reportLines } from '../usage/report.ts';
import { openZone, timeframeFor, timeframes, type Zone } from '../usage/timeframe.ts';
import { type Admission, fail } from './admission.ts';
import { Ids, List, Paging, pageOf, queryProblem } from './query.ts';

const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })], 'must be an ISO 8601 date or time');

const expansions = ['time_series', 'summary', 'auth_method', 'auth_method_structured'];

const UsageQuery = z.extend(Paging, {
  start: z.optional(Moment),
  end: z.optional(Moment),
  timezone: z._default(z.string(), 'UTC'),
  timeframe: z.optional(z.enum(timeframes)),
  bound_to_timeframe: z._default(z.enum(['true', 'false']), 'true'),
  endpoint_id: Ids,
  api_key_id: Ids,
  login_username: Ids,
  expand: z
    .pipe(
      List,
      z.transform((expand) => (expand.length === 0 ? ['time_series'] : expand)),
    )
    .check(
      z.refine((expand) => expand.every((name) => expansions.includes(name)), 'knows no such value'),
      z.refine(
        (expand) => expand.includes('time_series') || expand.includes('summary'),
        'needs time_series or summary',
      ),
    ),
});

const OrganizationQuery = z.extend(UsageQuery, { team_username: Ids, product: List });

type Query = z.infer<typeof UsageQuery>;

const day = 24 * 60 * 60 * 1000;

/** The query's range and step. Times in milliseconds; the end is exclusive. */
const rangeOf = (query: Query, zone: Zone, now: number) => {
  const read = (text: string): number =>
    /^\d{4}-\d\d-\d\d$/.test(text) ? zone.midnight(text) : Date.parse(text);
  const start = query.start === undefined ? now - day : read(query.start);
  const end = query.end === undefined ? now : read(query.end);
  const timeframe = query.timeframe ?? timeframeFor(start, end);
  if (query.bound_to_timeframe === 'false') return { start, end, timeframe };
  const from = zone.startOf(start, timeframe);
  const aligned = zone.startOf(end, timeframe) === end;
  return { start: from, end: aligned ? end : zone.nextStart(end, timeframe), timeframe };
};

const wanted = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);

export interface UsageRoutes {
  readonly keys: KeyRegistry;
  readonly ledger: Ledger;
  readonly admission: Admission;
}

/** `/models/usage` and `/organization/usage`: usage over time and in total. Both need an ADMIN key. */
export const usageRoutes = (app: FastifyInstance, { keys, ledger, admission }: UsageRoutes): void => {
  /** The fields that say how a call was authenticated, if requested. */
  const authOf = ({ expand }: Query, call: ModelCall): Record<string, unknown> => {
    const { login } = call;
    const detail = login ?? keys.aliasOf(call.key_id);
    return {
      ...(expand.includes('auth_method') ? { auth_method: detail } : {}),
      ...(expand.includes('auth_method_structured')
        ? {
            auth_method_structured:
              login === undefined ? { detail, api_key_id: call.key_id } : { detail, login_username: login },
          }
        : {}),
    };
  };

  /** The report, or why there is none. */
  const report = (
    query: Query,
    calls: readonly ModelCall[],
    grouping: Grouping,
  ): Record<string, unknown> | string => {
    const zone = openZone(query.timezone);
    if (!zone) return `Invalid request parameters: there is no timezone ${query.timezone}`;
    const { start, end, timeframe } = rangeOf(query, zone, Date.now());
    if (end < start) return 'Invalid request parameters: end is before start';
    const inside = calls.filter(
      ({ at, endpoint_id, key_id, login = '' }) =>
        at >= start &&
        at < end &&
        wanted(query.endpoint_id, endpoint_id) &&
        wanted(query.api_key_id, key_id) &&
        wanted(query.login_username, login),
    );
    const { page, next_cursor, has_more } = pageOf(bucketsOf(inside, zone, timeframe, grouping), query);
    const series = query.expand.includes('time_series');
    return {
      ...(series ? { time_series: page } : {}),
      ...(query.expand.includes('summary') ? { summary: reportLines(inside, grouping) } : {}),
      next_cursor: series ? next_cursor : null,
      has_more: series && has_more,
    };
  };

  app.get('/models/usage', async (request, reply) => {
    const caller = admission.adminKey(request, reply);
    if (!caller) return reply;
    const query = UsageQuery.safeParse(request.query);
    if (!query.success) return fail(reply, 400, queryProblem(query.error));
    const answer = report(query.data, ledger.of(caller.account.user_id), {
      of: (call) => authOf(query.data, call),
      discounts: true,
    });
    return typeof answer === 'string' ? fail(reply, 400, answer) : answer;
  });

  /** An organization's own account and its teams. */
  const teamsOf = (root: FalAccount): readonly FalAccount[] => [
    root,
    ...accounts.filter(({ organization }) => organization === root.nickname),
  ];

  app.get('/organization/usage', async (request, reply) => {
    const caller = admission.adminKey(request, reply);
    if (!caller) return reply;
    if (caller.account.kind !== 'organization')
      return fail(reply, 403, 'Access denied: this needs an ADMIN key of the organization’s root team');
    const query = OrganizationQuery.safeParse(request.query);
    if (!query.success) return fail(reply, 400, queryProblem(query.error));
    const { team_username, product } = query.data;
    const calls = teamsOf(caller.account)
      .filter(({ nickname }) => wanted(team_username, nickname) && wanted(product, 'model_apis'))
      .flatMap(({ user_id }) => ledger.of(user_id));
    const answer = report(query.data, calls, {
      of: (call) => ({
        username: accountById(call.account)?.nickname ?? call.account,
        product: 'model_apis',
        ...authOf(query.data, call),
      }),
      discounts: false,
    });
    return typeof answer === 'string' ? fail(reply, 400, answer) : answer;
  });

  app.get('/organization/teams', async (request, reply) => {
    const caller = admission.adminKey(request, reply);
    if (!caller) return reply;
    if (caller.account.kind !== 'organization')
      return fail(reply, 403, 'Access denied: this needs an ADMIN key of the organization’s root team');
    return {
      teams: teamsOf(caller.account).map((team) => ({
        username: team.nickname,
        name: team.full_name,
        is_org_root: team === caller.account,
        created_at: team.created_at,
      })),
    };
  });
};
