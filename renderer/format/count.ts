const format = new Intl.NumberFormat('en');

export const number = (count: number): string => format.format(count);

/** “1 key”, “2 keys”. */
export const count = (amount: number, one: string, many = `${one}s`): string =>
  `${number(amount)} ${amount === 1 ? one : many}`;
