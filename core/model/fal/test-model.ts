/** The model for key tests: a picture test calls it, a free test asks for its price. fal's fastest and cheapest. */
export const testModel = 'fal-ai/flux/schnell';
