import type { SQLOutputValue } from 'node:sqlite';

/** One row from SQLite. */
export type Row = Record<string, SQLOutputValue>;

/** A row that this program can't have written. Handled like a damaged file (see connection.ts). */
export class DamagedRow extends Error {}

const wrong = (name: string, value: unknown) =>
  new DamagedRow(`${name} is ${value === null ? 'null' : typeof value}`);

export function textIn(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== 'string') throw wrong(name, value);
  return value;
}

export const textOrNullIn = (row: Row, name: string): string | null =>
  row[name] === null ? null : textIn(row, name);

export function numberIn(row: Row, name: string): number {
  const value = row[name];
  if (typeof value !== 'number') throw wrong(name, value);
  return value;
}

export const numberOrNullIn = (row: Row, name: string): number | null =>
  row[name] === null ? null : numberIn(row, name);

export const flag = (row: Row, name: string): boolean => numberIn(row, name) === 1;

/** A word from a fixed list. */
export function oneOf<T extends string>(row: Row, name: string, words: readonly T[]): T {
  const value = textIn(row, name);
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new DamagedRow(`${name} is not one of ${words.join(', ')}`);
  return word;
}

export const oneOfOrNull = <T extends string>(row: Row, name: string, words: readonly T[]): T | null =>
  row[name] === null ? null : oneOf(row, name, words);
