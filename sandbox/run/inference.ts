import { createHash, randomInt } from 'node:crypto';
import * as z from 'zod/mini';
import type { Model } from '../catalog.ts';
import type { Picture, Store } from '../state.ts';

/** Sizes by name, from FLUX's description: width and height in pixels. */
const sizes: Readonly<Record<string, readonly [number, number]>> = {
  square_hd: [1024, 1024],
  square: [512, 512],
  portrait_4_3: [768, 1024],
  portrait_16_9: [576, 1024],
  landscape_4_3: [1024, 768],
  landscape_16_9: [1024, 576],
};

const Side = z.int().check(z.minimum(16), z.maximum(2048));

const Input = z.object({
  prompt: z.string(),
  image_size: z._default(
    z.union([
      z.enum(['square_hd', 'square', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9']),
      z.object({ width: Side, height: Side }),
    ]),
    'landscape_4_3',
  ),
  num_images: z._default(z.int().check(z.minimum(1), z.maximum(4)), 1),
  seed: z.optional(z.int().check(z.minimum(0))),
});

/** One problem of a body, as fal's model servers list it under `detail`. */
export interface BodyProblem {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** A validated request to a model. */
export type ModelInput = z.infer<typeof Input>;

/** Checks a body. Tells apart missing and wrong fields. */
export const readInput = (
  body: unknown,
): { ok: true; input: ModelInput } | { ok: false; problems: readonly BodyProblem[] } => {
  const given = z.safeParse(z.record(z.string(), z.unknown()), body ?? {});
  if (!given.success)
    return {
      ok: false,
      problems: [{ loc: ['body'], msg: 'value is not a valid dict', type: 'type_error.dict' }],
    };
  const input = Input.safeParse(given.data);
  if (input.success) return { ok: true, input: input.data };
  return {
    ok: false,
    problems: input.error.issues.map(({ path, message }) => {
      const [field] = path;
      const missing = typeof field === 'string' && given.data[field] === undefined;
      return {
        loc: ['body', ...path.map((part) => (typeof part === 'symbol' ? String(part) : part))],
        msg: missing ? 'field required' : message,
        type: missing ? 'value_error.missing' : 'value_error',
      };
    }),
  };
};

/** How many pictures are kept. */
const remembered = 500;

/** Runs a model: creates its answer with picture URLs. A picture is drawn when it is requested. */
export const runModel = (
  store: Store,
  origin: string,
  model: Model,
  input: ModelInput,
): Record<string, unknown> => {
  const [width, height] =
    typeof input.image_size === 'string'
      ? (sizes[input.image_size] ?? [1024, 768])
      : [input.image_size.width, input.image_size.height];
  const seed = input.seed ?? randomInt(2 ** 31);
  const pictures: [string, Picture][] = Array.from({ length: input.num_images }, (_, index) => {
    const picture = { prompt: input.prompt, width, height, seed: seed + index };
    const text = JSON.stringify([model.endpoint_id, picture]);
    return [createHash('sha256').update(text).digest('hex').slice(0, 32), picture];
  });
  store.change((state) => {
    state.pictures = Object.fromEntries([...Object.entries(state.pictures), ...pictures].slice(-remembered));
  });
  return {
    images: pictures.map(([id]) => ({
      url: `${origin}/files/pictures/${id}.png`,
      width,
      height,
      content_type: 'image/png',
    })),
    timings: { inference: 0.35 },
    seed,
    has_nsfw_concepts: pictures.map(() => false),
    prompt: input.prompt,
  };
};
