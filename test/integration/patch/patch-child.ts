import { join } from 'node:path';
import { type Child, type ChildOptions, startChild } from '../platform/child.ts';

/** A program of test/integration/patch/children as a process of its own. */
export const startPatcher = (name: string, args: string[], options: ChildOptions = {}): Child =>
  startChild(join('../../patch/children', name), args, options);
