/** A model of the sandbox: what is needed to list, price and run it. */
export interface Model {
  readonly endpoint_id: string;
  readonly display_name: string;
  readonly category: string;
  readonly description: string;
  readonly status: 'active' | 'deprecated';
  readonly tags: readonly string[];
  /** US dollars for one unit. */
  readonly unit_price: number;
  readonly unit: string;
  /** ISO 8601. */
  readonly date: string;
  /** Deployed with `app_auth = "public"`: answers without a key, at its owner's cost. */
  readonly public?: true;
}

/** Prices follow fal's public price list of August 2026 where the model is real; `mews/*` is made up. */
export const models: readonly Model[] = [
  {
    endpoint_id: 'fal-ai/flux/schnell',
    display_name: 'FLUX.1 [schnell]',
    category: 'text-to-image',
    description: 'The fastest FLUX: a picture from a prompt in four steps or fewer.',
    status: 'active',
    tags: ['fast'],
    unit_price: 0.003,
    unit: 'image',
    date: '2024-08-01T00:00:00.000Z',
  },
  {
    endpoint_id: 'fal-ai/flux/dev',
    display_name: 'FLUX.1 [dev]',
    category: 'text-to-image',
    description: 'A 12 billion parameter flow transformer that makes pictures from text.',
    status: 'active',
    tags: ['pro'],
    unit_price: 0.025,
    unit: 'image',
    date: '2024-08-01T00:00:00.000Z',
  },
  {
    endpoint_id: 'fal-ai/flux-pro/v1.1',
    display_name: 'FLUX1.1 [pro]',
    category: 'text-to-image',
    description: 'The professional FLUX, with better composition and detail.',
    status: 'active',
    tags: ['pro'],
    unit_price: 0.04,
    unit: 'image',
    date: '2024-10-02T00:00:00.000Z',
  },
  {
    endpoint_id: 'fal-ai/recraft-v3',
    display_name: 'Recraft V3',
    category: 'text-to-image',
    description: 'Pictures with long texts, vector art and a steady style.',
    status: 'active',
    tags: ['typography', 'vector'],
    unit_price: 0.04,
    unit: 'image',
    date: '2024-10-30T00:00:00.000Z',
  },
  {
    endpoint_id: 'fal-ai/fast-sdxl',
    display_name: 'Stable Diffusion XL, fast',
    category: 'text-to-image',
    description: 'SDXL, run as fast as it goes.',
    status: 'deprecated',
    tags: ['fast'],
    unit_price: 0.002,
    unit: 'image',
    date: '2023-11-15T00:00:00.000Z',
  },
  {
    endpoint_id: 'mews/open-door',
    display_name: 'Open door',
    category: 'text-to-image',
    description: 'A public app of the sandbox: it answers without a key.',
    status: 'active',
    tags: ['sandbox'],
    unit_price: 0,
    unit: 'image',
    date: '2025-06-01T00:00:00.000Z',
    public: true,
  },
];

/** The model with this endpoint id, or undefined. */
export const modelById = (endpointId: string): Model | undefined =>
  models.find((model) => model.endpoint_id === endpointId);
