const format = new Intl.NumberFormat('en');

export const formatNumber = (count: number): string => format.format(count);

/** “1 key”, “2 keys”. */
export const countOf = (amount: number, one: string, many = `${one}s`): string =>
  `${formatNumber(amount)} ${amount === 1 ? one : many}`;
