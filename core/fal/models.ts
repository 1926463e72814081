import * as z from 'zod/mini';
import { VarvelError } from '../model/error.ts';
import type { Environment } from '../model/fal/fal-environment.ts';
import type { KeyParts } from '../model/fal/key.ts';
import { testModel } from '../model/fal/test-model.ts';
import type { Http } from '../ports.ts';
import { decodeAnswer } from './answer.ts';
import { restHeaders } from './credential.ts';

const pictures = z.object({
  images: z.array(z.object({ url: z.string(), width: z.nullish(z.number()), height: z.nullish(z.number()) })),
});

export type Models = ReturnType<typeof createModels>;

/** Calls models. This costs money. */
export function createModels(environment: Environment, http: Http) {
  return {
    /** Generates one picture. @returns its URL */
    async generate(prompt: string, key: KeyParts, signal?: AbortSignal): Promise<string> {
      const response = await http.fetch(`${environment.runUrl}/${testModel}`, {
        method: 'POST',
        headers: { ...restHeaders({ kind: 'key', key }), 'content-type': 'application/json' },
        body: JSON.stringify({ prompt, num_images: 1 }),
        timeoutMs: 120_000,
        ...(signal && { signal }),
      });
      const answer = await decodeAnswer('generate a picture', response, pictures);
      const url = answer.images[0]?.url;
      if (url !== undefined) return url;
      throw new VarvelError('server_error', 'fal returned no picture.', 'Try again later.');
    },
  };
}
