import { modelById } from '../catalog.ts';
import type { ModelCall } from '../state.ts';
import type { Timeframe, Zone } from './timeframe.ts';

/** A line of a usage report in the Platform API. */
export type ReportLine = Record<string, unknown>;

/** What puts two calls on different lines. */
export interface Grouping {
  /** More fields of a line; calls with different values are counted separately. */
  of(call: ModelCall): Record<string, unknown>;
  /** Whether lines have the discount, which is zero; an organization's lines don't have it. */
  readonly discounts: boolean;
}

/** Removes the rounding errors of binary fractions. */
const money = (amount: number): number => Math.round(amount * 1e6) / 1e6;

/** Adds up calls, a line for each endpoint and grouping, highest cost first. */
export const reportLines = (calls: readonly ModelCall[], grouping: Grouping): ReportLine[] => {
  const groups = new Map<string, { endpoint: string; extra: Record<string, unknown>; quantity: number }>();
  for (const call of calls) {
    const extra = grouping.of(call);
    const id = JSON.stringify([call.endpoint_id, extra]);
    const group = groups.get(id);
    if (group) group.quantity += call.quantity;
    else groups.set(id, { endpoint: call.endpoint_id, extra, quantity: call.quantity });
  }
  return [...groups.values()]
    .map(({ endpoint, extra, quantity }) => {
      const model = modelById(endpoint);
      const unitPrice = model?.unit_price ?? 0;
      const cost = money(quantity * unitPrice);
      return {
        cost,
        line: {
          endpoint_id: endpoint,
          unit: model?.unit ?? 'image',
          quantity,
          unit_price: unitPrice,
          ...(grouping.discounts
            ? { percent_discount: null, cost_subtotal: cost, cost_discount: 0, cost_total: cost }
            : {}),
          cost,
          currency: 'USD',
          ...extra,
        },
      };
    })
    .sort((a, b) => b.cost - a.cost)
    .map(({ line }) => line);
};

/** Calls by timeframe, oldest first; timeframes without calls are left out. */
export const bucketsOf = (
  calls: readonly ModelCall[],
  zone: Zone,
  timeframe: Timeframe,
  grouping: Grouping,
): { bucket: string; results: ReportLine[] }[] => {
  const buckets = new Map<number, ModelCall[]>();
  for (const call of calls) {
    const start = zone.startOf(call.at, timeframe);
    const bucket = buckets.get(start);
    if (bucket) bucket.push(call);
    else buckets.set(start, [call]);
  }
  return [...buckets.entries()]
    .sort(([a], [b]) => a - b)
    .map(([start, inside]) => ({ bucket: zone.format(start), results: reportLines(inside, grouping) }));
};
